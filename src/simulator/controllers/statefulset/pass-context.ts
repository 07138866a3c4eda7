// What the parts of a pass share.

import { keyOf } from './types.ts';
import type { KindKey } from '../../../kubernetes/kind.ts';
import type { ObjectKey } from '../../store/store.ts';
import type { ApiServer, Result } from '../../api/server.ts';
import type { Micros } from '../../clock.ts';
import type { Informer, Plant } from '../controller.ts';
import type { Orphans } from '../orphans.ts';
import type { SetIndex } from './set-index.ts';
import type { StatefulSet } from './types.ts';
import type { WrittenVersions } from './written-versions.ts';

/** The field manager of everything that the controller manager writes. */
export const manager = 'kube-controller-manager';

/** The component of the controller's Events. */
export const component = 'statefulset-controller';

/** One pass over one set. */
export interface PassContext {
  readonly api: ApiServer;
  readonly plant: Plant;
  readonly informer: Informer;
  readonly orphanPods: Orphans;
  readonly orphanRevisions: Orphans;
  readonly written: WrittenVersions;
  /** `namespace/name` of the set. */
  readonly key: ObjectKey;
  /** The version that the pass reconciles. */
  readonly set: StatefulSet;
  readonly index: SetIndex;
  /** The pass's one reading of the clock: status and timers agree on it (STS-AVAIL-06). */
  readonly now: Micros;
}

/** Remembers a write for the next pass's check of its caches (STS-Q-07), and hands the result on. */
export function recordWrite(pass: PassContext, kind: KindKey, result: Result): Result {
  if (result.ok) pass.written.record(pass.key, kind, result.value);
  return result;
}

/** The text of a refusal. */
export function errorText(result: Result & { readonly ok: false }): string {
  return result.status.message ?? result.status.reason ?? `code ${result.status.code}`;
}

/** `namespace/name` of something in the set's namespace. */
export function keyBeside(pass: PassContext, name: string): ObjectKey {
  return keyOf({ metadata: { namespace: pass.set.metadata.namespace ?? '', name } });
}
