// The words of `setpiece compare`.

import { durationArgument, listOption, numberArgument, patternArgument, wholeArgument } from './arguments.ts';
import { addBackendFlags } from './backend-flags.ts';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { CompareFlags } from './commands/compare.ts';

/** Adds `compare` to the program. */
export function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .description('run scenarios on two backends, or read a trace, and show where they part')
    .argument('<paths...>', 'scenario files, or folders with *.scenario.yaml')
    .requiredOption('--backends <left,right>', 'simulator, cluster, kind, or the path of a trace; two of them')
    .option('--known <file>', 'list of known divergences (default: the nearest divergences.yaml above the scenario)')
    .option('--seeds <number>', 'how many seeds speak for the simulator', wholeArgument(1), 10)
    .option('--grep <pattern>', 'only scenarios whose id or title matches (regular expression)', patternArgument)
    .addOption(listOption('--tag <tag>', 'only scenarios with one of these tags (repeatable)', 'all'))
    .option('--row <number>', 'only this row of the matrix, from 0', wholeArgument(0))
    .option('--seed <number>', 'first seed of the simulator', wholeArgument(0), 1)
    .option('--patience <factor>', 'multiply every `within`', numberArgument, 1)
    .addOption(
      new Option('--quiet <duration>', 'how long nothing must happen until a cluster is quiet')
        .argParser(durationArgument)
        .default(5000, '5s'),
    )
    .option('--nodes <number>', 'number of nodes, where a scenario does not need more', wholeArgument(1), 1)
    .option('--trace-dir <folder>', 'write traces there')
    .option('--json', 'print the comparisons as JSON');
  addBackendFlags(command).action(async (paths: readonly string[], flags: CompareFlags) => {
    const { compare } = await import('./commands/compare.ts');
    process.exitCode = await compare(paths, flags);
  });
}
