// Pods: KCTL. The words of STATUS are no field of the object but found by an algorithm of their own (KCTL-02).

import { ageColumn, column, nameColumn, wide } from './printer.ts';
import { ageOf, elapsedMs } from './human-duration.ts';
import { objectAge, orNone } from './texts.ts';
import type { KubernetesObject } from '../object.ts';
import type { Printer, RowCondition } from './printer.ts';

interface TerminatedState {
  readonly exitCode?: number;
  readonly signal?: number;
  readonly reason?: string;
  readonly finishedAt?: string | null;
}

interface ContainerStatus {
  readonly name: string;
  readonly ready?: boolean;
  readonly started?: boolean;
  readonly restartCount?: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string };
    readonly running?: object;
    readonly terminated?: TerminatedState;
  };
  readonly lastState?: { readonly terminated?: TerminatedState };
}

interface PodSpec {
  readonly containers?: readonly { readonly name: string }[];
  readonly initContainers?: readonly { readonly name: string; readonly restartPolicy?: string }[];
  readonly nodeName?: string;
  readonly readinessGates?: readonly { readonly conditionType: string }[];
}

interface PodStatus {
  readonly phase?: string;
  readonly reason?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly podIP?: string;
  readonly podIPs?: readonly { readonly ip: string }[];
  readonly nominatedNodeName?: string;
}

/** Pods. */
export const podPrinter: Printer = {
  columns: [
    nameColumn,
    column('Ready'),
    column('Status'),
    column('Restarts'),
    ageColumn,
    wide('IP'),
    wide('Node'),
    wide('Nominated Node'),
    wide('Readiness Gates'),
  ],
  cells(object, context) {
    const { spec = {}, status = {} } = object as { readonly spec?: PodSpec; readonly status?: PodStatus };
    const seen = lookAt(object, spec, status);
    const total = (spec.containers?.length ?? 0) + sidecarsOf(spec).size;
    return [
      object.metadata.name,
      `${seen.ready}/${total}`,
      seen.reason,
      restartsText(seen, context.now),
      objectAge(object, context),
      orNone(status.podIPs?.[0]?.ip ?? status.podIP),
      orNone(spec.nodeName),
      orNone(status.nominatedNodeName),
      gatesText(spec, status),
    ];
  },
  conditions(object) {
    const { phase } = (object as { readonly status?: PodStatus }).status ?? {};
    return phase === 'Succeeded' || phase === 'Failed' ? [completed[phase]] : [];
  },
};

const completed: Readonly<Record<'Succeeded' | 'Failed', RowCondition>> = {
  Succeeded: { type: 'Completed', status: 'True', reason: 'Succeeded', message: 'The pod has completed successfully.' },
  Failed: { type: 'Completed', status: 'True', reason: 'Failed', message: 'The pod failed.' },
};

/** What the statuses of a pod's containers add up to. */
interface PodLook {
  readonly reason: string;
  readonly ready: number;
  readonly restarts: number;
  /** When the last of the restarts happened. */
  readonly restartedAt: string | undefined;
}

function lookAt({ metadata }: KubernetesObject, spec: PodSpec, status: PodStatus): PodLook {
  let look = lookAtInit(spec, status);
  if (!look.initializing || isTrue(status, 'Initialized')) look = lookAtContainers(look, status);
  let { reason } = look;
  if (metadata.deletionTimestamp != null) {
    if (status.reason === 'NodeLost') reason = 'Unknown';
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') reason = 'Terminating';
  }
  return { ...look, reason };
}

interface InitLook extends PodLook {
  readonly initializing: boolean;
  /** Restarts of sidecars alone, which count on when the pod is initialized. */
  readonly sidecarRestarts: number;
  readonly sidecarRestartedAt: string | undefined;
}

