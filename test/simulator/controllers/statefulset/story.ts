// What the changes of a run tell of a set, in the words of the recordings in test/fixtures/recorded-sets.

import type { KubernetesObject } from '../../../../src/kubernetes/object.ts';
import type { StatefulSetStatus } from '../../../../src/simulator/controllers/statefulset/types.ts';
import type { Change } from '../../../../src/simulator/store/store.ts';

/** Milestones of pods and claims in order, and the values that the set's status took. */
export interface Story {
  readonly milestones: readonly string[];
  readonly statuses: readonly string[];
}

/** Tells the story of a run. */
export function storyOf(changes: readonly Change[]): Story {
  const milestones: string[] = [];
  const statuses: string[] = [];
  for (const change of changes) {
    if (change.kind === 'pod') milestones.push(...podMilestones(change));
    if (change.kind === 'persistentvolumeclaim' && change.type === 'ADDED') {
      milestones.push(`${change.object.metadata.name} Created`);
    }
    if (change.kind !== 'statefulset.apps') continue;
    const status = statusInWords(change.object['status'] as StatefulSetStatus);
    if (statuses.at(-1) !== status) statuses.push(status);
  }
  return { milestones, statuses };
}

/** `replicas/ready/available/current/updated currentRevision updateRevision observedGeneration`. */
export function statusInWords(status: StatefulSetStatus): string {
  const { replicas, readyReplicas = 0, availableReplicas, currentReplicas = 0, updatedReplicas = 0 } = status;
  const { currentRevision = '-', updateRevision = '-', observedGeneration = 0 } = status;
  const counts = [replicas, readyReplicas, availableReplicas, currentReplicas, updatedReplicas].join('/');
  return `${counts} ${currentRevision} ${updateRevision} ${observedGeneration}`;
}

function podMilestones({ type, object, old }: Change): string[] {
  const { name, labels } = object.metadata;
  if (type === 'ADDED') return [`${name} Created ${labels?.['controller-revision-hash'] ?? ''}`.trim()];
  if (type === 'DELETED') return [`${name} Deleted`];
  const found: string[] = [];
  if (object.metadata.deletionTimestamp !== undefined && old?.metadata.deletionTimestamp === undefined) {
    found.push(`${name} Terminating`);
  }
  if (isReady(object) && (old === undefined || !isReady(old))) found.push(`${name} Ready`);
  return found;
}

function isReady(pod: KubernetesObject): boolean {
  const { conditions = [] } = pod['status'] as {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
