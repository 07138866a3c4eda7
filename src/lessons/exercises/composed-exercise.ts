// The scenario that an exercise and an answer make together, ready to run.

import { posix } from 'node:path';
import { composeScenario } from '../../scenario/exercise/compose-scenario.ts';
import { framesOf } from '../../runner/frames.ts';
import { expandRuns, expandSteps } from '../../scenario/expand.ts';
import { readProjectFile } from '../../scenario/project-files.ts';
import { readScenarioTree } from '../../scenario/read-scenario.ts';
import { answerFolder, answerProblem } from './plan-answer.ts';
import type { LoadedScenario } from '../../runner/load-file.ts';
import type { StepOrigin } from '../../scenario/exercise/compose-scenario.ts';
import type { RunRow } from '../../scenario/expand.ts';
import type { FileRead } from '../../scenario/project-files.ts';
import type { AnswerFiles, AnswerProblem, Exercise } from './exercise.ts';
import type { AnswerPlan } from './plan-answer.ts';

/** A scenario, or whose mistake it is that there is none. */
export type ComposedExercise =
  | {
      readonly kind: 'composed';
      readonly loaded: LoadedScenario;
      readonly row: RunRow;
      /** Of each step of the run. */
      readonly origins: readonly StepOrigin[];
    }
  | { readonly kind: 'answer'; readonly problems: readonly AnswerProblem[] }
  | { readonly kind: 'exercise'; readonly frames: readonly string[] };

/** Composes and reads. */
export function composeExercise(exercise: Exercise, files: AnswerFiles, plan: AnswerPlan): ComposedExercise {
  const { tree, origins } = composeScenario(exercise, plan.steps);
  const { file, source, folder } = exercise;
  const beside = `${posix.join(posix.dirname(file), answerFolder)}/`;
  const readFile = (path: string): FileRead => {
    if (!path.startsWith(beside)) return readProjectFile(path, folder);
    const text = files.get(path.slice(beside.length));
    if (text !== undefined) return { kind: 'text', text };
    return { kind: 'refused', code: 'missing-file', message: `there is no file ${path.slice(beside.length)}` };
  };
  const read = readScenarioTree(tree, { file, text: source, root: folder, readFile });
  const { scenario, problems, manifests, sources } = read;
  if (scenario === undefined) {
    const own = problems.flatMap((problem) => {
      const path = problem.span.file.startsWith(beside) ? problem.span.file.slice(beside.length) : problem.span.file;
      return files.has(path) ? [answerProblem({ ...problem, span: { ...problem.span, file: path } })] : [];
    });
    if (own.length > 0) return { kind: 'answer', problems: own };
    return { kind: 'exercise', frames: framesOf(problems, sources) };
  }
  const row = expandRuns(scenario)[0]!;
  const steps = expandSteps(scenario, row.variables);
  return {
    kind: 'composed',
    loaded: { scenario, manifests, sources, root: folder },
    row,
    origins: steps.map(({ position }) => origins[position]!),
  };
}
