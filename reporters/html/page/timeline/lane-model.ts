// The lanes of a run: one for each object that the trace shows, with its states as bars and its milestones as ticks; and what
// stands across all lanes. Pure, so that it is tested without a browser.

import { observeChanges } from '../../../../src/trace/change.ts';
import { milestonesOf } from '../../../../src/trace/milestones.ts';
import { eventKind } from '../../../../src/trace/words/kinds.ts';
import { member } from '../../../../src/trace/words/word.ts';
import { createWorld } from '../../../../src/trace/world.ts';
import { composeKindKey } from '../../../../src/kubernetes/kind.ts';
import { groupLanes } from './group-lanes.ts';
import { markOf } from './mark-of.ts';
import { stateOf } from './state-of.ts';
import type { KindKey } from '../../../../src/kubernetes/kind.ts';
import type { KubernetesObject } from '../../../../src/kubernetes/object.ts';
import type { Change } from '../../../../src/trace/change.ts';
import type { TraceRecord } from '../../../../src/trace/record.ts';
import type { LaneGroup } from './group-lanes.ts';
import type { Mark } from './mark-of.ts';
import type { ObjectState } from './state-of.ts';

/** A state of an object and how long it lasted; times are milliseconds. */
export interface Bar extends ObjectState {
  readonly startMs: number;
  endMs: number;
}

/** A record of an object: with milestones, or without any. */
export interface Tick {
  readonly atMs: number;
  /** Position of the record in the run. */
  readonly record: number;
  readonly milestones: readonly string[];
  /** The record is of an Event about the object. */
  readonly event: boolean;
}

/** One object, by its name: whoever bears it. */
export interface Lane {
  /** `pod/web-0`; unique in a run. */
  readonly key: string;
  readonly kind: KindKey;
  readonly name: string;
  /** The newest version that was seen, for who owns it. */
  object: KubernetesObject | undefined;
  /** Whether anything happened to it during the steps. */
  changed: boolean;
  readonly bars: Bar[];
  readonly ticks: Tick[];
}

/** A step of the run. */
export interface StepSpan {
  readonly step: number;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** Everything that a timeline shows of a run. */
export interface LaneModel {
  readonly groups: readonly LaneGroup[];
  readonly lanes: ReadonlyMap<string, Lane>;
  readonly marks: readonly Mark[];
  readonly steps: readonly StepSpan[];
  readonly startMs: number;
  readonly endMs: number;
  /** The lane of each record that has one, by the record's position. */
  readonly laneOfRecord: ReadonlyMap<number, Lane>;
}

/** Builds the lanes. `records` are in the order of the trace; their positions are what ticks and marks name. */
export function buildLanes(records: readonly TraceRecord[], steps: readonly StepSpan[]): LaneModel {
  const builder = new LaneBuilder();
  for (const [position, record] of records.entries()) builder.add(record, position);
  const endMs = Math.max(records.at(-1)?.at ?? 0, ...steps.map((step) => step.endMs), 1);
  return builder.build(steps, endMs);
}

class LaneBuilder {
  readonly #world = createWorld();
  readonly #lanes = new Map<string, Lane>();
  readonly #marks: Mark[] = [];
  readonly #laneOfRecord = new Map<number, Lane>();

  add(record: TraceRecord, position: number): void {
    if (record.kind !== 'observation') {
      const mark = markOf(record, position);
      if (mark !== undefined) this.#marks.push(mark);
      return;
    }
    let change: Change | undefined;
    const milestones: string[] = [];
    observeChanges(this.#world, record, (seen) => {
      change = seen;
      milestones.push(...milestonesOf(seen));
    });
    if (change === undefined) return;
    if (change.kind === eventKind) this.#addEvent(change, position);
    else this.#addChange(change, { position, milestones });
  }

  build(steps: readonly StepSpan[], endMs: number): LaneModel {
    for (const { bars } of this.#lanes.values()) {
      const last = bars.at(-1);
      if (last !== undefined && last.endMs === Infinity) last.endMs = endMs;
    }
    return {
      groups: groupLanes([...this.#lanes.values()]),
      lanes: this.#lanes,
      marks: this.#marks,
      steps,
      startMs: 0,
      endMs,
      laneOfRecord: this.#laneOfRecord,
    };
  }

  #addChange(change: Change, { position, milestones }: { position: number; milestones: readonly string[] }): void {
    const lane = this.#laneOf(change.kind, change.name);
    lane.object = change.after ?? change.before;
    if (change.record.step >= 0) lane.changed = true;
    this.#tick(lane, { atMs: change.record.at, record: position, milestones, event: false });
    extend(lane, change);
  }

  /** Events have no lane of their own where the object that they are about has one. */
  #addEvent({ after, before, record, name }: Change, position: number): void {
    const event = after ?? before;
    const about = member(event, 'involvedObject') ?? member(event, 'regarding');
    const kind = member(about, 'kind');
    const subject = member(about, 'name');
    const version = member(about, 'apiVersion');
    const isTold = typeof kind === 'string' && typeof subject === 'string';
    const group = typeof version === 'string' && version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
    const lane = isTold ? this.#laneOf(composeKindKey(group, kind), subject) : this.#laneOf(eventKind, name);
    const reason = member(event, 'reason');
    const milestones = typeof reason === 'string' && after !== undefined ? [reason] : [];
    this.#tick(lane, { atMs: record.at, record: position, milestones, event: true });
  }

  #tick(lane: Lane, tick: Tick): void {
    lane.ticks.push(tick);
    this.#laneOfRecord.set(tick.record, lane);
  }

  #laneOf(kind: KindKey, name: string): Lane {
    const key = `${kind}/${name}`;
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      lane = { key, kind, name, object: undefined, changed: false, bars: [], ticks: [] };
      this.#lanes.set(key, lane);
    }
    return lane;
  }
}

function extend({ bars }: Lane, { kind, after, record }: Change): void {
  const last = bars.at(-1);
  const open = last !== undefined && last.endMs === Infinity ? last : undefined;
  const state = after === undefined ? undefined : stateOf(kind, after);
  if (open !== undefined && state?.word === open.word && state.detail === open.detail) return;
  if (open !== undefined) open.endMs = record.at;
  if (state !== undefined) bars.push({ ...state, startMs: record.at, endMs: Infinity });
}

/** The bar of a lane at a time: what the object was then. At the time at which one ends and the next begins, the next. */
export function barAt({ bars }: Lane, atMs: number): Bar | undefined {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bars[middle]?.startMs ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  const bar = bars[low - 1];
  return bar !== undefined && (atMs < bar.endMs || (bar === bars.at(-1) && atMs === bar.endMs)) ? bar : undefined;
}
