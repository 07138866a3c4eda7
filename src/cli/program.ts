// The commands and their options. Each command's code is loaded when it is called, so that a cold start stays near node's.

import { Command, Option } from 'commander';
import { version } from '../runner/version.ts';
import { addCtl } from './add-ctl.ts';
import { durationArgument, numberArgument, patternArgument, repeatable, wholeArgument } from './arguments.ts';
import { standardError, standardOutput } from './streams.ts';
import type { RunFlags } from './commands/run.ts';
import type { ServeFlags } from './commands/serve.ts';

/** The whole command line. Errors of usage are thrown as `CommanderError`. */
export function createProgram(): Command {
  const program = new Command('setpiece')
    .description('Rehearses stateful Kubernetes workloads: scenarios in YAML, judged on the trace of watch events.')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => standardOutput.write(text),
      writeErr: (text) => standardError.write(text),
      getOutHelpWidth: () => Math.min(standardOutput.columns, 120),
      getErrHelpWidth: () => Math.min(standardError.columns, 120),
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 pass, 1 an expectation failed, 2 invalid scenario, trace or usage, 3 environment,\n            4 inconclusive (or vacuous with --strict), 70 a bug of setpiece, 130 interrupted',
    );
  addRun(program);
  addCheck(program);
  addLint(program);
  addManual(program);
  addServe(program);
  addCtl(program);
  return program;
}

function addRun(program: Command): void {
  program
    .command('run')
    .description('run scenarios and judge them')
    .argument('[paths...]', 'scenario files, or folders with *.scenario.yaml', ['.'])
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
    .option('--nodes <number>', 'number of nodes, where a scenario does not need more', wholeArgument(1), 1)
    .option('--workers <number>', 'scenarios that run at the same time', wholeArgument(1), 1)
    .option('--max-failures <number>', 'stop after so many scenarios that did not pass', wholeArgument(1))
    .option('--bail', 'stop after the first scenario that did not pass')
    .option('--strict', 'a vacuous pass makes exit code 4')
    .option('--output <folder>', 'write traces and report.json there')
    .option('--trace-dir <folder>', 'write traces there')
    .addOption(listOption('--reporter <name[=file]>', 'list, line or json (repeatable)', 'list'))
    .addOption(new Option('--backend <name>', 'where scenarios run').choices(['simulator']).default('simulator'))
    .action(async (paths: readonly string[], flags: RunFlags) => {
      const { run } = await import('./commands/run.ts');
      process.exitCode = await run(paths, flags);
    });
}

function listOption(flags: string, description: string, shownDefault: string): Option {
  return new Option(flags, description).argParser(repeatable).default([], shownDefault);
}

function addCheck(program: Command): void {
  program
    .command('check')
    .description('judge a recorded trace by a scenario, offline')
    .argument('<trace>', 'trace file, as `run --output` writes it')
    .argument('<scenario>', 'scenario file')
    .option('--strict', 'a vacuous pass makes exit code 4')
    .addOption(listOption('--reporter <name[=file]>', 'list, line or json (repeatable)', 'list'))
    .action(async (trace: string, scenario: string, flags: { strict?: true; reporter: readonly string[] }) => {
      const { check } = await import('./commands/check.ts');
      process.exitCode = await check({ trace, scenario }, flags);
    });
}

function addLint(program: Command): void {
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

function addManual(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of scenario files')
    .action(async () => {
      const { schema } = await import('./commands/schema.ts');
      process.exitCode = await schema();
    });
  program
    .command('explain')
    .description('explain a verb, a word, a state, a problem code, capabilities, …')
    .argument('[topic]', 'without one, the topics are listed')
    .action(async (topic: string | undefined) => {
      const { explain } = await import('./commands/explain.ts');
      process.exitCode = await explain(topic);
    });
  program
    .command('init')
    .description('write a first scenario and its manifest, which pass')
    .argument('[folder]', 'where to', 'scenarios')
    .action(async (folder: string) => {
      const { init } = await import('./commands/init.ts');
      process.exitCode = await init(folder);
    });
}

function addServe(program: Command): void {
  program
    .command('serve')
    .description('serve a simulated cluster to kubectl and other clients, on loopback')
    .option('--port <number>', 'where to listen; 0 takes any free port', wholeArgument(0), 8001)
    .option('--nodes <number>', 'number of nodes', wholeArgument(1), 3)
    .option('--seed <number>', 'seed of the simulator', wholeArgument(0), 1)
    .option('--speed <factor>', 'how fast time goes: 1x, 10x, …, or max', '1x')
    .option('--kubeconfig <file>', 'where to write the kubeconfig', 'setpiece.kubeconfig')
    .option('--tls', 'https with a certificate and a token of its own making, which the kubeconfig holds')
    .addOption(
      new Option('--start <when>', 'what the clock shows at first: the epoch, the same in every run, or now')
        .choices(['epoch', 'now'])
        .default('epoch'),
    )
    .action(async (flags: ServeFlags) => {
      const { serve } = await import('./commands/serve.ts');
      process.exitCode = await serve(flags);
    });
}
