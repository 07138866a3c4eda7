// An action that is refused although its step does not expect it has failed, whatever else is seen.

import { isWrite } from '../kubernetes/kubectl/is-write.ts';
import { addressText } from '../backends/address-text.ts';
import type { JudgedAnswer } from '../expectations/judge.ts';
import type { Verdict } from '../expectations/verdict.ts';
import type { JsonObject } from '../kubernetes/object.ts';
import type { AnswerCheck, BoundStep } from '../scenario/model.ts';

/** One failed verdict for each refusal that no `rejected`, `answered` or transcript of the step's own request speaks of. */
export function unexpectedRefusals(
  step: BoundStep,
  answers: readonly JudgedAnswer[],
  atMs: number,
): readonly Verdict[] {
  const checks = [...(step.expect?.rejected ?? []), ...(step.expect?.answered ?? [])];
  if (step.expect?.prints.some(({ request }) => isWrite(request)) === true) return [];
  return answers
    .filter((answer) => answer.refused && !checks.some((check) => speaksOf(check, answer)))
    .map((answer) => verdictOf(step, answer, atMs));
}

function speaksOf(check: AnswerCheck, answer: JudgedAnswer): boolean {
  return check.of === undefined || addressText({ kind: check.of.of, name: check.of.name }) === answer.target;
}

function verdictOf(step: BoundStep, answer: JudgedAnswer, atMs: number): Verdict {
  const span = step.action?.span ?? step.span;
  const verb = step.action?.verb ?? 'the action';
  const value = answer.value as JsonObject;
  const what = answer.target === undefined ? verb : `${verb} ${answer.target}`;
  return {
    word: 'accepted',
    text: `${what} is accepted`,
    span,
    outcome: 'fail',
    vacuous: false,
    atMs,
    explanation: {
      rule: `${what} must be accepted, since the step does not expect it to be rejected`,
      seen: `refused${codeOf(answer)}: ${messageOf(value)}`,
      lines: [{ span, text: `${verb}: …`, remark: '← refused' }],
      history: [],
      compared: causesOf(value),
      waitingOn: [],
      hint: `where the refusal is the point, expect it: rejected: { ${rejectedHint(answer, value)} }`,
    },
  };
}

function codeOf({ code, value }: JudgedAnswer): string {
  const { reason } = value as { readonly reason?: string };
  if (code === 0) return ' by the client';
  return reason === undefined ? ` with code ${code}` : ` with code ${code} ${reason}`;
}

function messageOf(value: JsonObject): string {
  return typeof value['message'] === 'string' ? value['message'] : 'the answer gives no message';
}

function causesOf(
  value: JsonObject,
): { readonly field: string; readonly expected: string; readonly received: string }[] {
  const causes = (value['causes'] ?? []) as readonly { readonly field?: string; readonly message?: string }[];
  return causes.map(({ field, message }) => ({
    field: field ?? '(whole object)',
    expected: 'a value that the API accepts',
    received: message ?? '',
  }));
}

function rejectedHint({ code }: JudgedAnswer, value: JsonObject): string {
  if (code === 0) return `message: ${JSON.stringify(messageOf(value))}`;
  return typeof value['reason'] === 'string' ? `code: ${code}, reason: ${value['reason']}` : `code: ${code}`;
}
