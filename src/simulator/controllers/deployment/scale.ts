// Giving a ReplicaSet another size (DEP-ROLL-09).

import { withSizes } from './annotations.ts';
import { recordEvent, writeReplicaSet } from './pass-context.ts';
import type { Failure, Task } from '../task.ts';
import type { PassContext } from './pass-context.ts';
import type { ReplicaSet } from './types.ts';

/** What scaling came to: whether the size has changed, the ReplicaSet after it, and what went wrong. */
export interface Scaled {
  readonly scaled: boolean;
  readonly set: ReplicaSet;
  readonly failure?: Failure;
}

/** Scales a ReplicaSet unless it has the size already. */
export function* scaleTo(pass: PassContext, set: ReplicaSet, size: number): Task<Scaled> {
  return set.spec.replicas === size ? { scaled: false, set } : yield* scaleAndAnnotate(pass, set, size);
}

/** Scales a ReplicaSet and brings its annotations up to date, which is worth a write too. */
export function* scaleAndAnnotate(pass: PassContext, set: ReplicaSet, size: number): Task<Scaled> {
  const before = set.spec.replicas;
  const annotations = withSizes(pass.deployment, set.metadata.annotations);
  if (before === size && annotations === set.metadata.annotations) return { scaled: false, set };
  const written = yield* writeReplicaSet(pass, set, (current) => ({
    ...current,
    metadata: { ...current.metadata, annotations: withSizes(pass.deployment, current.metadata.annotations) },
    spec: { ...current.spec, replicas: size },
  }));
  if (!written.ok) return { scaled: false, set, failure: written.message };
  if (before === size) return { scaled: false, set: written.set };
  const direction = before < size ? 'up' : 'down';
  const message = `Scaled ${direction} replica set ${set.metadata.name} from ${before} to ${size}`;
  recordEvent(pass, { type: 'Normal', reason: 'ScalingReplicaSet', message });
  return { scaled: true, set: written.set };
}
