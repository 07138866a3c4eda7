// The conditions that the kubelet reports for a pod (POD-COND), in the order in which they are stored (POD-NEW-10).

import { podCondition } from './pod.ts';
import type { Writable } from '../writable.ts';
import type { Container } from './container.ts';
import type { Pod, PodCondition, PodPhase } from './pod.ts';

/** What the kubelet knows of a pod when it composes the conditions. */
export interface Observed {
  readonly containers: readonly Container[];
  readonly phase: PodPhase;
  /** The pod's end is reported in the conditions, a write before or with its phase (POD-PHASE-04). */
  readonly ended: PodPhase | undefined;
  readonly sandboxReady: boolean;
  readonly timestamp: string;
}

type Verdict = Pick<PodCondition, 'status' | 'reason' | 'message'>;

const holds: Verdict = { status: 'True' };
const fails: Verdict = { status: 'False' };
const ownTypes = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];

/** The pod's conditions as the next status write has them; the stored list itself when nothing differs. */
export function composeConditions(pod: Pod, observed: Observed): readonly PodCondition[] {
  const stored = pod.status.conditions ?? [];
  const { timestamp } = observed;
  const containersReady = containersReadyOf(observed);
  const composed = stored.filter(({ type }) => !ownTypes.includes(type));
  composed.push(
    renew(pod, timestamp, 'PodReadyToStartContainers', observed.sandboxReady ? holds : fails),
    renew(pod, timestamp, 'Initialized', initializedOf(observed)),
    renew(pod, timestamp, 'Ready', readyOf(pod, containersReady)),
    renew(pod, timestamp, 'ContainersReady', containersReady),
    renew(pod, timestamp, 'PodScheduled', holds),
  );
  const same = composed.length === stored.length && composed.every((condition, place) => condition === stored[place]);
  return same ? stored : composed;
}

/** Only a change of the status moves the transition time (POD-NEW-11). */
function renew(pod: Pod, timestamp: string, type: string, verdict: Verdict): PodCondition {
  const stored = podCondition(pod, type);
  const { generation } = pod.metadata;
  if (
    stored !== undefined &&
    stored.status === verdict.status &&
    stored.reason === verdict.reason &&
    stored.message === verdict.message &&
    stored.observedGeneration === generation
  ) {
    return stored;
  }
  const lastTransitionTime = stored?.status === verdict.status ? stored.lastTransitionTime : timestamp;
  const renewed: Written = { type };
  if (generation !== undefined) renewed.observedGeneration = generation;
  renewed.lastProbeTime = null;
  renewed.lastTransitionTime = lastTransitionTime;
  renewed.status = verdict.status;
  if (verdict.reason !== undefined) renewed.reason = verdict.reason;
  if (verdict.message !== undefined) renewed.message = verdict.message;
  return renewed as PodCondition;
}

/** A condition while it is put together, in the order of the wire. */
type Written = Partial<Writable<PodCondition>>;

function initializedOf({ containers, ended }: Observed): Verdict {
  const incomplete = containers.filter(isIncomplete).map(({ name }) => name);
  if (incomplete.length > 0) {
    const message = `containers with incomplete status: [${incomplete.join(' ')}]`;
    return { status: 'False', reason: 'ContainersNotInitialized', message };
  }
  return ended === 'Succeeded' ? { status: 'True', reason: 'PodCompleted' } : holds;
}

/** A sidecar is done with initialising once it started, others when they ended well (POD-INIT-03). */
function isIncomplete(container: Container): boolean {
  if (container.role === 'app') return false;
  if (container.role === 'sidecar') return !container.started && container.termination === undefined;
  return container.termination?.exitCode !== 0;
}

function containersReadyOf({ containers, ended }: Observed): Verdict {
  // A pod that never ran keeps the reason for which it was not ready (POD-TERM-07).
  if (ended !== undefined && containers.some(({ ran }) => ran)) {
    return { status: 'False', reason: ended === 'Succeeded' ? 'PodCompleted' : 'PodFailed' };
  }
  const unready = containers.filter(({ role, ready }) => role !== 'init' && !ready).map(({ name }) => name);
  if (unready.length === 0) return holds;
  const message = `containers with unready status: [${unready.join(' ')}]`;
  return { status: 'False', reason: 'ContainersNotReady', message };
}

function readyOf(pod: Pod, containersReady: Verdict): Verdict {
  if (containersReady.status !== 'True') return containersReady;
  const messages = (pod.spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const gate = pod.status.conditions?.find(({ type }) => type === conditionType);
    if (gate === undefined) return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`];
    if (gate.status === 'True') return [];
    return [`the status of pod readiness gate "${conditionType}" is not "True", but ${gate.status}`];
  });
  if (messages.length === 0) return holds;
  return { status: 'False', reason: 'ReadinessGatesNotReady', message: messages.join(', ') };
}
