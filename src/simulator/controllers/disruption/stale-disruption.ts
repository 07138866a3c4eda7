// A pod that was marked for disruption and then not deleted loses the mark after two minutes (PDB-05).

import { podCondition, podKind } from '../../kubelet/pod.ts';
import { parseTimestamp } from '../../timestamp.ts';
import type { Result } from '../../api/server.ts';
import type { Controller, Informer, Pass, PassOutcome, Plant } from '../controller.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { ObjectKey } from '../../store/store.ts';

const done: PassOutcome = { kind: 'done' };
/** stalePodDisruptionTimeout of pkg/controller/disruption. */
const timeout = 120_000_000;

/** Creates the part of the disruption controller that looks after stale marks. */
export function createStaleDisruptionController({ api, clock }: Plant): Controller {
  let pods: Informer | undefined;
  return {
    name: 'stale_pod_disruption',
    workers: 1,
    start(informer, queue) {
      pods = informer;
      informer.on(podKind, ({ type, key, object, old }) => {
        if (type === 'DELETED' || !isMarked(object as Pod)) return;
        if (old !== undefined && isMarked(old as Pod)) return;
        // An eviction marks a pod and deletes it at once: what is deleted already needs no look in two minutes.
        const live = api.store.get(podKind, key) as Pod | undefined;
        if (live === undefined || !isMarked(live)) return;
        queue.enqueueAfter(key, dueAt(live) - clock.now);
      });
    },
    reconcile: (key) => clearMark(key),
  };

  function* clearMark(key: ObjectKey): Pass {
    const pod = pods?.get(podKind, key) as Pod | undefined;
    if (pod === undefined || !isMarked(pod)) return done;
    const due = dueAt(pod);
    if (due > clock.now) return { kind: 'done', requeueAfter: due - clock.now };
    const { uid } = pod.metadata;
    const written: Result = yield () =>
      api.update(podKind, key, (stored) => withoutMark(stored as Pod, clock.timestamp), { subresource: 'status', uid });
    if (written.ok || written.status.code === 404) return done;
    return { kind: 'error', message: written.status.message ?? 'the pod could not be written' };
  }
}

function isMarked(pod: Pod): boolean {
  const { phase } = pod.status;
  if (pod.metadata.deletionTimestamp !== undefined || phase === 'Succeeded' || phase === 'Failed') return false;
  return podCondition(pod, 'DisruptionTarget')?.status === 'True';
}

function dueAt(pod: Pod): number {
  return (parseTimestamp(podCondition(pod, 'DisruptionTarget')?.lastTransitionTime ?? '') ?? 0) + timeout;
}

function withoutMark(pod: Pod, lastTransitionTime: string): Pod {
  const conditions = (pod.status.conditions ?? []).map((condition) => {
    if (condition.type !== 'DisruptionTarget') return condition;
    const { type, lastProbeTime } = condition;
    return { type, status: 'False' as const, lastProbeTime, lastTransitionTime };
  });
  return { ...pod, status: { ...pod.status, conditions } };
}
