// The words of `setpiece exercise serve`.

import { wholeArgument } from './arguments.ts';
import type { Command } from 'commander';
import type { ExerciseServeFlags } from './commands/exercise-serve.ts';

/** Adds `serve` to the commands of `exercise`. */
export function addExerciseServe(exercise: Command): void {
  exercise
    .command('serve')
    .description('open a web page with the exercises, for this machine alone')
    .option('--port <number>', 'where to listen; 0 takes any free port', wholeArgument(0), 8010)
    .option('--exercises <folder>', 'where the exercises are (default: those that come with setpiece)')
    .option('--lang <tag>', 'language to begin with: en or zh (default: from LANG, else en)')
    .option('--work <folder>', 'where your files are kept', 'setpiece-exercises')
    .action(async (flags: ExerciseServeFlags) => {
      const { exerciseServe } = await import('./commands/exercise-serve.ts');
      process.exitCode = await exerciseServe(flags);
    });
}
