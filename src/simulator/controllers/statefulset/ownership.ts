// Adopting what is nobody's and releasing what does not fit any more (L4, L5; reference section 8).

import { matchesLabels } from '../../../kubernetes/selector.ts';
import { adopt, mayAdopt, release, releaseFailure } from '../adoption.ts';
import { aggregate } from '../task.ts';
import { isClaimable } from './identity.ts';
import { errorText, recordWrite } from './pass-context.ts';
import { podKind } from './types.ts';
import type { Result } from '../../api/server.ts';
import type { Failure, Task } from '../task.ts';
import type { PassContext } from './pass-context.ts';
import type { Pod } from './types.ts';

/** Adopts orphaned revisions that fit the selector (STS-OWN-06). */
export function* adoptRevisions(pass: PassContext): Task<Failure> {
  const { selector } = pass.set.spec;
  const orphans = [...pass.orphanRevisions.of(pass.set.metadata.namespace).values()];
  const fitting = orphans.filter(({ metadata }) => matchesLabels(selector, metadata.labels));
  if (fitting.length === 0) return undefined;
  const refusal = yield* mayAdopt(pass.api, pass.set);
  if (refusal !== undefined) return `can't adopt ControllerRevisions: ${refusal}`;
  for (const revision of fitting) {
    const result: Result = yield () => adopt(pass.api, pass.set, revision);
    if (!result.ok) return errorText(result);
  }
  return undefined;
}

/** Releases pods that do not fit any more and adopts orphans that do (STS-OWN-02, STS-OWN-03). */
export function* claimPods(pass: PassContext): Task<Failure> {
  const failures: Failure[] = [];
  // A set that is being deleted neither adopts nor releases.
  if (pass.set.metadata.deletionTimestamp !== undefined) return undefined;
  for (const pod of Array.from(pass.index.strays.values())) failures.push(yield* releasePod(pass, pod));
  const orphans = [...pass.orphanPods.of(pass.set.metadata.namespace).values()] as Pod[];
  const fitting = orphans.filter((pod) => pod.metadata.deletionTimestamp === undefined && isClaimable(pass.set, pod));
  if (fitting.length === 0) return aggregate(failures);
  const refusal = yield* mayAdopt(pass.api, pass.set);
  for (const pod of fitting) failures.push(yield* adoptPod(pass, pod, refusal));
  return aggregate(failures);
}

function* adoptPod(pass: PassContext, pod: Pod, refusal: Failure): Task<Failure> {
  const { namespace, name, uid } = pod.metadata;
  if (refusal !== undefined) return `can't adopt Pod ${namespace}/${name} (${uid}): ${refusal}`;
  const result: Result = yield () => recordWrite(pass, podKind, adopt(pass.api, pass.set, pod));
  // The rest of the pass counts it in, as upstream does with the pod that it has just claimed.
  if (result.ok) pass.index.putPod(result.value as Pod);
  // A pod that has gone meanwhile is no error.
  return result.ok || result.status.reason === 'NotFound' ? undefined : errorText(result);
}

function* releasePod(pass: PassContext, pod: Pod): Task<Failure> {
  const result: Result = yield () => recordWrite(pass, podKind, release(pass.api, pass.set, pod));
  pass.index.removePod(pod);
  return releaseFailure(result);
}
