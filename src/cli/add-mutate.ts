// The words of `setpiece mutate`.

import { Option } from 'commander';
import { listOption, patternArgument, wholeArgument } from './arguments.ts';
import type { Command } from 'commander';
import type { MutateFlags } from './commands/mutate.ts';

/** Adds `mutate` to the program. */
export function addMutate(program: Command): void {
  program
    .command('mutate')
    .description('run scenarios on simulators that are wrong on purpose, and show which scenario notices which mistake')
    .argument('[paths...]', 'scenario files, or folders (default: scenarios/conformance)')
    .addOption(listOption('--mutant <id>', 'only this mutant (repeatable)', 'all'))
    .option('--first', 'leave out runs that can no longer add a finding: quicker, and no whole matrix')
    .option('--list', 'print the mutants and run nothing')
    .option('--grep <pattern>', 'only scenarios whose id or title matches (regular expression)', patternArgument)
    .option('--seed <number>', 'seed of the simulator', wholeArgument(0), 1)
    .option('--workers <number>', 'threads (default: as many as there are processors)', wholeArgument(1))
    .addOption(
      new Option('--reporter <name>', 'how the matrix is printed')
        .choices(['list', 'markdown', 'json'])
        .default('list'),
    )
    .option('--json <file>', 'write the matrix there as JSON, too')
    .addHelpText(
      'after',
      '\nExit codes: 0 every mutant is noticed and every scenario notices one; 1 a mutant survives, or a scenario notices\n' +
        '            none (asked only when all mutants run) or does not pass by itself; 2 usage; 70 a bug; 130 interrupted',
    )
    .action(async (paths: readonly string[], flags: MutateFlags) => {
      const { mutate } = await import('./commands/mutate.ts');
      process.exitCode = await mutate(paths, flags);
    });
}
