// What is different where a learner's commands are run and not an author's steps: their pace, and what kubectl refuses itself.

import type { BackendOptions } from '../../backends/backend-options.ts';
import type { Verdict } from '../../expectations/verdict.ts';
import type { StepManner } from '../../runner/step-manner.ts';
import type { AnswerStep } from '../../scenario/exercise/compose-scenario.ts';
import type { Places } from './refused-answers.ts';

/**
 * Virtual milliseconds from a command to the next of its list: nobody types faster, and what a command sets off in a
 * controller is done by then. Commands that follow each other at once would win or lose races by the seed.
 */
export const paceMs = 300;

/** How each step of a run (by its number) is done. A real cluster has a pace of its own. */
export function mannersOf(places: Places, { kind }: Pick<BackendOptions, 'kind'>): (step: number) => StepManner {
  return (number) => {
    const { answer = '', part = 0 } = places.origins[number] ?? {};
    const { mayBeEmpty, keepsValues } = stepOf(number, places) ?? {};
    const lines = places.plan.lists.get(answer)?.lines ?? [];
    const follows = part > 0 && lines.some(({ from, to }) => from === part && from < to);
    return {
      ...(follows && kind === 'simulator' ? { pauseMs: paceMs } : {}),
      ...(mayBeEmpty === true ? { emptyTarget: 'allowed' } : {}),
      ...(keepsValues === true ? { overwrite: false } : {}),
    };
  };
}

/** Tells in kubectl's words that a command would not wait. */
export function refusalsToldBy(places: Places): (step: number, verdicts: readonly Verdict[]) => readonly Verdict[] {
  return (number, verdicts) => {
    const { refusal, name = '' } = stepOf(number, places) ?? {};
    const verdict = verdicts.find(({ word, outcome }) => word === 'never' && outcome === 'fail');
    if (refusal === undefined || verdict === undefined) return verdicts;
    const text = `\`${name}\` is accepted`;
    const explanation = { rule: text, seen: refusal.message, lines: [], history: [], compared: [], waitingOn: [] };
    return [{ ...verdict, word: 'accepted', text, explanation }];
  };
}

/** The learner's step that a step of the run is. */
function stepOf(number: number, { plan, origins }: Places): AnswerStep | undefined {
  const { answer = '', part = 0 } = origins[number] ?? {};
  return plan.steps.get(answer)?.[part];
}
