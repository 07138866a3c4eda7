// Commands from outside: which container is meant, why it cannot be entered, and what the command printed. What sleeps, sleeps in
// virtual time.

import { nodeKind } from '../nodes/node.ts';
import { notFoundPod, refusal } from './exec-refusals.ts';
import { isFinished, podKind } from './pod.ts';
import type { Status } from '../../kubernetes/status.ts';
import type { Plant } from '../controllers/controller.ts';
import type { Kubelets } from './kubelets.ts';
import type { Pod } from './pod.ts';
import type { LivingCommand } from './pod-worker.ts';
import type { CommandResult } from './shell/container-runtime.ts';
import type { LogEntry } from './shell/main-log.ts';

/** A command for a container. */
export interface ExecRequest {
  readonly namespace: string;
  readonly pod: string;
  /** Default: the annotated default container, else the first. */
  readonly container?: string;
  readonly command: readonly string[];
}

/** What the command did, or why it was not run. */
export type ExecAnswer =
  | ({ readonly kind: 'ran' } & CommandResult)
  | { readonly kind: 'refused'; readonly status: Status };

/** A command that was started: whoever holds it runs it, and lets the time pass that it sleeps. */
export type ExecStart = ExecAnswer | ({ readonly kind: 'started' } & LivingCommand);

/** Whose log is wanted. */
export interface LogRequest {
  /** The uid of the pod. */
  readonly uid: string;
  readonly container: string;
  /** The run of the container: the one that lasts or lasted last, or the one before it. */
  readonly run: 'current' | 'previous';
}

/** What commands are run on. */
export interface ExecSite {
  readonly plant: Plant;
  readonly kubelets: Kubelets;
}

const defaultContainer = 'kubectl.kubernetes.io/default-container';

/** Runs a command to its end. */
export function execInPod(site: ExecSite, request: ExecRequest): ExecAnswer {
  const started = startInPod(site, request);
  if (started.kind !== 'started') return started;
  const { clock } = site.plant;
  for (;;) {
    const step = started.process.next();
    const { out: stdout, error: stderr } = started.printed;
    if (step.done === true) return { kind: 'ran', stdout, stderr, exitCode: step.value };
    if (step.value === Number.POSITIVE_INFINITY) {
      const why = `the command does not end by itself: ${request.command.join(' ')}`;
      return { kind: 'refused', status: refusal(504, why) };
    }
    clock.advanceTo(clock.now + step.value);
  }
}

/** Starts a command, of which nothing runs yet. */
export function startInPod({ plant, kubelets }: ExecSite, request: ExecRequest): ExecStart {
  const { namespace, command } = request;
  const pod = plant.api.store.get(podKind, `${namespace}/${request.pod}`) as Pod | undefined;
  if (pod === undefined) return { kind: 'refused', status: notFoundPod(request.pod) };
  const container =
    request.container ?? pod.metadata.annotations?.[defaultContainer] ?? pod.spec.containers[0]?.name ?? '';
  const status = refusalFor(pod, container);
  if (status !== undefined) return { kind: 'refused', status };
  const worker = kubelets.worker(pod.metadata.uid);
  const node = pod.spec.nodeName ?? '';
  if (worker === undefined || !worker.reachable) {
    const address = addressOf(plant, node);
    return { kind: 'refused', status: refusal(500, `error dialing backend: dial tcp ${address}:10250: i/o timeout`) };
  }
  const started = worker.exec(container, command);
  if (started === 'not running') {
    const why = `unable to upgrade connection: container not found ("${container}")`;
    return { kind: 'refused', status: refusal(500, why) };
  }
  if (started === undefined) {
    const why = `exec: "${command[0] ?? ''}": executable file not found in $PATH`;
    const stderr = `OCI runtime exec failed: exec failed: unable to start container process: ${why}\n`;
    return { kind: 'ran', stdout: '', stderr, exitCode: 127 };
  }
  return { kind: 'started', ...started };
}

/** What the main process of a container printed, as far as its command is understood. */
export function logOf({ kubelets }: ExecSite, { uid, container, run }: LogRequest): readonly LogEntry[] {
  return kubelets.worker(uid)?.log(container, run) ?? [];
}

function refusalFor(pod: Pod, container: string): Status | undefined {
  const { name } = pod.metadata;
  const names = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].map((each) => each.name);
  if (isFinished(pod)) {
    return refusal(400, `cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`);
  }
  if (pod.spec.nodeName === undefined) return refusal(400, `pod ${name} does not have a host assigned`);
  return names.includes(container) ? undefined : refusal(400, `container ${container} is not valid for pod ${name}`);
}

function addressOf({ api }: Plant, node: string): string {
  const status = api.store.get(nodeKind, node)?.['status'] as
    | { readonly addresses?: readonly { readonly address: string }[] }
    | undefined;
  return status?.addresses?.[0]?.address ?? node;
}
