// A run that keeps going takes a step that cannot be done (its target is not there, a value was never remembered) as failed.

import type { Verdict } from '../expectations/verdict.ts';
import type { Span } from '../scenario/model.ts';
import type { Problem } from '../scenario/problem.ts';

/** Says of variables that a step before should have remembered why they are not there. */
export function withCauses(problems: readonly Problem[], forgotten: ReadonlyMap<string, Problem>): readonly Problem[] {
  const told = problems.map((problem) => {
    const name = /^nothing has defined `\$\(?([\w-]+)\)?`/.exec(problem.message)?.[1] ?? '';
    const { message } = forgotten.get(name) ?? problem;
    return problem.code === 'undefined-variable' ? { ...problem, message } : problem;
  });
  return told.filter(({ message }, at) => told.findIndex((other) => other.message === message) === at);
}

/** The verdict of a step that could not be done, with what its problems say. */
export function undoableStep(
  { name, span }: { readonly name: string; readonly span: Span },
  problems: readonly Problem[],
  atMs: number,
): Verdict {
  const [first] = problems;
  return {
    word: 'accepted',
    text: `step "${name}" can be done`,
    span: first?.span ?? span,
    outcome: 'fail',
    vacuous: false,
    atMs,
    explanation: {
      rule: `step "${name}" can be done`,
      seen: problems.map(({ message }) => message).join('\n'),
      lines: problems.map((problem) => ({ span: problem.span, text: problem.message })),
      history: [],
      compared: [],
      waitingOn: [],
      ...(first?.hint === undefined ? {} : { hint: first.hint }),
    },
  };
}
