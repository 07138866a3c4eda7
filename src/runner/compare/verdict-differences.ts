// Expectations that are judged differently on the two sides.

import type { Verdict } from '../../expectations/verdict.ts';
import type { ComparedRun } from './compared-run.ts';
import type { JudgedDivergence, SideOutcome } from './comparison.ts';

/**
 * Finds them, in the order of the scenario. Where a side has several runs, all of their outcomes are that side's: only an
 * outcome that none of them has is a difference.
 */
export function verdictDifferences(
  left: readonly ComparedRun[],
  right: readonly ComparedRun[],
): readonly JudgedDivergence[] {
  const sides = [left.map(outcomesOf), right.map(outcomesOf)] as const;
  const found: JudgedDivergence[] = [];
  const seen = new Set<string>();
  for (const [subject, { verdict }] of sides.flat().flatMap((outcomes) => Array.from(outcomes))) {
    if (seen.has(subject)) continue;
    seen.add(subject);
    const [a, b] = sides.map((runs) => new Set(runs.map((run) => run.get(subject)?.outcome ?? notJudged)));
    if (a === undefined || b === undefined || [...a].some((outcome) => b.has(outcome))) continue;
    // A step that one side did not reach is no news: what kept it from it is told.
    if (a.has(notJudged) || b.has(notJudged)) continue;
    const message = `${subject}: ${list(a)} on the left, ${list(b)} on the right`;
    found.push({ kind: 'verdict', subject, message, span: verdict.span });
  }
  return found;
}

const notJudged: SideOutcome = 'not judged';

interface Judged {
  readonly verdict: Verdict;
  readonly outcome: SideOutcome;
}

/** By `step 2 order`, `step 2 order (2)`, `invariants never`: what a list of known divergences names. */
function outcomesOf({ steps, finished }: ComparedRun): ReadonlyMap<string, Judged> {
  const outcomes = new Map<string, Judged>();
  const add = (place: string, verdicts: readonly Verdict[]): void => {
    for (const verdict of verdicts) {
      const name = `${place} ${verdict.word}`;
      let key = name;
      for (let time = 2; outcomes.has(key); time += 1) key = `${name} (${time})`;
      outcomes.set(key, { verdict, outcome: verdict.outcome });
    }
  };
  for (const [number, { verdicts }] of steps.entries()) add(`step ${number + 1}`, verdicts);
  add('invariants', finished.invariants);
  return outcomes;
}

function list(outcomes: ReadonlySet<SideOutcome>): string {
  return [...outcomes].join(' or ');
}
