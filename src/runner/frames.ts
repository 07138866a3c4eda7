// Problems as shown to people.

import { renderProblem } from '../scenario/frame.ts';
import type { Problem } from '../scenario/problem.ts';

/** More than these are only counted. */
const framesMax = 50;

/** One text for each problem, with the lines around it. */
export function framesOf(problems: readonly Problem[], sources: ReadonlyMap<string, string>): readonly string[] {
  const frames = problems
    .slice(0, framesMax)
    .map((problem) => renderProblem(problem, { source: (file) => sources.get(file) }));
  const left = problems.length - frames.length;
  return left === 0 ? frames : [...frames, `… and ${left} more problems`];
}
