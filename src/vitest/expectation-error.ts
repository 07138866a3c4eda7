// An expectation of a scenario that did not hold, as an error that vitest shows at the author's line.

import { resolve } from 'node:path';
import { verdictText } from '../../reporters/plain-text.ts';
import type { Verdict } from '../expectations/verdict.ts';

/**
 * Its stack is its place in the scenario, which makes vitest cut the frame there; `expected` and `actual` are what was
 * compared, where values were, which makes vitest show the difference.
 */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError';
  readonly verdict: Verdict;
  readonly expected?: Readonly<Record<string, string>>;
  readonly actual?: Readonly<Record<string, string>>;

  constructor(verdict: Verdict, { step, replay }: { readonly step: string | undefined; readonly replay: string }) {
    const where = step === undefined ? 'invariants' : step;
    super(`${where}\n\n${verdictText(verdict)}\n\n  replay: ${replay}`);
    this.verdict = verdict;
    const compared = verdict.explanation?.compared ?? [];
    if (compared.length > 0) {
      this.expected = Object.fromEntries(compared.map(({ field, expected }) => [field, expected]));
      this.actual = Object.fromEntries(compared.map(({ field, received }) => [field, received]));
    }
    const { file, line, column } = verdict.span;
    this.stack = `${this.name}: ${this.message}\n    at ${resolve(file)}:${line}:${column}`;
  }
}
