// Helpers of the binder's tests: a scenario around a piece of YAML, and bound forms without their places.

import { bindStep } from '../../src/scenario/bind.ts';
import type { BoundStep, Expect, Scenario, Variables } from '../../src/scenario/model.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import type { ReadResult } from '../../src/scenario/read-scenario.ts';

/** Reads a scenario whose only step has these lines; `head` stands before `steps`. */
export function readStep(step: string, head = ''): ReadResult {
  const lines = step.trim().split('\n');
  const text = `scenario: a-test\n${head}\nsteps:\n  - name: a step\n${lines.map((line) => `    ${line}`).join('\n')}\n`;
  return readScenario({ file: 'a-test.scenario.yaml', text, root: process.cwd() });
}

/** Binds the only step; throws when it cannot be read. */
export function bindOnly(
  step: string,
  { head = '', variables = {} }: { head?: string; variables?: Variables } = {},
): BoundStep {
  const { scenario, problems } = readStep(step, head);
  if (scenario === undefined) throw new Error(JSON.stringify(problems, undefined, 1));
  const bound = bindStep(scenario, 0, { ...scenario.constants, ...variables });
  if (bound.problems.length > 0) throw new Error(JSON.stringify(bound.problems, undefined, 1));
  return bound.step;
}

/** The expectations of a step. */
export function bindExpectOf(lines: string, head = ''): Expect {
  const indented = lines
    .trim()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
  const { expect } = bindOnly(`expect:\n${indented}`, { head });
  if (expect === undefined) throw new Error('the step expects nothing');
  return expect;
}

/** Codes of the problems of a step. */
export function codesOf(step: string, head = ''): readonly string[] {
  return readStep(step, head).problems.map(({ code }) => code);
}

/** A bound value without spans and texts, for comparison. */
export function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => name !== 'span' && name !== 'text');
  return Object.fromEntries(members.map(([name, member]) => [name, bare(member)]));
}

/** The source text that a span covers. */
export function tokenOf({ source }: Scenario, { start, end }: { start: number; end: number }): string {
  return source.slice(start, end);
}
