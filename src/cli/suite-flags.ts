// The flags that say which scenarios run and how, shared by the commands that run them.

import { Option } from 'commander';
import { durationArgument, listOption, numberArgument, patternArgument, wholeArgument } from './arguments.ts';
import type { Command } from 'commander';
import type { SuiteFilter } from '../runner/plan-suite.ts';
import type { RunOptions } from '../runner/run-options.ts';

/** What the command line says of the scenarios. */
export interface SuiteFlags {
  readonly grep?: RegExp;
  readonly tag: readonly string[];
  readonly row?: number;
  readonly seed: number;
  readonly patience: number;
  /** Milliseconds. */
  readonly quiet: number;
  readonly nodes: number;
}

/** Adds the flags to a command. */
export function addSuiteFlags(command: Command): Command {
  return command
    .option('--grep <pattern>', 'only scenarios whose id or title matches (regular expression)', patternArgument)
    .addOption(listOption('--tag <tag>', 'only scenarios with one of these tags (repeatable)', 'all'))
    .option('--row <number>', 'only this row of the matrix, from 0', wholeArgument(0))
    .option('--seed <number>', 'seed of the simulator', wholeArgument(0), 1)
    .option('--patience <factor>', 'multiply every `within`', numberArgument, 1)
    .addOption(
      new Option('--quiet <duration>', 'how long nothing must happen until a cluster is quiet')
        .argParser(durationArgument)
        .default(5000, '5s'),
    )
    .option('--nodes <number>', 'number of nodes, where a scenario does not need more', wholeArgument(1), 1);
}

/** Which scenarios are wanted. */
export function suiteFilter({ grep, tag, row }: SuiteFlags): SuiteFilter {
  return {
    tags: tag,
    ...(grep === undefined ? {} : { grep }),
    ...(row === undefined ? {} : { row }),
  };
}

/** How they run. */
export function suiteOptions({
  seed,
  patience,
  quiet,
  nodes,
}: SuiteFlags): Pick<RunOptions, 'seed' | 'patience' | 'quietMs' | 'nodes'> {
  return { seed, patience, quietMs: quiet, nodes };
}
