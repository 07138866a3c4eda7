// Label selectors in both of their forms, the object in manifests and the text in queries (API-LIST-05).

import type { LabelRequirement } from './selector-text.ts';

export { parseFieldSelector } from './field-selector.ts';
export { parseSelector } from './selector-text.ts';
export type { LabelRequirement } from './selector-text.ts';

/** A label selector as manifests carry it. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

/** The labels of an object. */
export type Labels = Readonly<Record<string, string>>;

const operators = { In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!' } as const;
const none: readonly string[] = [];

/** Whether labels fit a selector object. No selector fits nothing; an empty one fits everything. */
export function matchesLabels(selector: LabelSelector | null | undefined, labels: Labels | undefined): boolean {
  if (selector === null || selector === undefined) return false;
  for (const key in selector.matchLabels) {
    if (labels?.[key] !== selector.matchLabels[key]) return false;
  }
  return (selector.matchExpressions ?? []).every(({ key, operator, values = none }) =>
    fits({ key, operator: operators[operator], values }, labels),
  );
}

/** Whether labels fit all requirements of a selector's text. */
export function matchesRequirements(requirements: readonly LabelRequirement[], labels: Labels | undefined): boolean {
  return requirements.every((requirement) => fits(requirement, labels));
}

/** The text of a selector object, as `/scale` and printed columns show it: sorted by key, values sorted. */
export function formatSelector(selector: LabelSelector | null | undefined): string {
  const requirements = [
    ...Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({ key, text: `${key}=${value}` })),
    ...(selector?.matchExpressions ?? []).map(({ key, operator, values = none }) => ({
      key,
      text: formatRequirement({ key, operator: operators[operator], values }),
    })),
  ];
  return requirements
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ text }) => text)
    .join(',');
}

function formatRequirement({ key, operator, values }: LabelRequirement): string {
  if (operator === 'exists') return key;
  if (operator === '!') return `!${key}`;
  return `${key} ${operator} (${[...values].sort().join(',')})`;
}

function fits({ key, operator, values }: LabelRequirement, labels: Labels | undefined): boolean {
  const value = labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case '=':
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notin':
      // Also what lacks the key (API-LIST-05).
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'gt':
    case 'lt':
      break;
  }
  return value !== undefined && comparesTo(operator, Number(value), Number(values[0]));
}

function comparesTo(operator: 'gt' | 'lt', left: number, right: number): boolean {
  if (!Number.isInteger(left) || !Number.isInteger(right)) return false;
  return operator === 'gt' ? left > right : left < right;
}
