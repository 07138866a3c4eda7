// What a mutation came to: who was killed by whom, and what is a finding. Plain data, and the `--json` format.

import type { ScenarioOutcome } from './messages.ts';

/** How one run ended. */
export interface Outcome {
  readonly scenario: string;
  readonly file: string;
  readonly outcome: ScenarioOutcome;
  /** setpiece itself broke. */
  readonly bug?: boolean;
  readonly reason?: string;
}

/** Everything that was run. */
export interface MutationRuns {
  readonly seed: number;
  readonly mutants: readonly { readonly id: string; readonly about: string; readonly breaks: string }[];
  readonly all: boolean;
  readonly interrupted: boolean;
  /** On the right simulator; rows of one scenario one by one. */
  readonly baseline: readonly Outcome[];
  readonly mutated: readonly (Outcome & { readonly mutant: string })[];
}

/** The matrix, and what is wrong with it. */
export interface MutationReport {
  readonly format: 1;
  readonly seed: number;
  readonly interrupted: boolean;
  readonly mutants: readonly ReportedMutant[];
  readonly scenarios: readonly ReportedScenario[];
  /** Ids of mutants that no scenario noticed. */
  readonly survivors: readonly string[];
  /** Ids of scenarios that noticed no mutant; empty when only some mutants were run. */
  readonly idle: readonly string[];
  /** Scenarios that do not pass on the right simulator and therefore say nothing. */
  readonly unsound: readonly Outcome[];
  /** Runs in which setpiece itself broke: these are no kills. */
  readonly bugs: readonly (Outcome & { readonly mutant: string })[];
  /** Number of runs. */
  readonly runs: number;
}

/** One mutant, and the scenarios that notice it. */
export interface ReportedMutant {
  readonly id: string;
  readonly about: string;
  readonly breaks: string;
  readonly killedBy: readonly string[];
}

/** One scenario, and the mutants that it notices. */
export interface ReportedScenario {
  readonly id: string;
  readonly file: string;
  readonly kills: readonly string[];
}

/** A run that is red for somebody who uses the wrong cluster. */
const killing: ReadonlySet<ScenarioOutcome> = new Set(['fail', 'inconclusive', 'error']);

/** Whether a run noticed its mutant. */
export function isKill({ outcome, bug }: Pick<Outcome, 'outcome' | 'bug'>): boolean {
  return killing.has(outcome) && bug !== true;
}

/** Draws the matrix up. */
export function mutationReport(runs: MutationRuns): MutationReport {
  const { seed, mutants, all, interrupted, baseline, mutated } = runs;
  const kills = mutated.filter(isKill);
  const unsound = baseline.filter(({ outcome }) => outcome !== 'pass');
  const files = new Map(
    baseline.filter(({ outcome }) => outcome === 'pass').map(({ scenario, file }) => [scenario, file]),
  );
  const reported = mutants.map(({ id, about, breaks }) => {
    const killedBy = unique(kills.filter(({ mutant }) => mutant === id).map(({ scenario }) => scenario));
    return { id, about, breaks, killedBy };
  });
  const scenarios = [...files].map(([id, file]) => {
    return { id, file, kills: unique(kills.filter(({ scenario }) => scenario === id).map(({ mutant }) => mutant)) };
  });
  return {
    format: 1,
    seed,
    interrupted,
    mutants: reported,
    scenarios,
    survivors: interrupted ? [] : reported.filter(({ killedBy }) => killedBy.length === 0).map(({ id }) => id),
    idle: all && !interrupted ? scenarios.filter((one) => one.kills.length === 0).map(({ id }) => id) : [],
    unsound,
    bugs: mutated.filter(({ bug }) => bug === true),
    runs: baseline.length + mutated.length,
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
