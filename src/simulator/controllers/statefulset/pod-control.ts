// Writing pods: create, delete, repair. Follows pkg/controller/statefulset/stateful_pod_control.go.

import { applyRetentionPolicy, claimsMatchPolicy, createMissingClaims } from './claim-control.ts';
import { storageMatches, withStorage } from './claims.ts';
import { recordPodEvent } from './events.ts';
import { identityMatches, podNameOf, withIdentity } from './identity.ts';
import { newPod } from './new-pod.ts';
import { errorText, keyBeside, manager, recordWrite } from './pass-context.ts';
import { podKind } from './types.ts';
import type { Result } from '../../api/server.ts';
import type { Failure, Task } from '../task.ts';
import type { ClaimingPod } from './claim-control.ts';
import type { PodOrigin } from './new-pod.ts';
import type { PassContext } from './pass-context.ts';
import type { Pod } from './types.ts';

// client-go's DefaultBackoff makes at most this many tries on a conflict.
const conflictTries = 4;

/** Creates the claims of an ordinal and then its pod (STS-CREATE-04). */
export function* createPod(pass: PassContext, origin: PodOrigin): Task<Failure> {
  const name = podNameOf(pass.set, origin.ordinal);
  const pod: ClaimingPod = { ordinal: origin.ordinal, name, uid: '' };
  const claims = yield* createMissingClaims(pass, pod);
  if (claims !== undefined) {
    recordPodEvent(pass, 'Create', name, claims);
    return claims;
  }
  const manifest = newPod(pass.set, origin);
  const created: Result = yield () => recordWrite(pass, podKind, pass.api.create(manifest, { manager }));
  // A taken name is retried without an Event until it is free (STS-CREATE-06).
  if (!created.ok && created.status.reason === 'AlreadyExists') return errorText(created);
  // Upstream hands its own copy of the pod on, which has no uid yet.
  const policy = yield* applyRetentionPolicy(pass, pod);
  if (policy !== undefined) {
    // This Event stands in for that of the creation (STS-EVT-12).
    recordPodEvent(pass, 'Update', name, policy);
    return policy;
  }
  const failure = created.ok ? undefined : errorText(created);
  recordPodEvent(pass, 'Create', name, failure);
  return failure;
}

/** Deletes a pod with its own grace period and no preconditions (STS-DOWN-05). A pod that is gone counts as deleted. */
export function* deletePod(pass: PassContext, name: string): Task<Failure> {
  const result: Result = yield () => pass.api.delete(podKind, keyBeside(pass, name));
  const failure = result.ok || result.status.reason === 'NotFound' ? undefined : errorText(result);
  recordPodEvent(pass, 'Delete', name, failure);
  return failure;
}

/** Makes the claims of a pending pod again if they are missing, and sets their owners (STS-POD-06). */
export function* settleClaims(pass: PassContext, pod: ClaimingPod): Task<Failure> {
  const failure = yield* createMissingClaims(pass, pod);
  if (failure !== undefined) return failure;
  const policy = yield* applyRetentionPolicy(pass, pod);
  if (policy !== undefined) recordPodEvent(pass, 'Update', pod.name, policy);
  return policy;
}

/** Repairs the identity, the storage and the claims' owners of a pod; tried again when the cached pod was too old. */
export function* repairPod(pass: PassContext, ordinal: number, cached: Pod): Task<Failure> {
  const { name } = cached.metadata;
  let pod = cached;
  for (let tries = 1; ; tries++) {
    const claiming: ClaimingPod = { ordinal, name, uid: pod.metadata.uid };
    const storage = storageMatches(pass.set, pod, ordinal);
    const policy = claimsMatchPolicy(pass, claiming);
    if (identityMatches(pass.set, pod) && storage && policy) return undefined;
    const failure =
      (storage ? undefined : yield* createMissingClaims(pass, claiming)) ??
      (policy ? undefined : yield* applyRetentionPolicy(pass, claiming));
    if (failure !== undefined) {
      recordPodEvent(pass, 'Update', name, failure);
      return failure;
    }
    const updated: Result = yield () => recordWrite(pass, podKind, updatePod(pass, ordinal, pod));
    if (updated.ok || updated.status.reason !== 'Conflict' || tries === conflictTries) {
      const refusal = updated.ok ? undefined : errorText(updated);
      recordPodEvent(pass, 'Update', name, refusal);
      return refusal;
    }
    pod = (pass.informer.get(podKind, keyBeside(pass, name)) as Pod | undefined) ?? pod;
  }
}

/** Only the labels and volumes of the identity change; a pod that needs neither is written as it is (STS-RET-02, case c). */
function updatePod(pass: PassContext, ordinal: number, pod: Pod): Result {
  const { name, resourceVersion } = pod.metadata;
  const change = (current: Pod): Pod => {
    const identified = identityMatches(pass.set, current) ? current : withIdentity(current);
    return storageMatches(pass.set, current, ordinal) ? identified : withStorage(pass.set, identified, ordinal);
  };
  return pass.api.update(podKind, keyBeside(pass, name), (current) => change(current as Pod), {
    resourceVersion,
    manager,
  });
}
