// `setpiece exercise verify [ID…]`: for authors and CI, whether exercises do what they say. One line a finding.

import { verifyExercise } from '../../lessons/exercises/verify.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { exerciseOf, readExercises } from '../exercises/exercise-flags.ts';
import { interruptible } from '../interrupt.ts';
import { standardOutput } from '../streams.ts';
import type { Exercise } from '../../lessons/exercises/exercise.ts';
import type { ExerciseFlags } from '../exercises/exercise-flags.ts';

/** The options of `verify`. */
export interface VerifyFlags extends ExerciseFlags {
  readonly seeds: number;
  readonly json?: true;
}

interface VerifiedLine {
  readonly exercise: string;
  readonly file: string;
  readonly line?: number;
  readonly code: string;
  readonly message: string;
  readonly warning?: true;
}

/** Verifies, and gives the exit code: 1 when something was found that is more than a warning. */
export async function verify(ids: readonly string[], flags: VerifyFlags): Promise<number> {
  const { exercises, broken } =
    ids.length === 0
      ? readExercises(flags)
      : { exercises: ids.map((id): Exercise => exerciseOf(id, flags)), broken: [] };
  const findings: VerifiedLine[] = broken.flatMap(({ folder, problems }) =>
    problems.map(({ span, code, message }) => ({ exercise: folder, file: span.file, line: span.line, code, message })),
  );
  const tell = (text: string): void => {
    if (flags.json !== true) standardOutput.write(text);
  };
  for (const finding of findings) tell(lineOf(finding));
  const seeds = Array.from({ length: flags.seeds }, (_, at) => at + 1);
  return interruptible(async (signal) => {
    for (const exercise of exercises) {
      const beganMs = performance.now();
      const found = await verifyExercise(exercise, { seeds, signal });
      if (signal.aborted) return exitCodes.interrupted;
      const lines = found.map((finding) => Object.assign({ exercise: exercise.id, file: exercise.file }, finding));
      findings.push(...lines);
      for (const line of lines) tell(lineOf(line));
      const facts = `${exercise.wrong.length} wrong answers, ${flags.seeds} seeds`;
      if (!lines.some(isFault)) tell(`✓ ${exercise.id}  (${facts}, ${Math.round(performance.now() - beganMs)} ms)\n`);
    }
    const counts = { exercises: exercises.length + broken.length, findings: findings.filter(isFault).length };
    if (flags.json === true) standardOutput.write(`${JSON.stringify({ ...counts, list: findings }, undefined, 2)}\n`);
    return findings.some(isFault) ? exitCodes.fail : exitCodes.pass;
  });
}

function isFault({ warning }: VerifiedLine): boolean {
  return warning !== true;
}

function lineOf({ file, line, code, message, warning }: VerifiedLine): string {
  return `${warning === true ? '!' : '✗'} ${file}${line === undefined ? '' : `:${line}`}: ${code}: ${message.replaceAll(/\s*\n\s*/g, ' ')}\n`;
}
