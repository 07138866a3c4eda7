// What the verdicts of the runs come to, check by check: a check passes when it passes under every seed.

import { ruleInChinese, seenInChinese, waitingInChinese } from './chinese/sentences.ts';
import { textIn } from './translated-text.ts';
import type { Explanation, Outcome, Verdict } from '../../expectations/verdict.ts';
import type { StepOrigin } from '../../scenario/exercise/compose-scenario.ts';
import type { CheckFault, CheckResult, Exercise, ExerciseCheck } from './exercise.ts';
import type { GradedRun } from './graded-run.ts';

/** What is judged. */
export interface Judged {
  readonly runs: readonly GradedRun[];
  /** Of each step of the run. */
  readonly origins: readonly StepOrigin[];
  readonly language: string;
}

/** The results in the order of the checks. */
export function judgeChecks({ checks }: Pick<Exercise, 'checks'>, judged: Judged): readonly CheckResult[] {
  return checks.map((check) => {
    const runs = judged.runs.map((run) => ({ run, verdicts: verdictsOf(check, run, judged.origins) }));
    const told = runs.find(({ verdicts }) => outcomeOf(verdicts) !== 'pass') ?? runs[0];
    const outcome = told === undefined ? 'inconclusive' : outcomeOf(told.verdicts);
    const step = judged.origins.findLastIndex((origin) => origin.step === check.step);
    return {
      ...unjudged(check, judged.language),
      outcome,
      points: outcome === 'pass' ? check.points : 0,
      ...(told === undefined ? {} : { seed: told.run.seed }),
      ...(step < 0 ? {} : { step }),
      faults: outcome === 'pass' ? [] : (told?.verdicts ?? []).filter(isFault).map((verdict) => spoken(faultOf(verdict), judged.language)),
    };
  });
}

/** A check that nothing was run for. */
export function unjudged(check: ExerciseCheck, language: string): CheckResult {
  const { id, points, asks, hints } = check;
  return {
    id,
    outcome: 'notJudged',
    points: 0,
    max: points,
    asks: textIn(asks, language),
    hints: hints.length,
    faults: [],
  };
}

/** The verdicts of a check in a run: those of all steps that its step became. */
export function verdictsOf(check: ExerciseCheck, run: GradedRun, origins: readonly StepOrigin[]): readonly Verdict[] {
  if (check.step === undefined) return run.finished.invariants;
  const last = origins.findLastIndex(({ step }) => step === check.step);
  return origins.flatMap(({ step, answer }, number) => {
    if (step !== check.step) return [];
    const verdicts = run.verdicts.get(number) ?? [];
    // A learner's command that only had to wait has shown nothing of what is asked.
    return answer === undefined || number === last ? verdicts : verdicts.filter(({ outcome }) => outcome !== 'pass');
  });
}

/** Points want to be earned: where nothing could have broken any of the expectations, nothing was shown. */
export function outcomeOf(verdicts: readonly Verdict[]): Outcome {
  const worst = (['fail', 'inconclusive'] as const).find((one) => verdicts.some(({ outcome }) => outcome === one));
  if (worst !== undefined) return worst;
  return verdicts.some(({ vacuous }) => !vacuous) ? 'pass' : 'fail';
}

function isFault({ outcome, vacuous }: Verdict): boolean {
  return outcome !== 'pass' || vacuous;
}

function faultOf(verdict: Verdict): CheckFault {
  const { word, outcome, text, atMs, explanation } = verdict;
  if (outcome === 'pass') {
    return { word, outcome: 'fail', expected: text, seen: 'nothing that this speaks of was ever there', atMs };
  }
  const seen = explanation?.seen ?? '';
  if (word !== 'accepted' || explanation === undefined) {
    const more = explanation === undefined ? {} : { explanation };
    return { word, outcome, expected: explanation?.rule ?? text, seen, atMs, ...more };
  }
  return { word, outcome, expected: text, seen, atMs, explanation: forLearners(explanation) };
}

/** What judges say is English; in Chinese it is said where its shape is known. */
function spoken(fault: CheckFault, language: string): CheckFault {
  if (!/^zh/i.test(language)) return fault;
  const { expected, seen, explanation } = fault;
  const said = {
    ...fault,
    expected: ruleInChinese(expected) ?? expected,
    seen: seen
      .split('\n')
      .map((line) => seenInChinese(line) ?? line)
      .join('\n'),
  };
  if (explanation === undefined) return said;
  return { ...said, explanation: { ...explanation, waitingOn: explanation.waitingOn.map(waitingInChinese) } };
}

/** A refusal's advice is for authors, who may expect it; what was compared is in the API's words already. */
function forLearners({ hint: _hint, ...explanation }: Explanation): Explanation {
  return { ...explanation, lines: [], compared: [] };
}
