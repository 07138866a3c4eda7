// What is served now: the built-in kinds and those of established definitions, with what HTTP needs to know of them.

import { definedKind } from '../api/strategies/custom-resource.ts';
import { customResourceDefinitionKey } from '../api/kind-keys.ts';
import { builtinStrategies } from '../api/strategies/builtin.ts';
import { customPrinter } from '../../kubernetes/table/custom-resource.ts';
import { printerOf } from '../../kubernetes/table/printers.ts';
import { secondVersions } from './second-versions.ts';
import type { Kind } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Printer } from '../../kubernetes/table/printer.ts';
import type { ApiServer } from '../api/server.ts';
import type { Subresource } from '../api/strategy.ts';
import type { SecondVersion } from './second-versions.ts';

/** A resource of a path. */
export interface ResourceName {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

/** One kind as it is served. */
export interface ServedKind {
  readonly kind: Kind;
  readonly subresources: ReadonlySet<Subresource>;
  /** Groups of kinds that kubectl knows by a word: `all`. */
  readonly categories: readonly string[];
  /** What fieldSelector may name besides name and namespace. */
  readonly fieldLabels: ReadonlyMap<string, (object: KubernetesObject) => string>;
  readonly printer: Printer;
  /** Of a custom kind. */
  readonly definition?: KubernetesObject;
  /** Of a kind whose objects are stored in another form. */
  readonly second?: SecondVersion;
}

/** Kinds that `kubectl get all` shows (API-DISC-08). */
const all: ReadonlySet<string> = new Set([
  'pod',
  'replicationcontroller',
  'service',
  'daemonset.apps',
  'deployment.apps',
  'replicaset.apps',
  'statefulset.apps',
  'horizontalpodautoscaler.autoscaling',
  'cronjob.batch',
  'job.batch',
]);

/** The kinds that a server serves. */
export class Catalogue {
  readonly #api: ApiServer;
  readonly #builtin = new Map<string, ServedKind>();

  constructor(api: ApiServer) {
    this.#api = api;
    for (const { kind, subresources, fieldLabels } of builtinStrategies) {
      const categories =
        kind.key === customResourceDefinitionKey ? ['api-extensions'] : all.has(kind.key) ? ['all'] : [];
      const served = { kind, subresources, fieldLabels, categories, printer: printerOf(kind.key) };
      this.#builtin.set(keyOf({ ...kind, resource: kind.plural }), served);
    }
    for (const second of secondVersions) {
      const stored = this.#builtin.get(keyOf({ ...second.stored, resource: second.stored.plural }))!;
      const { kind } = second;
      this.#builtin.set(keyOf({ ...kind, resource: kind.plural }), { ...stored, kind, second });
    }
  }

  /** Every kind, the built-in ones first. */
  all(): readonly ServedKind[] {
    return [...this.#builtin.values(), ...this.#custom()];
  }

  /** The kind of a path's resource. */
  find(name: ResourceName): ServedKind | undefined {
    const wanted = keyOf(name);
    const custom = (): ServedKind | undefined =>
      this.#custom().find(({ kind }) => keyOf({ ...kind, resource: kind.plural }) === wanted);
    return this.#builtin.get(wanted) ?? custom();
  }

  #custom(): readonly ServedKind[] {
    const definitions = [...this.#api.store.list(customResourceDefinitionKey).values()];
    return definitions.flatMap((definition) => {
      const defined = definedKind(definition);
      // A definition whose names another one holds is stored but serves nothing.
      if (defined === undefined || this.#api.kind(defined.kind.key)?.plural !== defined.kind.plural) return [];
      const { kind, statusSubresource } = defined;
      const printer = customPrinter(definition, kind.version);
      const subresources = new Set<Subresource>(statusSubresource ? ['status'] : []);
      return [{ kind, subresources, categories: [], fieldLabels: new Map(), printer, definition }];
    });
  }
}

function keyOf({ group, version, resource }: ResourceName): string {
  return `${group}/${version}/${resource}`;
}
