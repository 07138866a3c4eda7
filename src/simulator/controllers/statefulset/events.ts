// The controller's Events, word for word (reference section 15).

import { component } from './pass-context.ts';
import type { Failure } from '../task.ts';
import type { PassContext } from './pass-context.ts';

/** What was tried on a pod. */
export type PodVerb = 'Create' | 'Delete' | 'Update';

/** Records that something was done to a pod, or could not be (STS-EVT-01, -02, -05 to -08). */
export function recordPodEvent(pass: PassContext, verb: PodVerb, pod: string, failure: Failure): void {
  const told = `${verb} Pod ${pod} in StatefulSet ${pass.set.metadata.name}`;
  if (failure === undefined) record(pass, 'Normal', `Successful${verb}`, `${told} successful`);
  else record(pass, 'Warning', `Failed${verb}`, `${told} failed error: ${failure}`);
}

/** Records that a claim was created, or could not be (STS-EVT-03, STS-EVT-04). */
export function recordClaimEvent(
  pass: PassContext,
  names: { readonly claim: string; readonly pod: string },
  failure: Failure,
): void {
  const { claim, pod } = names;
  const set = pass.set.metadata.name;
  if (failure === undefined) {
    // Upstream's text lacks the "for" here.
    record(pass, 'Normal', 'SuccessfulCreate', `Create Claim ${claim} Pod ${pod} in StatefulSet ${set} success`);
  } else {
    const told = `Create Claim ${claim} for Pod ${pod} in StatefulSet ${set} failed error: ${failure}`;
    record(pass, 'Warning', 'FailedCreate', told);
  }
}

/** Records that a claim has another controller, so that the retention policy is not applied (STS-EVT-09). */
export function recordConflictingController(pass: PassContext, claim: string): void {
  // "manging" is upstream's spelling.
  const why = 'has a conflicting OwnerReference that acts as a manging controller';
  const message = `PersistentVolumeClaim ${claim} ${why}, the retention policy is ignored for this claim`;
  record(pass, 'Warning', 'ConflictingController', message);
}

function record(pass: PassContext, type: 'Normal' | 'Warning', reason: string, message: string): void {
  pass.plant.events.record({ component, about: pass.set, type, reason, message });
}
