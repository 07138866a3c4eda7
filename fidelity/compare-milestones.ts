// The order of milestones as a partial order: within an object all of it, across objects what is not an accident.
//
// Two milestones of different objects that were recorded closely together are concurrent, and not compared, unless their
// order is guaranteed. Of all others the recording must be possible: some seed of the simulator shows them in the
// recorded order. A guaranteed order must hold under every seed.

import { determinedBy } from './determined.ts';
import { milestoneList } from './milestone-list.ts';
import type { Finding, Outcome } from './finding.ts';
import type { Milestone } from './milestone-list.ts';
import type { Recording } from './recording.ts';

/** Closer than this, in milliseconds, nothing can be said of two milestones: watches deliver that late. */
const concurrentMs = 30;

/** How milestones went; also counts the relations across objects. */
export interface MilestoneOutcome extends Outcome {
  readonly relations: number;
}

/** Compares a canonical recording with simulations of it under several seeds. */
export function compareMilestones(recorded: Recording, simulated: readonly Recording[]): MilestoneOutcome {
  const wanted = milestoneList(recorded);
  const runs = simulated.map((run) => milestoneList(run));
  const places = runs.map((run) => new Map(run.map((milestone) => [milestone.key, milestone.place])));
  const findings = [...missing(wanted, runs), ...disordered(wanted, runs)];
  const determined = determinedBy(recorded);
  let relations = 0;
  for (const [at, first] of wanted.entries()) {
    for (const second of wanted.slice(at + 1)) {
      const guaranteed = determined(first, second);
      if (!comparable(first, second, guaranteed)) continue;
      relations += 1;
      const message = contradiction({ first, second, guaranteed }, places);
      if (message !== undefined) {
        findings.push({ check: 'milestones', subject: `${first.key} < ${second.key}`, message });
      }
    }
  }
  return { check: 'milestones', compared: wanted.length, relations, findings };
}

interface Relation {
  readonly first: Milestone;
  readonly second: Milestone;
  readonly guaranteed: boolean;
}

function comparable(first: Milestone, second: Milestone, guaranteed: boolean): boolean {
  if (first.subject === second.subject || first.place === second.place) return false;
  return guaranteed || second.atMs - first.atMs > concurrentMs;
}

function contradiction(
  { first, second, guaranteed }: Relation,
  places: readonly ReadonlyMap<string, number>[],
): string | undefined {
  let kept = 0;
  let broken = 0;
  for (const place of places) {
    const [a, b] = [place.get(first.key), place.get(second.key)];
    if (a === undefined || b === undefined) continue;
    if (a < b) kept += 1;
    else broken += 1;
  }
  if (kept + broken === 0) return undefined;
  if (guaranteed && broken > 0)
    return `guaranteed, but ${broken} of ${kept + broken} seeds show it the other way round`;
  if (kept === 0) return `recorded ${Math.round(second.atMs - first.atMs)} ms apart; never simulated in this order`;
  return undefined;
}

/** Milestones that no seed shows, and those that all show though they were not recorded. */
function missing(wanted: readonly Milestone[], runs: readonly (readonly Milestone[])[]): readonly Finding[] {
  const recorded = new Set(wanted.map(({ key }) => key));
  const findings: Finding[] = [];
  for (const key of recorded) {
    if (!runs.some((run) => run.some((milestone) => milestone.key === key))) {
      findings.push({ check: 'milestones', subject: key, message: 'recorded, but never simulated' });
    }
  }
  const [first = [], ...others] = runs;
  for (const { key } of first) {
    if (recorded.has(key) || !others.every((run) => run.some((milestone) => milestone.key === key))) continue;
    findings.push({ check: 'milestones', subject: key, message: 'simulated, but not recorded' });
  }
  return findings;
}

/** Objects of which no seed shows the milestones in the recorded order. */
function disordered(wanted: readonly Milestone[], runs: readonly (readonly Milestone[])[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const subject of new Set(wanted.map((milestone) => milestone.subject))) {
    const recorded = lifeOf(subject, wanted);
    const lives = runs.map((run) => lifeOf(subject, run));
    if (lives.includes(recorded)) continue;
    const message = `recorded ${recorded}; simulated ${lives[0] ?? 'nothing'}`;
    findings.push({ check: 'milestones', subject: `${subject} life`, message });
  }
  return findings;
}

function lifeOf(subject: string, milestones: readonly Milestone[]): string {
  return milestones
    .filter((milestone) => milestone.subject === subject)
    .map(({ word }) => word)
    .join(', ');
}
