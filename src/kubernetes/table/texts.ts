// Words and lists that several printers share.

import type { KubernetesObject } from '../object.ts';
import { ageOf } from './human-duration.ts';
import type { PrintContext } from './printer.ts';

/** A map of labels. */
export type Labels = Readonly<Record<string, string>>;

/** A label selector. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** The object's own age. */
export function objectAge({ metadata }: KubernetesObject, { now }: PrintContext): string {
  return ageOf(metadata.creationTimestamp, now);
}

/** The text, or `<none>` for none. */
export function orNone(text: string | null | undefined): string {
  return text == null || text === '' ? '<none>' : text;
}

/** Labels as `a=b,c=d` by key, `<none>` for none. */
export function labelsText(labels: Labels | null | undefined): string {
  const pairs = Object.entries(labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return orNone(pairs.map(([key, value]) => `${key}=${value}`).join(','));
}

/** A selector in kubectl's grammar, by key; `<none>` for one that selects everything, `<unset>` without one. */
export function selectorText(selector: LabelSelector | null | undefined): string {
  if (selector == null) return '<unset>';
  const equal = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => [key, `${key}=${value}`] as const);
  const others = (selector.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    return [key, expressionText({ key, operator, values })] as const;
  });
  const all = [...equal, ...others].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return orNone(all.map(([, text]) => text).join(','));
}

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

function expressionText({ key, operator, values }: Expression): string {
  switch (operator) {
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'NotIn':
      return `${key} notin (${values.toSorted().join(',')})`;
    default:
      return `${key} in (${values.toSorted().join(',')})`;
  }
}

/** A list of which three are shown: `a,b,c + 2 more...`. */
export function firstThree(items: readonly string[]): string {
  const shown = items.slice(0, 3).join(',');
  return items.length > 3 ? `${shown} + ${items.length - 3} more...` : shown;
}

/** Access modes by their short names. */
export function accessModesText(modes: readonly string[] | null | undefined): string {
  const known: Readonly<Record<string, string>> = {
    ReadWriteOnce: 'RWO',
    ReadOnlyMany: 'ROX',
    ReadWriteMany: 'RWX',
    ReadWriteOncePod: 'RWOP',
  };
  const order = Object.keys(known);
  return order
    .filter((mode) => modes?.includes(mode) === true)
    .map((mode) => known[mode])
    .join(',');
}

/** A container as the columns of workloads show it. */
export interface NamedContainer {
  readonly name: string;
  readonly image?: string;
}

/** The columns Containers and Images of a pod template. */
export function containerTexts(
  template: { readonly spec?: { readonly containers?: readonly NamedContainer[] } } | undefined,
): readonly [names: string, images: string] {
  const containers = template?.spec?.containers ?? [];
  return [containers.map(({ name }) => name).join(','), containers.map(({ image }) => image ?? '').join(',')];
}
