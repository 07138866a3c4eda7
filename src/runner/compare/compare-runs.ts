// Compares the runs of one scenario on two backends.

import { findDivergences } from './divergences.ts';
import { verdictDifferences } from './verdict-differences.ts';
import type { ComparedRun } from './compared-run.ts';
import type { Comparison, ComparisonOutcome, JudgedDivergence, Moment, SideSummary, StepTiming } from './comparison.ts';
import type { ScenarioOutcome } from '../messages.ts';
import type { Divergence } from './divergences.ts';
import type { KnownDivergences } from './known.ts';

/** The runs of one side, at least one. */
export interface ComparedSide {
  readonly label: string;
  readonly kubernetes: string;
  readonly runs: readonly ComparedRun[];
}

/** So many milestones are shown around the first divergence. */
const historyBefore = 1;
const historyAfter = 3;

/** Compares two sides and judges what differs by the list of known divergences. */
export function compareRuns(left: ComparedSide, right: ComparedSide, known: KnownDivergences): Comparison {
  const [first, second] = [firstOf(left), firstOf(right)];
  const { finished } = first;
  const comparable = first.header !== undefined && second.header !== undefined;
  const found = comparable ? findDivergences(left.runs, right.runs) : [];
  const verdicts = comparable ? verdictDifferences(left.runs, right.runs) : [];
  const backends = [backendOf(first), backendOf(second)] as const;
  const scenario = finished.id.scenario;
  if (comparable) known.compared(scenario, backends);
  const judge = (one: JudgedDivergence): JudgedDivergence => {
    const entry = known.find({ scenario, backends, subject: one.subject });
    return entry === undefined ? one : { ...one, known: entry.reason };
  };
  const divergences = [...found.map(withoutPosition), ...verdicts].map(judge);
  const unknown = found.find(({ subject }) => divergences.some((one) => one.subject === subject && !one.known));
  const shown = unknown ?? found[0];
  return {
    scenario,
    ...(finished.id.row === undefined ? {} : { row: finished.id.row }),
    title: finished.title,
    file: finished.file,
    outcome: comparable ? outcomeOf(divergences, [...left.runs, ...right.runs]) : 'incomparable',
    left: summaryOf(left, shown === undefined ? [] : historyOf(first, shown, second)),
    right: summaryOf(right, shown === undefined ? [] : historyOf(second, shown, first)),
    divergences,
    agreed: shown?.position ?? first.milestones.length,
    milestones: (shown?.side === 'right' ? second : first).milestones.length,
    steps: timings(first, second),
  };
}

function firstOf({ runs }: ComparedSide): ComparedRun {
  const [first] = runs;
  if (first === undefined) throw new RangeError('a side has at least one run');
  return first;
}

function backendOf({ finished, header }: ComparedRun): string {
  return header?.backend ?? finished.id.backend;
}

function withoutPosition({ kind, subject, message }: Divergence): JudgedDivergence {
  return { kind, subject, message };
}

/** Runs that were broken off: what they do not show, they might have shown. */
const brokenOff: ReadonlySet<ScenarioOutcome> = new Set(['inconclusive', 'skipped', 'interrupted', 'error']);

function outcomeOf(divergences: readonly JudgedDivergence[], runs: readonly ComparedRun[]): ComparisonOutcome {
  if (divergences.length > 0 && divergences.every((one) => one.known !== undefined)) return 'expected';
  // Nor does anybody know what was there across a gap, or in which order.
  if (runs.some(({ gaps, finished }) => gaps > 0 || brokenOff.has(finished.outcome))) return 'inconclusive';
  return divergences.length === 0 ? 'same' : 'diverges';
}

function summaryOf({ label, kubernetes, runs }: ComparedSide, history: readonly Moment[]): SideSummary {
  const first = firstOf({ label, kubernetes, runs });
  const { outcome, reason, virtualMs } = first.finished;
  return {
    label,
    backend: backendOf(first),
    kubernetes: first.header?.versions.kubernetes ?? kubernetes,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    runs: runs.length,
    observations: first.observations,
    gaps: Math.max(...runs.map(({ gaps }) => gaps)),
    durationMs: virtualMs,
    history,
  };
}

/** The keys that a divergence is about, as its subject names them. */
function keysOf({ subject }: Divergence): readonly string[] {
  return subject.split(' < ');
}

/** What a side shows around the place where they part. */
function historyOf(run: ComparedRun, divergence: Divergence, other: ComparedRun): readonly Moment[] {
  const keys = keysOf(divergence);
  const places = keys.map((key) => placeOf(run, key)).filter((place) => place >= 0);
  const start = places.length > 0 ? Math.min(...places) : placeAfter(run, divergence, other);
  const from = Math.max(0, start - historyBefore);
  const end = Math.max(start + historyAfter, ...places.map((place) => place + 1));
  const moments = run.milestones.slice(from, end).map(({ key, atMs, step }) => ({
    sinceStepMs: atMs - (run.steps[step]?.beganMs ?? 0),
    key,
    decisive: keys.includes(key),
  }));
  // Between the two there may be much that says nothing.
  return moments.filter(({ decisive }, place) => decisive || place < historyBefore + historyAfter);
}

/** On the side that lacks a milestone: behind the last that both sides show before it. */
function placeAfter(run: ComparedRun, { position }: Divergence, other: ComparedRun): number {
  for (let at = position - 1; at >= 0; at -= 1) {
    const place = placeOf(run, other.milestones[at]?.key ?? '');
    if (place >= 0) return place + 1;
  }
  return 0;
}

function placeOf({ milestones }: ComparedRun, wanted: string): number {
  return milestones.findIndex(({ key }) => key === wanted);
}

function timings(left: ComparedRun, right: ComparedRun): readonly StepTiming[] {
  const longest = left.steps.length >= right.steps.length ? left.steps : right.steps;
  return longest.map(({ name }, number) => {
    const [leftMs, rightMs] = [left, right].map(({ steps }) => durationOf(steps[number]));
    return { name, leftMs, rightMs };
  });
}

function durationOf(step: ComparedRun['steps'][number] | undefined): number | undefined {
  return step?.endedMs === undefined ? undefined : step.endedMs - step.beganMs;
}
