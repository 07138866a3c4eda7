// One run with everything that the page works out of its records: read when it is first shown.

import { readRows } from '../read-rows.ts';
import { judgementsOf } from './decisions.ts';
import { buildLanes } from './timeline/index.ts';
import type { RecordRow, RunSummary } from '../document.ts';
import type { ShownRecord } from '../read-rows.ts';
import type { Judgement } from './decisions.ts';
import type { LaneModel } from './timeline/index.ts';

/** A run, ready to be shown. */
export interface RunData {
  readonly run: RunSummary;
  readonly records: readonly ShownRecord[];
  readonly model: LaneModel;
  readonly judgements: readonly Judgement[];
  /** Records that decided something: red wins. */
  readonly decisive: ReadonlyMap<number, 'pass' | 'fail'>;
  /** Position of the record before this one that shows the same object; the object before the change. */
  readonly previous: ReadonlyMap<number, number>;
}

/** Works a run out. */
export function readRun(run: RunSummary, rows: readonly RecordRow[]): RunData {
  const records = readRows(rows);
  const plain = records.map(({ record }) => record);
  const lastMs = plain.at(-1)?.at ?? 0;
  const steps = run.steps.map(({ step, name, startedMs, endedMs }) => ({
    step,
    name,
    startMs: startedMs,
    endMs: endedMs ?? Math.max(startedMs, lastMs),
  }));
  const judgements = judgementsOf(run, plain);
  const decisive = new Map<number, 'pass' | 'fail'>();
  for (const { record, by, verdict } of judgements) {
    if (record === undefined || by !== 'decided') continue;
    if (verdict.outcome !== 'pass') decisive.set(record, 'fail');
    else if (!decisive.has(record)) decisive.set(record, 'pass');
  }
  return { run, records, model: buildLanes(plain, steps), judgements, decisive, previous: previousOf(records) };
}

function previousOf(records: readonly ShownRecord[]): ReadonlyMap<number, number> {
  const last = new Map<string, number>();
  const previous = new Map<number, number>();
  for (const { position, record } of records) {
    if (record.kind !== 'observation') continue;
    const { apiVersion, kind, metadata } = record.object;
    const key = JSON.stringify([apiVersion, kind, metadata.namespace, metadata.name]);
    const before = last.get(key);
    if (before !== undefined) previous.set(position, before);
    if (record.type === 'DELETED') last.delete(key);
    else last.set(key, position);
  }
  return previous;
}
