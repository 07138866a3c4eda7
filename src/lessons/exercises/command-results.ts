// The learner's command lines with what kubectl would print for each.

import { kindOfWord } from '../../kubernetes/kinds.ts';
import { isStatus } from '../../kubernetes/status.ts';
import { showWrite } from '../../kubernetes/kubectl/show-write.ts';
import { writtenOrRead } from './refused-answers.ts';
import type { WriteAnswer } from '../../kubernetes/kubectl/show-write.ts';
import type { RequestRecord } from '../../trace/record.ts';
import type { AnswerStep } from '../../scenario/exercise/compose-scenario.ts';
import type { ReadCommandLine } from './commands/read-command-list.ts';
import type { CommandResult } from './exercise.ts';
import type { GradedRun } from './graded-run.ts';
import type { Places } from './refused-answers.ts';

/** All lines of all lists, in written order. */
export function commandResults(run: GradedRun, { plan, origins }: Places): readonly CommandResult[] {
  return [...plan.lists].flatMap(([file, { lines }]) =>
    lines.map((line): CommandResult => {
      const numbers = origins.flatMap(({ answer, part = -1 }, number) =>
        answer === file && line.from <= part && part < line.to ? [number] : [],
      );
      const result = waitRefused(line, { run, steps: plan.steps.get(file) ?? [] }) ?? resultOf(line, run, numbers);
      // The last step of an answer has the exercise's expectations, the others those of their command.
      const waited = numbers.filter((number) => origins[number + 1]?.step === origins[number]?.step);
      const { outcome, output } = result.outcome === 'done' && hasFailed(run, waited) ? timedOut(result) : result;
      return { file, line: line.line, command: line.command, outcome, output };
    }),
  );
}

/** A wait at the end of a list is not run; whether kubectl would refuse it is seen all the same. */
function waitRefused(
  { from, to }: ReadCommandLine,
  { run, steps }: { readonly run: GradedRun; readonly steps: readonly AnswerStep[] },
): Pick<CommandResult, 'outcome' | 'output'> | undefined {
  const after = steps.slice(from).every(({ waits }) => waits === true);
  const refusal = steps.slice(from, to).find((step) => step.refusal !== undefined)?.refusal;
  if (!after || refusal === undefined) return undefined;
  const [word = '', name] = refusal.of.split('/');
  const kind = kindOfWord(word)?.kind;
  const object = run.messages
    .flatMap((message) => (message.kind === 'record' && message.record.kind === 'observation' ? [message.record] : []))
    .findLast((record) => record.object.kind === kind && record.object.metadata.name === name)?.object;
  const { updateStrategy } = (object?.['spec'] ?? {}) as { readonly updateStrategy?: { readonly type?: string } };
  if (updateStrategy?.type !== 'OnDelete') return undefined;
  return { outcome: 'refused', output: `error: ${refusal.message}\n` };
}

function hasFailed(run: GradedRun, numbers: readonly number[]): boolean {
  return numbers.some((number) => run.verdicts.get(number)?.some(({ outcome }) => outcome !== 'pass') === true);
}

function timedOut({ output }: Pick<CommandResult, 'output'>): Pick<CommandResult, 'outcome' | 'output'> {
  return { outcome: 'refused', output: `${output}error: timed out waiting for the condition\n` };
}

function resultOf(
  { reads, shows }: ReadCommandLine,
  run: GradedRun,
  numbers: readonly number[],
): Pick<CommandResult, 'outcome' | 'output'> {
  if (reads || numbers.length === 0) return { outcome: 'skipped', output: '' };
  const failed = numbers
    .flatMap((number) => run.verdicts.get(number) ?? [])
    .find(({ word, outcome }) => word === 'accepted' && outcome === 'fail');
  const answers = numbers.flatMap((number) => writtenOrRead(run.requests.get(number) ?? [])).map(answerOf);
  const refused = failed !== undefined || answers.some((answer) => answer.refused);
  if (failed !== undefined && !answers.some((answer) => answer.refused)) {
    const seen = (failed.explanation?.seen ?? '').replace(/^refused by the client: /, '');
    return { outcome: 'refused', output: `error: ${seen}\n` };
  }
  const none = shows?.verb === 'delete' && answers.length === 0 ? 'No resources found\n' : undefined;
  const output = none ?? (shows === undefined ? '' : showWrite(shows, answers));
  return { outcome: refused ? 'refused' : 'done', output };
}

function answerOf({ request, response }: RequestRecord): WriteAnswer {
  const { code, body, warnings = [] } = response;
  const base = { target: request.target ?? '', code, refused: code >= 400, unchanged: false, warnings };
  if (body === undefined || !isStatus(body)) return base;
  const { reason, message, details } = body;
  return {
    ...base,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
    causes: details?.causes ?? [],
  };
}
