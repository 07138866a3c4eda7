// The world as the trace shows it: what exists now, and what existed when the step began.

import type { KindKey } from '../kubernetes/kind.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Observation } from './record.ts';

/** Current objects by kind and name (a run has one namespace), and their baseline. */
export interface World {
  get(kind: KindKey, name: string): KubernetesObject | undefined;
  byUid(uid: string): KubernetesObject | undefined;
  /** By name, in order of appearance. */
  objects(kind: KindKey): ReadonlyMap<string, KubernetesObject>;
  /** What `get` would have answered when `markStart` was last called. O(1). */
  atStart(kind: KindKey, name: string): KubernetesObject | undefined;
  /** The object's state before its latest record: undefined if it did not exist. */
  before(kind: KindKey, name: string): KubernetesObject | undefined;
  /** Applies an observation. */
  observe(record: Observation): void;
  /** From now on, `atStart` answers with the present. O(1). */
  markStart(): void;
}
