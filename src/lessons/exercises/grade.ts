// Grades an answer: reads the learner's files, runs the exercise with them under several seeds, and tells check by check.

import { BackendError } from '../../backends/cluster.ts';
import { selectBackend } from '../../backends/select.ts';
import { commandResults } from './command-results.ts';
import { composeExercise } from './composed-exercise.ts';
import { runGraded } from './graded-run.ts';
import { judgeChecks, unjudged } from './judge-checks.ts';
import { mannersOf, refusalsToldBy } from './manners.ts';
import { planAnswer } from './plan-answer.ts';
import { refusedAnswers } from './refused-answers.ts';
import type { BackendOptions } from '../../backends/backend-options.ts';
import type { Answer, Exercise, Grade } from './exercise.ts';
import type { ComposedExercise } from './composed-exercise.ts';
import { passedIn, ungradedSteps } from './ungraded-steps.ts';
import type { GradedRun } from './graded-run.ts';
import type { AnswerPlan } from './plan-answer.ts';

/** Grades an answer. It rejects for nothing but a bug: whatever is wrong with the files or the environment is told. */
export async function gradeExercise(exercise: Exercise, answer: Answer): Promise<Grade> {
  const beganMs = performance.now();
  const { language = 'en', backend: options = { kind: 'simulator' } } = answer;
  const seeds = answer.seeds ?? (options.kind === 'simulator' ? [1, 2, 3] : [1]);
  const plan = planAnswer(exercise, answer.files);
  const ungraded: Grade = {
    exercise: exercise.id,
    language,
    kind: 'unreadable',
    passed: false,
    points: 0,
    max: exercise.max,
    checks: exercise.checks.map((check) => unjudged(check, language)),
    problems: plan.problems,
    refused: [],
    commands: [],
    remarks: [],
    untried: [],
    messages: [],
    seeds,
    realMs: 0,
  };
  const facts = await factsOf(exercise, answer, { plan, seeds, options, language });
  return { ...ungraded, ...facts, realMs: performance.now() - beganMs };
}

interface Grading {
  readonly plan: AnswerPlan;
  readonly seeds: readonly number[];
  readonly options: BackendOptions;
  readonly language: string;
}

async function factsOf(exercise: Exercise, answer: Answer, grading: Grading): Promise<Partial<Grade>> {
  const { plan } = grading;
  if (plan.problems.some(({ severity }) => severity === 'error')) return {};
  const composed = composeExercise(exercise, answer.files, plan);
  if (composed.kind === 'answer') return { problems: [...plan.problems, ...composed.problems] };
  if (composed.kind === 'exercise') {
    return { kind: 'failed', cause: 'exercise', reason: composed.frames.join('\n\n') };
  }
  const runs = await runAll(composed, answer, grading);
  if (!Array.isArray(runs)) return runs as Partial<Grade>;
  return gradeOf(exercise, { composed, runs: runs as readonly GradedRun[], grading });
}

/** One run a seed, or why there is none. */
async function runAll(
  composed: Extract<ComposedExercise, { kind: 'composed' }>,
  { signal, onProgress }: Answer,
  { seeds, options, plan }: Grading,
): Promise<readonly GradedRun[] | Partial<Grade>> {
  const noted = signal === undefined ? {} : { signal };
  const places = { plan, origins: composed.origins };
  const manners = { mannerOf: mannersOf(places, options), tell: refusalsToldBy(places) };
  try {
    const told = onProgress === undefined ? {} : { onProgress };
    const backend = await selectBackend(options, { ...noted, ...told });
    try {
      const runs: GradedRun[] = [];
      for (const seed of seeds) {
        const run = await runGraded(composed, { backend, options, seed, ...noted, ...manners });
        const failure = failureOf(run);
        if (failure !== undefined) return failure;
        runs.push(run);
      }
      return runs;
    } finally {
      await backend.dispose();
    }
  } catch (error) {
    if (signal?.aborted === true) return { kind: 'failed', cause: 'interrupted', reason: 'interrupted' };
    if (!(error instanceof BackendError)) throw error;
    return { kind: 'failed', cause: 'environment', reason: error.message };
  }
}

/** A run that could not be made says nothing about the answer. */
function failureOf({ finished }: GradedRun): Partial<Grade> | undefined {
  const { outcome, reason = '', frames, bug } = finished;
  if (outcome === 'skipped') return { kind: 'failed', cause: 'environment', reason: `the exercise ${reason}` };
  if (outcome === 'error') return { kind: 'failed', cause: bug === true ? 'bug' : 'environment', reason };
  if (outcome === 'invalid') return { kind: 'failed', cause: 'exercise', reason: reason || frames.join('\n\n') };
  return outcome === 'interrupted' ? { kind: 'failed', cause: 'interrupted', reason: 'interrupted' } : undefined;
}

interface Graded {
  readonly composed: Extract<ComposedExercise, { kind: 'composed' }>;
  readonly runs: readonly GradedRun[];
  readonly grading: Grading;
}

function gradeOf(exercise: Exercise, { composed, runs, grading }: Graded): Partial<Grade> {
  const { origins } = composed;
  const { plan, language } = grading;
  const checks = judgeChecks(exercise, { runs, origins, language });
  const failed = checks.find(({ outcome }) => outcome !== 'pass');
  const shown = runs.find(({ seed }) => seed === failed?.seed) ?? runs[0]!;
  return {
    kind: 'graded',
    passed: failed === undefined,
    points: checks.reduce((sum, { points }) => sum + points, 0),
    checks,
    refused: refusedAnswers(exercise, shown, { plan, origins }),
    commands: commandResults(shown, { plan, origins }),
    ...ungradedSteps(exercise, { run: shown, origins, passed: passedIn(exercise, shown, origins) }),
    messages: shown.messages,
  };
}
