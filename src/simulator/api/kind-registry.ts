// Which kinds are served, and how a path's group, version and resource lead to one.

import type { KindKey } from '../../kubernetes/kind.ts';
import type { Strategy } from './strategy.ts';

/** A resource of a path. */
export interface ResourceAddress {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

/** The kinds that are served now; custom kinds come and go. */
export class KindRegistry {
  readonly #byKey = new Map<KindKey, Strategy>();
  readonly #byResource = new Map<string, Strategy>();
  readonly #groups = new Map<string, number>();

  /** Serves a kind; one that was served under the same key is replaced. */
  add(strategy: Strategy): void {
    this.remove(strategy.kind.key);
    const { key, group, version, plural } = strategy.kind;
    this.#byKey.set(key, strategy);
    this.#byResource.set(resourceKey({ group, version, resource: plural }), strategy);
    this.#groups.set(group, (this.#groups.get(group) ?? 0) + 1);
  }

  /** Serves no longer; nothing happens when it was not served. */
  remove(key: KindKey): void {
    const strategy = this.#byKey.get(key);
    if (strategy === undefined) return;
    const { group, version, plural } = strategy.kind;
    this.#byKey.delete(key);
    this.#byResource.delete(resourceKey({ group, version, resource: plural }));
    const left = (this.#groups.get(group) ?? 1) - 1;
    if (left > 0) this.#groups.set(group, left);
    else this.#groups.delete(group);
  }

  get(key: KindKey): Strategy | undefined {
    return this.#byKey.get(key);
  }

  resolve(address: ResourceAddress): Strategy | undefined {
    return this.#byResource.get(resourceKey(address));
  }

  hasGroup(group: string): boolean {
    return this.#groups.has(group);
  }

  all(): Iterable<Strategy> {
    return this.#byKey.values();
  }
}

function resourceKey({ group, version, resource }: ResourceAddress): string {
  return `${group}/${version}/${resource}`;
}
