// The words of `setpiece exercise`: exercises that grade themselves.

import { wholeArgument } from './arguments.ts';
import { addExerciseServe } from './add-exercise-serve.ts';
import { addBackendChoice, addBackendFlags } from './backend-flags.ts';
import type { Command } from 'commander';
import type { ExerciseCheckFlags } from './commands/exercise-check.ts';
import type { HintFlags, ShowFlags, SolutionFlags } from './commands/exercise-show.ts';
import type { StartFlags } from './commands/exercise-start.ts';
import type { VerifyFlags } from './commands/exercise-verify.ts';

/** Adds `exercise` to the program. */
export function addExercise(program: Command): void {
  const exercise = program.command('exercise').description('exercises that are checked on the simulator');
  addShowing(exercise);
  addChecking(exercise);
  addExerciseServe(exercise);
}

function addShowing(exercise: Command): void {
  withFolder(withLanguage(exercise.command('list').description('list the exercises, easy ones first')))
    .option('--json', 'as JSON on standard output')
    .action(async (flags: ShowFlags) => {
      const { list } = await import('./commands/exercise-show.ts');
      process.exitCode = await list(flags);
    });
  withFolder(
    withLanguage(
      exercise
        .command('show')
        .description('show the task of an exercise')
        .argument('<id>', 'id of an exercise, as `list` shows it'),
    ),
  )
    .option('--json', 'as JSON on standard output')
    .action(async (id: string, flags: ShowFlags) => {
      const { show } = await import('./commands/exercise-show.ts');
      process.exitCode = await show(id, flags);
    });
  withFolder(withLanguage(exercise.command('start').description('hand out the files of an exercise')))
    .argument('<id>', 'id of an exercise, as `list` shows it')
    .argument('[folder]', 'where to (default: a folder that has the id for its name)')
    .action(async (id: string, folder: string | undefined, flags: StartFlags) => {
      const { start } = await import('./commands/exercise-start.ts');
      process.exitCode = await start(id, folder, flags);
    });
  withFolder(withLanguage(exercise.command('hint').description('give the next hint')))
    .argument('<exercise>', 'id of an exercise, or the folder of your answer, which remembers what hints you had')
    .argument('[check]', 'id of a check (default: the first that has a hint left)')
    .option('--number <number>', 'this hint, not the next', wholeArgument(1))
    .action(async (named: string, check: string | undefined, flags: HintFlags) => {
      const { hint } = await import('./commands/exercise-show.ts');
      process.exitCode = await hint(named, check, flags);
    });
  withFolder(withLanguage(exercise.command('solution').description('show a solution, after a question')))
    .argument('<exercise>', 'id of an exercise, or the folder of your answer')
    .option('--yes', 'do not ask')
    .action(async (named: string, flags: SolutionFlags) => {
      const { solution } = await import('./commands/exercise-show.ts');
      process.exitCode = await solution(named, flags);
    });
}

function addChecking(exercise: Command): void {
  const check = withFolder(withLanguage(exercise.command('check').description('check an answer')))
    .argument('[folder]', 'the folder of your answer', '.')
    .option('--exercise <id>', 'the exercise (default: what `start` has noted in the folder)')
    .option('--seeds <number>', 'runs, each under another seed (default: 3, on real clusters 1)', wholeArgument(1))
    .option('--nodes <number>', 'kind: number of nodes', wholeArgument(1), 1)
    .option('--watch', 'check again when a file is saved')
    .option('--json', 'as JSON on standard output');
  addBackendFlags(addBackendChoice(check)).action(async (folder: string, flags: ExerciseCheckFlags) => {
    const { exerciseCheck } = await import('./commands/exercise-check.ts');
    process.exitCode = await exerciseCheck(folder, flags);
  });
  withFolder(exercise.command('verify').description('for authors: whether exercises do what they say'))
    .argument('[ids...]', 'only these')
    .option('--seeds <number>', 'runs of each answer, each under another seed', wholeArgument(1), 5)
    .option('--json', 'as JSON on standard output')
    .action(async (ids: readonly string[], flags: VerifyFlags) => {
      const { verify } = await import('./commands/exercise-verify.ts');
      process.exitCode = await verify(ids, flags);
    });
}

/** Adds where exercises are. */
export function withFolder(command: Command): Command {
  return command.option('--exercises <folder>', 'where the exercises are (default: those that come with setpiece)');
}

/** Adds the language. */
export function withLanguage(command: Command): Command {
  return command.option('--lang <tag>', 'language of the texts, such as en or zh (default: from LANG, else en)');
}
