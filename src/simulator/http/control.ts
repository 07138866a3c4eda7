// The door beside Kubernetes, under /setpiece/v1: time, faults, and what happened.

import { apiVersionOf, kindOfWord } from '../../kubernetes/kinds.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SimulatedFault, SimulatedTarget } from '../faults/faults.ts';
import type { Simulator } from '../simulator.ts';
import type { Catalogue } from './catalogue.ts';
import type { Pacer } from './pacer.ts';
import type { TraceLog } from './trace-log.ts';
import { collectBody } from './request-body.ts';
import { parseSpeed, speedText } from './speed.ts';
import { respond } from './respond.ts';

/** What the control endpoint controls. */
export interface Controlled {
  readonly simulator: Simulator;
  readonly catalogue: Catalogue;
  readonly pacer: Pacer;
  readonly trace: TraceLog;
  readonly seed: number;
  /** Puts another cluster in the place of this one. */
  readonly reset: (seed: number) => void;
}

/** Where the endpoint is. */
export const controlPrefix = '/setpiece/v1/';

type Body = Readonly<Record<string, unknown>>;

/** A wish that cannot be fulfilled, and why. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

type Action = (body: Body, controlled: Controlled) => unknown;

const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['GET time', (_body, controlled) => timeOf(controlled)],
  [
    'GET moving',
    (_body, { simulator }) => ({
      timers: simulator
        .moving(50)
        .map(({ at, label, class: timerClass }) => ({ atMs: at / 1000, class: timerClass, label })),
    }),
  ],
  [
    'POST time/pause',
    (_body, controlled) => {
      controlled.pacer.pause();
      return timeOf(controlled);
    },
  ],
  [
    'POST time/resume',
    (_body, controlled) => {
      controlled.pacer.resume();
      return timeOf(controlled);
    },
  ],
  ['POST time/step', step],
  ['POST time/advance', advance],
  ['POST time/speed', changeSpeed],
  ['POST faults', putFault],
  ['GET dump', (_body, controlled) => dumpOf(controlled)],
  ['POST reset', reset],
]);

/** Answers a request to the endpoint; `path` is what follows the prefix. */
export async function control(
  message: IncomingMessage,
  response: ServerResponse,
  { path, controlled }: { readonly path: string; readonly controlled: Controlled },
): Promise<void> {
  try {
    if (message.method === 'GET' && path === 'trace') return await sendTrace(response, controlled.trace);
    const action = actions.get(`${message.method} ${path}`);
    if (action === undefined)
      throw new Refusal(404, `no such wish; there are ${[...actions.keys(), 'GET trace'].join(', ')}`);
    const body = message.method === 'POST' ? await readJson(message) : {};
    await respond(response, { code: 200, body: await action(body, controlled) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await respond(response, { code: error.code, body: { message: error.message } });
  }
}

async function readJson(message: IncomingMessage): Promise<Body> {
  const collected = await collectBody(message);
  if (!collected.ok) throw new Refusal(collected.status.code, collected.status.message ?? '');
  const text = collected.value.toString('utf8');
  if (text.trim() === '') return {};
  // Pages in a browser can send anything but this type to a stranger's port without asking.
  if (!(message.headers['content-type'] ?? '').startsWith('application/json')) {
    throw new Refusal(415, 'the body must be sent as application/json');
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body;
  } catch (error) {
    throw new Refusal(400, `the body is not JSON: ${(error as Error).message}`);
  }
  throw new Refusal(400, 'the body must be a JSON object');
}

function timeOf({ simulator, pacer, seed }: Controlled): Body {
  pacer.arrive();
  const { now, timestamp } = simulator.clock;
  return { nowMs: now / 1000, timestamp, paused: pacer.paused, speed: speedText(pacer.speed), seed };
}

function step(_body: Body, controlled: Controlled): Body {
  const happened = controlled.pacer.step();
  return { ...timeOf(controlled), happened: happened?.label ?? null };
}

/** Every object that is stored, in the form of `kubectl get -o json`. */
function dumpOf({ catalogue, simulator }: Controlled): Body {
  const items: object[] = [];
  for (const { kind, second } of catalogue.all()) {
    if (second !== undefined) continue;
    const type = { apiVersion: apiVersionOf(kind), kind: kind.kind };
    for (const object of simulator.store.list(kind.key).values()) items.push({ ...type, ...object });
  }
  return { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items };
}

function reset({ seed }: Body, controlled: Controlled): Body {
  if (seed !== undefined && (typeof seed !== 'number' || !Number.isSafeInteger(seed) || seed < 0)) {
    throw new Refusal(400, `\`seed\` must be a whole number from 0 on, found ${JSON.stringify(seed)}`);
  }
  const next = seed ?? controlled.seed;
  controlled.reset(next);
  return { reset: true, seed: next };
}

async function advance(body: Body, controlled: Controlled): Promise<Body> {
  const { ms } = body;
  if (typeof ms !== 'number' || !Number.isFinite(ms) || ms < 0 || ms > 1e12) {
    throw new Refusal(400, `\`ms\` must be a number of milliseconds from 0 on, found ${JSON.stringify(ms)}`);
  }
  await controlled.pacer.advance(Math.round(ms * 1000));
  return timeOf(controlled);
}

function changeSpeed({ speed }: Body, controlled: Controlled): Body {
  const parsed = typeof speed === 'string' ? parseSpeed(speed) : undefined;
  if (parsed === undefined)
    throw new Refusal(400, `\`speed\` must be 1x, 10x, … or max, found ${JSON.stringify(speed)}`);
  controlled.pacer.speed = parsed;
  return timeOf(controlled);
}

function putFault(body: Body, { simulator, pacer, trace }: Controlled): Body {
  pacer.arrive();
  const fault = readFault(body);
  const { namespace = 'default' } = body;
  if (typeof namespace !== 'string') throw new Refusal(400, '`namespace` must be a text');
  const refused = simulator.inject(fault, namespace);
  if (refused !== undefined) throw new Refusal(422, refused);
  const { how, targets, ...detail } = fault;
  const names = targets.map(({ kind, name }) => `${kind}/${name}`);
  trace.add(simulator.clock.now, { fault: { how, targets: names, ...(Object.keys(detail).length > 0 && { detail }) } });
  pacer.settle(true);
  return { how, targets: names };
}

const hows = ['notReady', 'crash', 'stop', 'partitioned', 'recover'] as const;

function readFault({ how, targets, container, times = 1 }: Body): SimulatedFault {
  const known = hows.find((each) => each === how);
  if (known === undefined)
    throw new Refusal(400, `\`how\` must be one of ${hows.join(', ')}, found ${JSON.stringify(how)}`);
  if (!Array.isArray(targets) || targets.length === 0)
    throw new Refusal(400, '`targets` must be a list such as ["pod/web-0"]');
  const about = { targets: targets.map(readTarget) };
  if (known === 'recover') return { how: known, ...about };
  const within = typeof container === 'string' ? { container } : {};
  if (known !== 'crash') return { how: known, ...about, ...within };
  if (typeof times !== 'number' || !Number.isSafeInteger(times) || times < 1)
    throw new Refusal(400, '`times` must be a whole number from 1 on');
  return { how: known, ...about, ...within, times };
}

function readTarget(text: unknown): SimulatedTarget {
  const [word = '', name = '', ...rest] = typeof text === 'string' ? text.split('/') : [];
  const kind = kindOfWord(word);
  if (kind === undefined || name === '' || rest.length > 0) {
    throw new Refusal(400, `a target is KIND/NAME, such as pod/web-0 or node/NAME; found ${JSON.stringify(text)}`);
  }
  return { kind: kind.key, name };
}

async function sendTrace(response: ServerResponse, trace: TraceLog): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/jsonl', 'Setpiece-Forgotten': `${trace.forgotten}` });
  for (const line of trace.lines()) {
    if (response.destroyed) return;
    if (!response.write(line)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
  }
  response.end();
}
