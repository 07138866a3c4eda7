// The words of `setpiece check` and `setpiece lint`: what judges without a cluster.

import { listOption } from './arguments.ts';
import { reporterNames } from './reporter-table.ts';
import type { Command } from 'commander';

/** Adds `check` to the program. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description('judge a recorded trace by a scenario, offline')
    .argument('<trace>', 'trace file, as `run --output` writes it')
    .argument('<scenario>', 'scenario file')
    .option('--strict', 'a vacuous pass makes exit code 4')
    .addOption(listOption('--reporter <name[=file]>', `${reporterNames} (repeatable)`, 'list'))
    .action(async (trace: string, scenario: string, flags: { strict?: true; reporter: readonly string[] }) => {
      const { check } = await import('./commands/check.ts');
      process.exitCode = await check({ trace, scenario }, flags);
    });
}

/** Adds `lint` to the program. */
export function addLint(program: Command): void {
  program
    .command('lint')
    .description('find mistakes in scenarios without running them')
    .argument('[paths...]', 'scenario files, or folders with *.scenario.yaml', ['.'])
    .option('--strict', 'warnings make exit code 2, too')
    .action(async (paths: readonly string[], flags: { strict?: true }) => {
      const { lint } = await import('./commands/lint.ts');
      process.exitCode = await lint(paths, flags);
    });
}
