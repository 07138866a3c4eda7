// What a timeline shows: for each pod and claim the states that it was in, read from the records of a run.

import { kindKey } from '../../kubernetes/kind.ts';
import type { JsonObject, KubernetesObject } from '../../kubernetes/object.ts';
import type { TraceRecord } from '../../trace/record.ts';

/** A state that an object was in, from a time to another, milliseconds. */
export interface LaneBar {
  readonly state: LaneState;
  readonly fromMs: number;
  readonly toMs: number;
}

/** States that have a colour of their own. */
export type LaneState = 'pending' | 'starting' | 'ready' | 'terminating' | 'failed' | 'bound';

/** One object's life; an object that comes back under its name goes on in its lane. */
export interface Lane {
  /** `pod/web-0`. */
  readonly name: string;
  readonly bars: readonly LaneBar[];
}

/** Lanes in order of appearance, pods before claims. */
export function lanesOf(records: readonly TraceRecord[]): readonly Lane[] {
  const lanes = new Map<string, { bars: LaneBar[]; open?: { state: LaneState; fromMs: number } }>();
  let endMs = 0;
  for (const record of records) {
    endMs = Math.max(endMs, record.at);
    if (record.kind !== 'observation') continue;
    const kind = kindKey(record.object);
    if (kind !== 'pod' && kind !== 'persistentvolumeclaim') continue;
    const name = `${kind === 'pod' ? 'pod' : 'pvc'}/${record.object.metadata.name}`;
    let lane = lanes.get(name);
    if (lane === undefined) lanes.set(name, (lane = { bars: [] }));
    const state = record.type === 'DELETED' ? undefined : stateOf(record.object, kind === 'pod');
    if (state === lane.open?.state) continue;
    if (lane.open !== undefined) lane.bars.push({ ...lane.open, toMs: record.at });
    if (state === undefined) delete lane.open;
    else lane.open = { state, fromMs: record.at };
  }
  return [...lanes]
    .map(([name, { bars, open }]) => ({ name, bars: open === undefined ? bars : [...bars, { ...open, toMs: endMs }] }))
    .sort((a, b) => rank(a.name) - rank(b.name));
}

function rank(name: string): number {
  return name.startsWith('pod/') ? 0 : 1;
}

function stateOf(object: KubernetesObject, pod: boolean): LaneState {
  if (object.metadata.deletionTimestamp !== undefined) return 'terminating';
  const status = (object['status'] ?? {}) as JsonObject;
  const phase = status['phase'];
  if (!pod) return phase === 'Bound' ? 'bound' : 'pending';
  if (phase === 'Failed') return 'failed';
  const conditions = (status['conditions'] ?? []) as readonly JsonObject[];
  const ready = conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True');
  if (ready) return 'ready';
  return phase === 'Running' ? 'starting' : 'pending';
}
