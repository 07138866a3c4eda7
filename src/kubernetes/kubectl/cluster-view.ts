// What a command line is shown from: the objects at a point, and their kinds.

import { kindKey } from '../kind.ts';
import { kindOfWord } from '../kinds.ts';
import { customPrinter } from '../table/custom-resource.ts';
import { printerOf } from '../table/printers.ts';
import type { KindKey } from '../kind.ts';
import type { KubernetesObject } from '../object.ts';
import type { Printer } from '../table/printer.ts';

/** The objects of one namespace, and those of none, at a point. */
export interface ClusterView {
  /** The present time, RFC 3339 in UTC: ages count up to it. */
  readonly now: string;
  /** The namespace of the run; it is shown as `default`, which is where a reader of a lesson works. */
  readonly namespace: string;
  /** All objects of a kind, in any order. */
  objects(kind: KindKey): readonly KubernetesObject[];
}

/** A kind as a command line names it. */
export interface ShownKind {
  readonly key: KindKey;
  readonly kind: string;
  readonly plural: string;
  readonly group: string;
  readonly namespaced: boolean;
  readonly printer: Printer;
}

const definitions = kindKey({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' });

/** The kind that a word names: a built-in one, or one that a definition in the cluster adds. */
export function shownKindOf(word: string, view: ClusterView): ShownKind | undefined {
  const lower = word.toLowerCase();
  const builtin = kindOfWord(lower);
  if (builtin !== undefined) return { ...builtin, printer: printerOf(builtin.key) };
  for (const definition of view.objects(definitions)) {
    const { spec } = definition as unknown as DefinitionObject;
    const { names, group } = spec;
    const words = [names.plural, names.singular ?? names.kind.toLowerCase(), ...(names.shortNames ?? [])];
    if (!words.some((name) => lower === name || lower === `${name}.${group}`)) continue;
    const version = spec.versions.find(({ storage }) => storage)?.name ?? spec.versions[0]?.name ?? '';
    return {
      key: kindKey({ apiVersion: `${group}/${version}`, kind: names.kind }),
      kind: names.kind,
      plural: names.plural,
      group,
      namespaced: spec.scope === 'Namespaced',
      printer: customPrinter(definition, version),
    };
  }
  return undefined;
}

interface DefinitionObject {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: {
      readonly kind: string;
      readonly plural: string;
      readonly singular?: string;
      readonly shortNames?: readonly string[];
    };
    readonly versions: readonly { readonly name: string; readonly storage?: boolean }[];
  };
}

/** `pod`, `statefulset.apps`: what stands before the slash of a name. */
export function prefixOf({ kind, group }: ShownKind): string {
  return group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
}

/** The namespace of the run under the name that readers of lessons know. */
export function withDefaultNamespace(text: string, { namespace }: Pick<ClusterView, 'namespace'>): string {
  if (namespace === '' || !text.includes(namespace)) return text;
  return text.replaceAll(new RegExp(`(?<![\\w.-])${namespace.replaceAll('.', '\\.')}/`, 'gu'), 'default/');
}
