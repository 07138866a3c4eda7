// `setpiece exercise list | show | hint | solution`: what is told of exercises without running them.

import { statSync } from 'node:fs';
import { createPalette } from '../../../reporters/render/palette.ts';
import { displayWidth, padRight, printable } from '../../../reporters/render/width.ts';
import { textIn } from '../../lessons/exercises/translated-text.ts';
import { exitCodes } from '../../runner/exit-code.ts';
import { exerciseOf, languageOf, readExercises } from '../exercises/exercise-flags.ts';
import { readMarker, writeMarker } from '../exercises/marker-file.ts';
import { wordsOf } from '../exercises/words.ts';
import { ReportedError } from '../reported-error.ts';
import { standardError, standardOutput } from '../streams.ts';
import type { Exercise, ExerciseCheck } from '../../lessons/exercises/exercise.ts';
import type { ExerciseFlags } from '../exercises/exercise-flags.ts';
import type { Marker } from '../exercises/marker-file.ts';

/** The options of `list` and `show`. */
export interface ShowFlags extends ExerciseFlags {
  readonly json?: true;
}

/** The options of `hint`. */
export interface HintFlags extends ExerciseFlags {
  readonly number?: number;
}

/** The options of `solution`. */
export interface SolutionFlags extends ExerciseFlags {
  readonly yes?: true;
}

/** Lists the exercises, easy ones first; 2 when one of them cannot be used. */
export async function list(flags: ShowFlags): Promise<number> {
  const language = languageOf(flags);
  const words = wordsOf(language);
  const { exercises, broken } = readExercises(flags);
  if (flags.json === true) {
    const all = exercises.map((exercise) => factsOf(exercise, language));
    standardOutput.write(`${JSON.stringify({ exercises: all }, undefined, 2)}\n`);
  } else {
    const palette = createPalette(standardOutput.colours);
    const width = Math.max(0, ...exercises.map(({ id }) => displayWidth(id)));
    for (const { id, level, max, title } of exercises) {
      const stars = `${'★'.repeat(level)}${'☆'.repeat(5 - level)}`;
      const points = palette.faint(`${max} ${words.points}`.padStart(9));
      standardOutput.write(`${stars}  ${padRight(id, width)} ${points}  ${printable(textIn(title, language))}\n`);
    }
  }
  for (const { frames } of broken) standardError.write(`${frames.join('\n\n')}\n`);
  return broken.length > 0 ? exitCodes.invalid : exitCodes.pass;
}

/** Shows the task, the checks and the files. */
export async function show(id: string, flags: ShowFlags): Promise<number> {
  const language = languageOf(flags);
  const words = wordsOf(language);
  const exercise = exerciseOf(id, flags);
  if (flags.json === true) {
    const facts = {
      ...factsOf(exercise, language),
      task: textIn(exercise.tasks, language),
      start: [...exercise.start],
    };
    standardOutput.write(`${JSON.stringify(facts, undefined, 2)}\n`);
    return exitCodes.pass;
  }
  const palette = createPalette(standardOutput.colours);
  const task = textIn(exercise.tasks, language).trimEnd().split('\n').map(shownLine).join('\n');
  const width = Math.max(...exercise.checks.map((check) => displayWidth(check.id)));
  const checks = exercise.checks.map(
    (check) =>
      `  ${padRight(check.id, width)}  ${check.points} ${words.points}  ${printable(textIn(check.asks, language))}`,
  );
  const files = exercise.files.map((file) => {
    const may =
      file.kind === 'manifest' ? file.kinds.join(', ') : file.commands.map((one) => `kubectl ${one}`).join(', ');
    return `  ${file.path}  ${palette.faint(may)}`;
  });
  standardOutput.write(
    `${task}\n\n${palette.strong(`${exercise.max} ${words.points}`)}\n${checks.join('\n')}\n\n` +
      `${palette.strong(words.files)}\n${files.join('\n')}\n\n` +
      `${words.start}: setpiece exercise start ${exercise.id}\n${words.check}: setpiece exercise check ${exercise.id}\n`,
  );
  return exitCodes.pass;
}

