// The phase of a pod, from the states of its containers (POD-PHASE; pkg/kubelet/kubelet_pods.go, getPhase).

import type { Container } from './container.ts';
import type { PodPhase, PodSpec } from './pod.ts';

/** The phase of a pod that nobody stops. */
export function phaseOf(containers: readonly Container[], restartPolicy: PodSpec['restartPolicy']): PodPhase {
  const pendingInit = containers.find(({ role, termination }) => role === 'init' && termination?.exitCode !== 0);
  if (pendingInit !== undefined) {
    return restartPolicy === 'Never' && pendingInit.termination !== undefined ? 'Failed' : 'Pending';
  }
  const apps = containers.filter(({ role }) => role === 'app');
  if (apps.some(({ running, termination }) => !running && termination === undefined)) return 'Pending';
  if (apps.some(({ running }) => running)) return 'Running';
  const failed = apps.some(({ termination }) => termination?.exitCode !== 0);
  if (restartPolicy === 'Never') return failed ? 'Failed' : 'Succeeded';
  // What will be restarted counts as running, also while it waits in back-off (POD-PHASE-02).
  return restartPolicy === 'OnFailure' && !failed ? 'Succeeded' : 'Running';
}

/** The phase of a pod whose containers were all stopped: sidecars' exit codes do not count (POD-PHASE-03). */
export function stoppedPhaseOf(containers: readonly Container[]): 'Succeeded' | 'Failed' {
  const initialized = containers.every(({ role, termination }) => role !== 'init' || termination?.exitCode === 0);
  const apps = containers.filter(({ role }) => role === 'app');
  return initialized && apps.every(({ termination }) => termination?.exitCode === 0) ? 'Succeeded' : 'Failed';
}
