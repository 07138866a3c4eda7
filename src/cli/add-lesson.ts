// The words of `setpiece lesson`: Markdown lessons, checked and written.

import { wholeArgument } from './arguments.ts';
import type { Command } from 'commander';
import type { LessonCheckFlags } from './commands/lesson-check.ts';
import type { LessonFromFlags } from './commands/lesson-from.ts';

/** Adds `lesson` to the program. */
export function addLesson(program: Command): void {
  const lesson = program.command('lesson').description('check Markdown lessons on a simulated cluster, and write them');
  lesson
    .command('check')
    .description('run the commands of Markdown lessons, and compare what they print with what the lessons show')
    .argument('<lessons...>', 'Markdown files')
    .option('--update', 'put what was printed where a lesson shows something else')
    .option('--kubectl <path>', 'run the commands with a real kubectl: its path, or `real` for the one of the PATH')
    .option('--nodes <number>', 'number of nodes, where a lesson does not say', wholeArgument(1), 3)
    .option('--seed <number>', 'seed of the simulator, where a lesson does not say', wholeArgument(0), 1)
    .option('--json', 'the result as JSON on standard output')
    .action(async (paths: readonly string[], flags: LessonCheckFlags) => {
      const { lessonCheck } = await import('./commands/lesson-check.ts');
      process.exitCode = await lessonCheck(paths, flags);
    });
  lesson
    .command('from')
    .description('write a Markdown lesson from a scenario: commands, true transcripts and a timeline')
    .argument('<scenario>', 'scenario file')
    .option('-o, --output <file>', 'where to write it (default: standard output)')
    .option('--kubectl <path>', 'let a real kubectl print the transcripts: its path, or `real` for the one of the PATH')
    .option('--seed <number>', 'seed of the simulator', wholeArgument(0), 1)
    .action(async (scenario: string, flags: LessonFromFlags) => {
      const { lessonFrom } = await import('./commands/lesson-from.ts');
      process.exitCode = await lessonFrom(scenario, flags);
    });
}
