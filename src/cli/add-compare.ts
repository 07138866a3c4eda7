// The words of `setpiece compare`.

import { wholeArgument } from './arguments.ts';
import { addBackendFlags } from './backend-flags.ts';
import { addSuiteFlags } from './suite-flags.ts';
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
    .option('--trace-dir <folder>', 'write traces there')
    .option('--json', 'print the comparisons as JSON');
  addBackendFlags(addSuiteFlags(command)).action(async (paths: readonly string[], flags: CompareFlags) => {
    const { compare } = await import('./commands/compare.ts');
    process.exitCode = await compare(paths, flags);
  });
}
