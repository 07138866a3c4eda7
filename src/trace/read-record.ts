// One line of a trace file as a record. The lines do not say what they are: their members do.

import type { Json, KubernetesObject } from '../kubernetes/object.ts';
import type { FaultRecord, GapRecord, RequestRecord, TraceRecord, WindowEnd } from './record.ts';

/** The record of a line, or what is wrong with it. */
export function readRecord(value: unknown): TraceRecord | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `expected a record, found ${JSON.stringify(value)?.slice(0, 40) ?? 'nothing'}`;
  }
  const line = value as Readonly<Record<string, unknown>>;
  const { at, step = -1 } = line;
  if (typeof at !== 'number' || !Number.isFinite(at)) return '`at` (milliseconds) is missing';
  if (typeof step !== 'number' || !Number.isInteger(step)) return '`step` is not a whole number';
  const moment = { at, step };
  if ('object' in line) return readObservation(line, moment);
  if ('request' in line) return readRequest(line, moment);
  if ('run' in line) return readCommand(line, moment);
  if ('fault' in line) return readFault(line, moment);
  if ('gap' in line) return readGap(line, moment);
  if ('window' in line) return readWindow(line, moment);
  if (isMap(line['values']))
    return { kind: 'remember', ...moment, values: line['values'] as Readonly<Record<string, Json>> };
  return 'none of `object`, `request`, `fault`, `gap`, `window`, `values`';
}

interface Moment {
  readonly at: number;
  readonly step: number;
}

type Line = Readonly<Record<string, unknown>>;

function readObservation(line: Line, moment: Moment): TraceRecord | string {
  const { type, object } = line;
  if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') {
    return `\`type\` is ADDED, MODIFIED or DELETED, found ${JSON.stringify(type) ?? 'nothing'}`;
  }
  if (!isMap(object) || !isMap(object['metadata'])) return '`object` is no Kubernetes object';
  for (const name of ['apiVersion', 'kind']) {
    if (typeof object[name] !== 'string') return `\`object\` lacks \`${name}\``;
  }
  for (const name of ['name', 'uid', 'resourceVersion']) {
    if (typeof object['metadata'][name] !== 'string') return `\`object\` lacks \`metadata.${name}\``;
  }
  return { kind: 'observation', ...moment, type, object: object as unknown as KubernetesObject };
}

function readRequest(line: Line, moment: Moment): TraceRecord | string {
  const { request, response } = line;
  if (!isMap(request) || typeof request['verb'] !== 'string') return '`request` lacks its `verb`';
  if (!isMap(response) || typeof response['code'] !== 'number') return '`response` lacks its `code`';
  return { kind: 'request', ...moment, request, response } as unknown as RequestRecord;
}

/** A recorder's command line. It has no HTTP code: 0, with the exit code in the body. */
function readCommand(line: Line, moment: Moment): TraceRecord | string {
  const { run, stdout = '', stderr = '', code = 0 } = line;
  if (typeof run !== 'string') return '`run` is no command line';
  const verb = /^kubectl\s+(\S+)/.exec(run)?.[1] ?? 'run';
  return {
    kind: 'request',
    ...moment,
    request: { verb, options: { commandLine: run } },
    response: { code: 0, body: { stdout: String(stdout), stderr: String(stderr), exitCode: Number(code) } },
  };
}

function readFault(line: Line, moment: Moment): TraceRecord | string {
  const { fault } = line;
  if (!isMap(fault) || typeof fault['how'] !== 'string' || !Array.isArray(fault['targets'])) {
    return '`fault` lacks `how` or `targets`';
  }
  return { kind: 'fault', ...moment, fault } as unknown as FaultRecord;
}

function readGap(line: Line, moment: Moment): TraceRecord | string {
  const { gap } = line;
  if (!isMap(gap)) return '`gap` is no map';
  for (const name of ['of', 'after', 'before', 'reason']) {
    if (typeof gap[name] !== 'string') return `\`gap\` lacks \`${name}\``;
  }
  return { kind: 'gap', ...moment, gap } as unknown as GapRecord;
}

const windowEnds: ReadonlySet<unknown> = new Set(['decided', 'quiet', 'until', 'budget', 'idle', 'interrupted']);

function readWindow(line: Line, moment: Moment): TraceRecord | string {
  const { window, reason } = line;
  if (window !== 'opened' && window !== 'idle' && window !== 'closed')
    return '`window` is `opened`, `idle` or `closed`';
  if (reason === undefined) return { kind: 'window', ...moment, window };
  if (!windowEnds.has(reason)) return `\`reason\` is one of ${[...windowEnds].join(', ')}`;
  return { kind: 'window', ...moment, window, reason: reason as WindowEnd };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