/** Gives the next hint of a check; the learner's folder remembers how many were given. */
export async function hint(named: string, checkId: string | undefined, flags: HintFlags): Promise<number> {
  const language = languageOf(flags);
  const words = wordsOf(language);
  const { exercise, marker } = chosen(named, flags);
  const given = marker?.hints ?? {};
  const check = checkOf(exercise, checkId, given);
  const number = flags.number ?? (given[check.id] ?? 0) + 1;
  const found = check.hints[Math.min(number, check.hints.length) - 1];
  if (found === undefined || (flags.number !== undefined && number > check.hints.length)) {
    throw new ReportedError(`${check.id}: ${words.noHint}`, exitCodes.invalid);
  }
  const shown = Math.min(number, check.hints.length);
  const head = `${check.id} ${shown}/${check.hints.length}`;
  standardOutput.write(`${head}  ${printable(textIn(found, language))}\n`);
  if (number > check.hints.length) standardOutput.write(`${words.noHint}\n`);
  if (marker !== undefined) {
    writeMarker(named, { ...marker, hints: { ...given, [check.id]: Math.max(given[check.id] ?? 0, shown) } });
  }
  return exitCodes.pass;
}

/** Shows the files of the solution, once the learner has said yes. */
export async function solution(named: string, flags: SolutionFlags): Promise<number> {
  const words = wordsOf(languageOf(flags));
  const { exercise } = chosen(named, flags);
  const answer = flags.yes === true ? 'yes' : await ask(words.sure);
  if (answer !== 'yes') return answer === 'no' ? exitCodes.pass : exitCodes.interrupted;
  const palette = createPalette(standardOutput.colours);
  for (const [path, text] of exercise.solution) {
    standardOutput.write(`${palette.faint(`# ${path}`)}\n${text.split('\n').map(shownLine).join('\n').trimEnd()}\n\n`);
  }
  return exitCodes.pass;
}

/** Without a terminal nobody can answer: `--yes` is the way. */
async function ask(question: string): Promise<'yes' | 'no' | 'interrupted'> {
  if (!process.stdin.isTTY) {
    throw new ReportedError('nobody can be asked here; `--yes` shows the solution', exitCodes.invalid);
  }
  const { createInterface } = await import('node:readline');
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((decide) => {
    // The end of the input is a no.
    asked.once('close', () => decide('no'));
    asked.once('SIGINT', () => {
      decide('interrupted');
      asked.close();
    });
    asked.question(question, (answer) => {
      decide(/^(?:y|yes|是|好)$/i.test(answer.trim()) ? 'yes' : 'no');
      asked.close();
    });
  });
}

/** An exercise by its id, or by the folder of an answer. */
function chosen(named: string, flags: ExerciseFlags): { readonly exercise: Exercise; readonly marker?: Marker } {
  const isFolder = statSync(named, { throwIfNoEntry: false })?.isDirectory() === true;
  const marker = isFolder ? readMarker(named) : undefined;
  return marker === undefined
    ? { exercise: exerciseOf(named, flags) }
    : { exercise: exerciseOf(marker.exercise, flags), marker };
}

function checkOf({ checks, id }: Exercise, checkId: string | undefined, given: Marker['hints']): ExerciseCheck {
  const found =
    checkId === undefined
      ? (checks.find((check) => (given[check.id] ?? 0) < check.hints.length) ?? checks[0])
      : checks.find((check) => check.id === checkId);
  if (found !== undefined) return found;
  const ids = checks.map((check) => check.id).join(', ');
  throw new ReportedError(`${id} has no check \`${checkId ?? ''}\`; checks: ${ids}`, exitCodes.invalid);
}

function factsOf({ id, level, title, max, files, checks, folder }: Exercise, language: string): object {
  return {
    id,
    level,
    title: textIn(title, language),
    points: max,
    files,
    checks: checks.map((check) => ({
      id: check.id,
      points: check.points,
      asks: textIn(check.asks, language),
      hints: check.hints.length,
    })),
    folder,
  };
}

/** Tabs stay, what could drive the terminal does not. */
function shownLine(line: string): string {
  return line.split('\t').map(printable).join('\t');
}