function lookAtInit(spec: PodSpec, status: PodStatus): InitLook {
  const sidecars = sidecarsOf(spec);
  const gated = status.conditions?.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated');
  let reason = gated === true ? 'SchedulingGated' : status.reason || (status.phase ?? '');
  let [ready, restarts, sidecarRestarts] = [0, 0, 0];
  let [restartedAt, sidecarRestartedAt]: (string | undefined)[] = [];
  let initializing = false;
  for (const [place, container] of (status.initContainerStatuses ?? []).entries()) {
    const sidecar = sidecars.has(container.name);
    restarts += container.restartCount ?? 0;
    restartedAt = later(restartedAt, container);
    if (sidecar) {
      sidecarRestarts += container.restartCount ?? 0;
      sidecarRestartedAt = later(sidecarRestartedAt, container);
    }
    if (container.state?.terminated?.exitCode === 0) continue;
    if (sidecar && container.started === true) {
      if (container.ready === true) ready++;
      continue;
    }
    reason = initReason(container, `${place}/${spec.initContainers?.length ?? 0}`);
    initializing = true;
    break;
  }
  return { reason, ready, restarts, restartedAt, initializing, sidecarRestarts, sidecarRestartedAt };
}

function initReason({ state }: ContainerStatus, progress: string): string {
  if (state?.terminated !== undefined) return `Init:${terminatedReason(state.terminated)}`;
  const waiting = state?.waiting?.reason;
  return `Init:${waiting !== undefined && waiting !== '' && waiting !== 'PodInitializing' ? waiting : progress}`;
}

/** From last to first, so that the first container's trouble is the one that is told. */
function lookAtContainers(before: InitLook, status: PodStatus): InitLook {
  const containers = status.containerStatuses ?? [];
  let { reason, ready, sidecarRestarts: restarts, sidecarRestartedAt: restartedAt } = before;
  let running = false;
  for (const container of containers.toReversed()) {
    const { state } = container;
    restarts += container.restartCount ?? 0;
    restartedAt = later(restartedAt, container);
    if (state?.waiting?.reason) reason = state.waiting.reason;
    else if (state?.terminated !== undefined) reason = terminatedReason(state.terminated);
    else if (container.ready === true && state?.running !== undefined) {
      running = true;
      ready++;
    }
  }
  if (reason === 'Completed') reason = completedReason(containers, running, status);
  return { ...before, reason, ready, restarts, restartedAt };
}

function completedReason(containers: readonly ContainerStatus[], running: boolean, status: PodStatus): string {
  if (running && isTrue(status, 'Ready')) return 'Running';
  const failed = containers.map(({ state }) => state?.terminated).find((state) => (state?.exitCode ?? 0) !== 0);
  if (failed !== undefined) return terminatedReason(failed);
  return running ? 'NotReady' : 'Completed';
}

function terminatedReason({ reason, signal, exitCode }: TerminatedState): string {
  if (reason) return reason;
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode ?? 0}`;
}

function later(known: string | undefined, { lastState }: ContainerStatus): string | undefined {
  const finished = lastState?.terminated?.finishedAt ?? undefined;
  if (known === undefined || finished === undefined) return known ?? finished;
  return (elapsedMs(known, finished) ?? 0) > 0 ? finished : known;
}

function restartsText({ restarts, restartedAt }: PodLook, now: string): string {
  return restarts > 0 && restartedAt !== undefined ? `${restarts} (${ageOf(restartedAt, now)} ago)` : `${restarts}`;
}

function gatesText({ readinessGates = [] }: PodSpec, status: PodStatus): string {
  if (readinessGates.length === 0) return '<none>';
  return `${readinessGates.filter(({ conditionType }) => isTrue(status, conditionType)).length}/${readinessGates.length}`;
}

function isTrue({ conditions }: PodStatus, wanted: string): boolean {
  return conditions?.some(({ type, status }) => type === wanted && status === 'True') === true;
}

/** Names of the init containers that keep running. */
function sidecarsOf({ initContainers = [] }: PodSpec): ReadonlySet<string> {
  return new Set(initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name));
}
