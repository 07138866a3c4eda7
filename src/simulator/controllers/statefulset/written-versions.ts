// Read your writes: a set is not reconciled on caches that are older than the controller's own last writes for it (STS-Q-07).

import { qualifiedResource } from '../../../kubernetes/kinds.ts';
import type { Kind, KindKey } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { ObjectKey } from '../../store/store.ts';
import type { Informer } from '../controller.ts';

/** The newest version written, by the set's key and the kind. Deletions and revisions are not recorded, as upstream. */
export class WrittenVersions {
  readonly #versions = new Map<ObjectKey, Map<KindKey, number>>();

  /** Remembers what a write answered. */
  record(set: ObjectKey, kind: KindKey, written: KubernetesObject): void {
    let versions = this.#versions.get(set);
    if (versions === undefined) this.#versions.set(set, (versions = new Map()));
    versions.set(kind, Math.max(versions.get(kind) ?? 0, Number(written.metadata.resourceVersion)));
  }

  /** The error of a pass whose caches are too old; undefined if they are as new as what was written. */
  check(set: ObjectKey, informer: Informer, kindOf: (key: KindKey) => Kind | undefined): string | undefined {
    for (const [kind, written] of this.#versions.get(set) ?? []) {
      const seen = informer.seen(kind);
      if (seen >= written) continue;
      const served = kindOf(kind);
      const resource = served === undefined ? kind : qualifiedResource(served);
      return `read version: ${seen} is not as new as written version: ${written} for group resource ${resource}`;
    }
    return undefined;
  }

  /** Forgets a set that is gone. */
  forget(set: ObjectKey): void {
    this.#versions.delete(set);
  }
}
