// The words of `setpiece report`.

import { listOption } from './arguments.ts';
import { reporterNames } from './reporter-table.ts';
import type { Command } from 'commander';

/** Adds `report` to the program. */
export function addReport(program: Command): void {
  const report = program.command('report').description('report runs that were kept with --reporter stream=FILE');
  report
    .command('merge')
    .description('join the runs of shards and backends into one report')
    .argument('<files...>', 'message streams')
    .addOption(listOption('--reporter <name[=file]>', `${reporterNames} (repeatable)`, 'list'))
    .action(async (files: readonly string[], flags: { readonly reporter: readonly string[] }) => {
      const { mergeReports } = await import('./commands/report.ts');
      process.exitCode = await mergeReports(files, flags);
    });
}
