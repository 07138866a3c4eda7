// All checks of one recording against its simulations. A difference counts when every seed shows it.

import { canonical } from './canonical.ts';
import { compareEvents } from './compare-events.ts';
import { compareFinal } from './compare-final.ts';
import { compareMilestones } from './compare-milestones.ts';
import { compareOutputs } from './compare-outputs.ts';
import { compareStatus } from './compare-status.ts';
import { alignTwins } from './twins.ts';
import { alignVolumes } from './volume-twins.ts';
import type { MilestoneOutcome } from './compare-milestones.ts';
import type { Finding, Outcome } from './finding.ts';
import type { Recording } from './recording.ts';

/** What the comparison of one recording gave. */
export interface Comparison {
  readonly name: string;
  readonly milestones: MilestoneOutcome;
  readonly status: Outcome;
  readonly final: Outcome;
  readonly events: Outcome;
  readonly outputs: Outcome;
}

/** Compares a recording with its simulations, of which there is at least one. */
export function compare(recorded: Recording, simulations: readonly Recording[]): Comparison {
  const wanted = canonical(recorded);
  const runs = simulations.map((run) => alignTwins(wanted, alignVolumes(wanted, canonical(run))));
  const each = (check: (recorded: Recording, simulated: Recording) => Outcome): Outcome =>
    common(runs.map((run) => check(wanted, run)));
  return {
    name: recorded.name,
    milestones: compareMilestones(wanted, runs),
    status: each(compareStatus),
    final: each(compareFinal),
    events: each(compareEvents),
    outputs: each(compareOutputs),
  };
}

/** The differences of a comparison, milestones first. */
export function findingsOf(comparison: Comparison): readonly Finding[] {
  const { milestones, status, final, events, outputs } = comparison;
  return [milestones, status, final, events, outputs].flatMap(({ findings }) => findings);
}

function common(outcomes: readonly Outcome[]): Outcome {
  const [first, ...others] = outcomes;
  if (first === undefined) throw new Error('a recording is compared with at least one simulation');
  const everywhere = others.map(({ findings }) => new Set(findings.map(({ subject }) => subject)));
  return { ...first, findings: first.findings.filter(({ subject }) => everywhere.every((set) => set.has(subject))) };
}
