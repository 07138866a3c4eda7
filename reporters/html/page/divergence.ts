// Where two runs of a scenario part: the first milestone that one has and the other has not at its place. Pure.

import { podKind } from '../../../src/trace/words/kinds.ts';
import { tickOf } from './timeline/navigate.ts';
import { layRows } from './timeline/rows.ts';
import type { RunData } from './run-data.ts';

/** The first difference; a side that has come to its end has no record. */
export interface Divergence {
  /** Step in which it is, from 0. */
  readonly step: number;
  readonly left: DivergentRecord | undefined;
  readonly right: DivergentRecord | undefined;
}

/** What one side did instead. */
export interface DivergentRecord {
  readonly record: number;
  /** `web-1 Created`. */
  readonly text: string;
}

interface Milestone extends DivergentRecord {
  readonly step: number;
  /** The same in both runs: generated names are paired before. */
  readonly role: string;
}

/**
 * Compares the order of the pods' milestones step by step: that of one pod, and that among pods, since a set that starts its
 * pods in parallel differs in nothing else from one that does not. What independent controllers do to other objects has no
 * order worth comparing. Undefined: both did the same.
 */
export function firstDivergence(left: RunData, right: RunData): Divergence | undefined {
  const { rows } = layRows([left.model, right.model], { collapsed: new Set(), unchanged: true });
  const sides = [left, right].map((data, track) => {
    const roles = new Map<string, string>();
    for (const row of rows) {
      const lane = row.kind === 'lane' ? row.lanes[track] : undefined;
      if (lane !== undefined && row.kind === 'lane') roles.set(lane.key, row.key);
    }
    return milestonesOf(data, roles);
  });
  const [ours = [], theirs = []] = sides;
  const steps = Math.max(left.run.steps.length, right.run.steps.length);
  for (let step = 0; step < steps; step += 1) {
    const a = ours.filter((milestone) => milestone.step === step);
    const b = theirs.filter((milestone) => milestone.step === step);
    const at = a.findIndex((milestone, place) => milestone.role !== b[place]?.role);
    if (at >= 0) return { step, left: a[at], right: b[at] };
    if (b.length > a.length) return { step, left: undefined, right: b[a.length] };
  }
  return undefined;
}

function milestonesOf({ records, model }: RunData, roles: ReadonlyMap<string, string>): readonly Milestone[] {
  return records.flatMap(({ position, record }) => {
    const lane = model.laneOfRecord.get(position);
    const tick = lane === undefined ? undefined : tickOf(lane, position);
    if (lane?.kind !== podKind || tick === undefined || tick.event || tick.milestones.length === 0 || record.step < 0)
      return [];
    const what = tick.milestones.join(', ');
    return [
      {
        record: position,
        step: record.step,
        text: `${lane.name} ${what}`,
        role: `${roles.get(lane.key) ?? lane.key} ${what}`,
      },
    ];
  });
}
