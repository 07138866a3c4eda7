// Where two sides part: milestones that only one of them shows, and milestones that come in another order.
//
// A side is one run, or several runs of the simulator under several seeds. What all runs of a side agree on is what that
// side says; where its seeds differ, any order is possible and nothing diverges. Of a single run nobody knows what else was
// possible, so that milestones of different objects that came closely together are taken for concurrent.

import type { Milestone } from '../../trace/milestone-list.ts';
import type { ComparedRun } from './compared-run.ts';

/** Closer than this, or than the slack of a cluster's clock, the order of two milestones of a single run may be an accident. */
const concurrentMs = 30;

/** Which of the two sides. */
export type Side = 'left' | 'right';

/** One place where the sides part. */
export interface Divergence {
  readonly kind: 'missing' | 'order';
  /** `pod/web-1 Deleted` or `pod/web-0 Ready < pod/web-1 Created` (as the left side has it): what a list of known ones names. */
  readonly subject: string;
  /** One sentence. */
  readonly message: string;
  /** The side that shows the milestone, or shows the later one too early: its history is worth looking at. */
  readonly side: Side;
  /** Where in that side's first run, counted in milestones. */
  readonly position: number;
}

/** The divergences of two sides, the earliest first. Each side has at least one run. */
export function findDivergences(left: readonly ComparedRun[], right: readonly ComparedRun[]): readonly Divergence[] {
  const sides = { left: sideOf(left), right: sideOf(right) };
  const found = [...missing(sides, 'left'), ...missing(sides, 'right'), ...disordered(sides)];
  return found.toSorted((a, b) => a.position - b.position);
}

interface Runs {
  readonly runs: readonly ComparedRun[];
  /** Milestones by key, a map a run. */
  readonly places: readonly ReadonlyMap<string, Milestone>[];
  /** How far apart milestones of different objects must be at least to have an order, where there is one run. */
  readonly marginMs: number;
}

type Sides = Readonly<Record<Side, Runs>>;

function sideOf(runs: readonly ComparedRun[]): Runs {
  const places = runs.map(({ milestones }) => new Map(milestones.map((one) => [one.key, one])));
  return { runs, places, marginMs: Math.max(concurrentMs, ...runs.map(({ header }) => header?.slackMs ?? 0)) };
}

/** What every run of one side shows and no run of the other. */
function missing(sides: Sides, side: Side): readonly Divergence[] {
  const other = side === 'left' ? sides.right : sides.left;
  const [first] = sides[side].runs;
  return (first?.milestones ?? []).flatMap((milestone, position): readonly Divergence[] => {
    const { key } = milestone;
    if (!sides[side].places.every((places) => places.has(key))) return [];
    if (other.places.some((places) => places.has(key)) || atTheEnd(milestone, sides[side], other)) return [];
    const where = side === 'left' ? 'left' : 'right';
    return [{ kind: 'missing', subject: key, message: `${key}: only on the ${where}`, side, position }];
  });
}

/** A run ends when its expectations are decided: what was under way in its last step may be cut off on one side. */
function atTheEnd({ step, atMs }: Milestone, shown: Runs, other: Runs): boolean {
  const [run] = shown.runs;
  const lastStep = (run?.steps.length ?? 0) - 1;
  if (run === undefined || step < lastStep) return false;
  const beganMs = run.steps[lastStep]?.beganMs ?? 0;
  return other.runs.every(({ steps, endMs }) => endMs - (steps[lastStep]?.beganMs ?? 0) < atMs - beganMs);
}

function disordered({ left, right }: Sides): readonly Divergence[] {
  const [run] = right.runs;
  const common = (run?.milestones ?? []).filter(({ key }) =>
    [...left.places, ...right.places].every((places) => places.has(key)),
  );
  const position = new Map(run?.milestones.map(({ key }, at) => [key, at]));
  const found: Divergence[] = [];
  for (const [at, early] of common.entries()) {
    for (const late of common.slice(at + 1)) {
      // The right side shows `early` first. Does the left side always show it behind `late`?
      const rightGap = leastGapMs(right, early.key, late.key);
      const leftGap = rightGap === undefined ? undefined : leastGapMs(left, late.key, early.key);
      if (rightGap === undefined || leftGap === undefined || rightGap + leftGap < 0) continue;
      found.push({
        kind: 'order',
        subject: `${late.key} < ${early.key}`,
        message: `${late.key} before ${early.key} on the left, behind it on the right`,
        side: 'right',
        position: position.get(early.key) ?? 0,
      });
    }
  }
  return found;
}

/**
 * The shortest way from one milestone to the other that a side makes plausible, milliseconds; undefined where some run of it
 * shows them the other way round. Seeds show a part of what is possible: beyond them lies half of their own spread. A single
 * run says nothing of what else was possible, but for the milestones of one object.
 */
function leastGapMs({ places, marginMs }: Runs, first: string, second: string): number | undefined {
  let least = Infinity;
  let most = -Infinity;
  let oneObject = false;
  for (const milestones of places) {
    const [a, b] = [milestones.get(first), milestones.get(second)];
    if (a === undefined || b === undefined || a.place >= b.place) return undefined;
    const gapMs = b.atMs - a.atMs;
    least = Math.min(least, gapMs);
    most = Math.max(most, gapMs);
    oneObject = a.subject === b.subject;
  }
  if (places.length > 1) return least - (most - least) / 2;
  return oneObject ? least : least - marginMs;
}
