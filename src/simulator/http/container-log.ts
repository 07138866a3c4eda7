// `pods/NAME/log`: what the main process of a container printed, as far as its command is understood. Of servers nothing is
// known that they would print, so their logs are empty.

import { clearInterval, setInterval } from 'node:timers';
import { badRequest, methodNotAllowed } from '../api/refusals.ts';
import { podKind } from '../kubelet/pod.ts';
import { chooseContainer } from './choose-container.ts';
import { logText, readLogQuery } from './log-query.ts';
import { respond } from './respond.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Status } from '../../kubernetes/status.ts';
import type { ContainerStatus, Pod } from '../kubelet/pod.ts';
import type { Simulator } from '../simulator.ts';
import type { LogQuery } from './log-query.ts';

/** A request for a log of a pod that is there. */
export interface LogExchange {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly parameters: URLSearchParams;
  readonly pod: Pod;
  readonly simulator: Simulator;
}

const plain = { 'Content-Type': 'text/plain' };

/** Answers with a log, or with the reason why there is none. */
export async function answerLog(exchange: LogExchange): Promise<void> {
  const { message, response, parameters, pod, simulator } = exchange;
  if (message.method !== 'GET') return refuseWith(response, methodNotAllowed());
  const query = readLogQuery(parameters, pod.metadata.name, simulator.clock.now);
  if (!query.ok) return refuseWith(response, query.status);
  const container = chooseContainer(pod, parameters.get('container'));
  if (!container.ok) return refuseWith(response, container.status);
  if (pod.spec.nodeName === undefined) {
    response.writeHead(204).end();
    return;
  }
  const obstacle = obstacleToLog(pod, container.value, query.value);
  if (obstacle !== undefined) return refuseWith(response, obstacle);
  if (query.value.follow && !query.value.previous) return followLog(exchange, container.value, query.value);
  const text = textOf(exchange, container.value, query.value);
  return respond(response, { code: 200, body: limited(text, query.value), headers: plain });
}

function refuseWith(response: ServerResponse, status: Status): Promise<void> {
  return respond(response, { code: status.code, body: status });
}

/** Why there is no log to show: as the kubelet looks for the run whose log it shows. */
export function obstacleToLog(pod: Pod, container: string, { previous }: LogQuery): Status | undefined {
  const { name } = pod.metadata;
  const status = statusOf(pod, container);
  const about = `container ${JSON.stringify(container)} in pod ${JSON.stringify(name)}`;
  if (status === undefined) return badRequest(`${about} is not available`);
  const ranBefore = 'terminated' in status.lastState;
  if (previous) return ranBefore ? undefined : badRequest(`previous terminated ${about} not found`);
  if (!('waiting' in status.state) || ranBefore) return undefined;
  return badRequest(`${about} is waiting to start: ${waitingText(status.state.waiting.reason)}`);
}

function statusOf({ status }: Pod, container: string): ContainerStatus | undefined {
  const all = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
  return all.find(({ name }) => name === container);
}

function waitingText(reason: string): string {
  if (reason === 'ErrImagePull') return "image can't be pulled";
  return reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : reason;
}

function textOf({ pod, simulator }: LogExchange, container: string, query: LogQuery): string {
  const run = query.previous ? 'previous' : 'current';
  return logText(simulator.log({ uid: pod.metadata.uid, container, run }), query);
}

function limited(text: string, { limitBytes }: LogQuery): Buffer {
  return Buffer.from(text).subarray(0, limitBytes);
}

/** How often a log that is followed is looked at, milliseconds of the wall. */
const lookEveryMs = 100;

/** Goes on until the run ends, the pod is gone, or the client leaves. */
function followLog(exchange: LogExchange, container: string, query: LogQuery): Promise<void> {
  const { response, pod, simulator } = exchange;
  const { uid, namespace = '', name } = pod.metadata;
  const runOf = (): string | undefined => {
    const stored = simulator.store.get(podKind, `${namespace}/${name}`) as Pod | undefined;
    const state = stored?.metadata.uid === uid ? statusOf(stored, container)?.state : undefined;
    return state !== undefined && 'running' in state ? state.running.startedAt : undefined;
  };
  const run = runOf();
  response.writeHead(200, plain);
  response.flushHeaders();
  response.write(textOf(exchange, container, query));
  // What follows is all that comes, however few of the lines before were wanted.
  const rest = { ...query, tailLines: undefined };
  let told = textOf(exchange, container, rest).length;
  return new Promise((resolve) => {
    const look = setInterval(() => {
      const now = runOf();
      const lasts = run !== undefined && now === run;
      // What was still to be told of a run that was followed by another is in the log of the one before.
      const text = textOf(exchange, container, { ...rest, previous: !lasts && now !== undefined });
      if (text.length > told) response.write(text.slice(told));
      told = text.length;
      if (!lasts) response.end();
    }, lookEveryMs);
    response.once('close', () => {
      clearInterval(look);
      resolve();
    });
  });
}
