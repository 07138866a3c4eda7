// The words of `setpiece run`.

import { listOption, shardArgument, wholeArgument } from './arguments.ts';
import { addBackendChoice, addBackendFlags } from './backend-flags.ts';
import { addConfig } from './config/apply-config.ts';
import { reporterNames } from './reporter-table.ts';
import { addSuiteFlags } from './suite-flags.ts';
import type { Command } from 'commander';
import type { RunFlags } from './commands/run.ts';

/** Adds `run` to the program. */
export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('run scenarios and judge them')
    .argument('[paths...]', "scenario files, or folders with *.scenario.yaml (default: the config file's, else .)");
  addSuiteFlags(command)
    .option('--workers <number>', 'scenarios that run at the same time', wholeArgument(1), 1)
    .option('--shard <i/n>', 'only the i-th of n shares of the runs, for CI jobs side by side', shardArgument)
    .option(
      '--retries <number>',
      'real clusters: try again what did not pass; what passes then is flaky',
      wholeArgument(0),
    )
    .option('--max-failures <number>', 'stop after so many scenarios that did not pass', wholeArgument(1))
    .option('--bail', 'stop after the first scenario that did not pass')
    .option('--strict', 'a vacuous pass makes exit code 4')
    .option('--list', 'show what would run')
    .option('--list-images', 'show the images that are needed, one a line')
    .option('--watch', 'run again what a changed file touches')
    .option('--update', 'write what `prints` shows into the scenario files, then run')
    .option('--output <folder>', 'write traces and report.json there')
    .option('--trace-dir <folder>', 'write traces there')
    .addOption(listOption('--reporter <name[=file]>', `${reporterNames} (repeatable)`, 'list'));
  addConfig(addBackendFlags(addBackendChoice(command))).action(async (paths: readonly string[], flags: RunFlags) => {
    const { run } = await import('./commands/run.ts');
    process.exitCode = await run(paths, flags);
  });
}
