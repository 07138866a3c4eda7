// What `kubectl rollout status` says of an object: the words of kubectl's own status viewers
// (kubectl/pkg/polymorphichelpers/rollout_status.go, v1.32).

import type { KubernetesObject } from '../object.ts';
import type { ShownKind } from './cluster-view.ts';

/** One look at an object. */
export interface RolloutLook {
  /** A line; empty where there is nothing to say. */
  readonly text: string;
  /** kubectl stops waiting. */
  readonly done: boolean;
}

interface Workload {
  readonly metadata: { readonly name: string; readonly generation?: number };
  readonly spec?: {
    readonly replicas?: number;
    readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } };
  };
  readonly status?: Readonly<Record<string, number | string | undefined>> & {
    readonly conditions?: readonly { readonly type: string; readonly reason?: string }[];
  };
}

const viewers: ReadonlyMap<string, (object: Workload) => RolloutLook> = new Map([
  ['statefulset.apps', statefulSetLook],
  ['deployment.apps', deploymentLook],
  ['daemonset.apps', daemonSetLook],
]);

/** Whether there is something to say of a kind. */
export function hasRollout({ key }: Pick<ShownKind, 'key'>): boolean {
  return viewers.has(key);
}

/** The line for an object as it is. */
export function rolloutLook({ key }: Pick<ShownKind, 'key'>, object: KubernetesObject): RolloutLook {
  return viewers.get(key)?.(object) ?? { text: '', done: true };
}

const onlyRolling: RolloutLook = {
  text: 'error: rollout status is only available for RollingUpdate strategy type',
  done: true,
};

function numbersOf({ status = {} }: Workload): (name: string) => number {
  return (name) => Number(status[name] ?? 0);
}

function waiting(text: string): RolloutLook {
  return { text, done: false };
}

function statefulSetLook(set: Workload): RolloutLook {
  const { updateStrategy, replicas = 1 } = set.spec ?? {};
  if (updateStrategy?.type !== 'RollingUpdate') return onlyRolling;
  const count = numbersOf(set);
  const observed = count('observedGeneration');
  if (observed === 0 || (set.metadata.generation ?? 0) > observed) {
    return waiting('Waiting for statefulset spec update to be observed...');
  }
  const [ready, updated] = [count('readyReplicas'), count('updatedReplicas')];
  if (ready < replicas) return waiting(`Waiting for ${replicas - ready} pods to be ready...`);
  if (updateStrategy.rollingUpdate !== undefined) {
    const wanted = replicas - (updateStrategy.rollingUpdate.partition ?? 0);
    if (updateStrategy.rollingUpdate.partition !== undefined && updated < wanted) {
      const progress = `${updated} out of ${wanted} new pods have been updated...`;
      return waiting(`Waiting for partitioned roll out to finish: ${progress}`);
    }
    return { text: `partitioned roll out complete: ${updated} new pods have been updated...`, done: true };
  }
  const { updateRevision = '', currentRevision = '' } = set.status ?? {};
  if (updateRevision !== currentRevision) {
    return waiting(
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${String(updateRevision)}...`,
    );
  }
  const current = `${count('currentReplicas')} pods at revision ${String(currentRevision)}`;
  return { text: `statefulset rolling update complete ${current}...`, done: true };
}

function deploymentLook(deployment: Workload): RolloutLook {
  const count = numbersOf(deployment);
  const { name, generation = 0 } = deployment.metadata;
  if (generation > count('observedGeneration')) return waiting('Waiting for deployment spec update to be observed...');
  const progressing = deployment.status?.conditions?.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return { text: `error: deployment "${name}" exceeded its progress deadline`, done: true };
  }
  const wanted = deployment.spec?.replicas ?? 1;
  const [all, updated, available] = [count('replicas'), count('updatedReplicas'), count('availableReplicas')];
  const begin = `Waiting for deployment "${name}" rollout to finish:`;
  if (updated < wanted) return waiting(`${begin} ${updated} out of ${wanted} new replicas have been updated...`);
  if (all > updated) return waiting(`${begin} ${all - updated} old replicas are pending termination...`);
  if (available < updated) return waiting(`${begin} ${available} of ${updated} updated replicas are available...`);
  return { text: `deployment "${name}" successfully rolled out`, done: true };
}

function daemonSetLook(set: Workload): RolloutLook {
  if (set.spec?.updateStrategy?.type !== 'RollingUpdate') return onlyRolling;
  const count = numbersOf(set);
  const { name, generation = 0 } = set.metadata;
  if (generation > count('observedGeneration')) return waiting('Waiting for daemon set spec update to be observed...');
  const wanted = count('desiredNumberScheduled');
  const [updated, available] = [count('updatedNumberScheduled'), count('numberAvailable')];
  const begin = `Waiting for daemon set "${name}" rollout to finish:`;
  if (updated < wanted) return waiting(`${begin} ${updated} out of ${wanted} new pods have been updated...`);
  if (available < wanted) return waiting(`${begin} ${available} of ${wanted} updated pods are available...`);
  return { text: `daemon set "${name}" successfully rolled out`, done: true };
}
