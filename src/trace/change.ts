// What a record does to one name: the change from one state to the next. A DELETED record passes Terminating first.

import { kindKey } from '../kubernetes/kind.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Observation } from './record.ts';
import type { World } from './world.ts';

/** One name, before and after. */
export interface Change {
  readonly kind: KindKey;
  readonly name: string;
  /** Undefined: nothing bore the name. */
  readonly before: KubernetesObject | undefined;
  /** Undefined: nothing bears the name now. */
  readonly after: KubernetesObject | undefined;
  /** The record that shows it; two changes of one record happen at the same time. */
  readonly record: Observation;
}

/**
 * Applies an observation to the world and shows its changes, each while the world stands just behind it. An object that is
 * deleted without ever having been seen terminating (force deletion, a kind without grace) is terminating for one change.
 */
export function observeChanges(world: World, record: Observation, visit: (change: Change) => void): void {
  const { object } = record;
  const kind = kindKey(object);
  const name = object.metadata.name;
  if (record.type !== 'DELETED') {
    const before = world.observe(record);
    visit({ kind, name, before, after: object, record });
    return;
  }
  const before = world.get(kind, name);
  if (before === undefined) return;
  let last = before;
  if (before.metadata.deletionTimestamp === undefined) {
    last = terminating(object);
    world.observe({ ...record, type: 'MODIFIED', object: last });
    visit({ kind, name, before, after: last, record });
  }
  world.observe(record);
  visit({ kind, name, before: last, after: undefined, record });
}

function terminating(object: KubernetesObject): KubernetesObject {
  const { metadata } = object;
  if (metadata.deletionTimestamp !== undefined) return object;
  // Never shown: only that there is a time counts while the object passes through this state.
  return { ...object, metadata: { ...metadata, deletionTimestamp: metadata.creationTimestamp } };
}
