// What the API refused of an answer, in its own words, at the lines of the learner's files.

import { isStatus } from '../../kubernetes/status.ts';
import type { RequestRecord } from '../../trace/record.ts';
import type { StepOrigin } from '../../scenario/exercise/compose-scenario.ts';
import type { AnswerPlan } from './plan-answer.ts';
import type { Exercise, RefusedAnswer } from './exercise.ts';
import type { GradedRun } from './graded-run.ts';

/** Where a run's steps come from. */
export interface Places {
  readonly plan: AnswerPlan;
  readonly origins: readonly StepOrigin[];
}

/** The refusals that no step of the exercise expects, in the order of the run. */
export function refusedAnswers(
  { checks }: Pick<Exercise, 'checks'>,
  run: GradedRun,
  { plan, origins }: Places,
): readonly RefusedAnswer[] {
  return origins.flatMap((origin, number): readonly RefusedAnswer[] => {
    const verdict = run.verdicts.get(number)?.find(({ word, outcome }) => word === 'accepted' && outcome === 'fail');
    if (origin.answer === undefined || verdict === undefined) return [];
    const check = checks.find(({ step }) => step === origin.step)?.id;
    const base = { file: origin.answer, ...(check === undefined ? {} : { check }) };
    const refused = writtenOrRead(run.requests.get(number) ?? []).filter(({ response }) => response.code >= 400);
    if (refused.length === 0) {
      const message = (verdict.explanation?.seen ?? '').replace(/^refused by the client: /, '');
      return [{ ...base, ...lineOf(origin, { plan }), code: 0, message }];
    }
    return refused.map((record) => Object.assign({}, base, lineOf(origin, { plan, record }), said(record)));
  });
}

const reads: ReadonlySet<string> = new Set(['get', 'list']);

/** The requests that change something; the reads where there are no others: what was to be changed is not there. */
export function writtenOrRead(records: readonly RequestRecord[]): readonly RequestRecord[] {
  const written = records.filter(({ request }) => !reads.has(request.verb));
  return written.length > 0 ? written : records;
}

/** What a refusal says. */
function said({ request, response }: RequestRecord): Pick<RefusedAnswer, 'code' | 'reason' | 'message' | 'target'> {
  const { code, body } = response;
  const target = request.target === undefined ? {} : { target: request.target };
  if (body === undefined || !isStatus(body)) return { code, message: `the API answers ${code}`, ...target };
  const { reason, message = `the API answers ${code}` } = body;
  return { code, message, ...(reason === undefined ? {} : { reason }), ...target };
}

function lineOf(
  { answer = '', part = 0 }: StepOrigin,
  { plan, record }: { readonly plan: AnswerPlan; readonly record?: RequestRecord },
): { readonly line?: number } {
  const ofList = plan.lists.get(answer)?.lines.find(({ from, to }) => from <= part && part < to);
  if (ofList !== undefined) return { line: ofList.line };
  const target = record?.request.target;
  const object = plan.manifests.get(answer)?.find(({ manifest }) => {
    return `${manifest.kind.toLowerCase()}/${manifest.metadata?.name ?? ''}` === target;
  });
  return object === undefined ? {} : { line: object.span.line };
}
