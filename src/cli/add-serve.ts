// The words of `setpiece serve`.

import { Option } from 'commander';
import { wholeArgument } from './arguments.ts';
import type { Command } from 'commander';
import type { ServeFlags } from './commands/serve.ts';

/** Adds `serve` to the program. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('serve a simulated cluster to kubectl and other clients')
    .option('--port <number>', 'where to listen; 0 takes any free port', wholeArgument(0), 8001)
    .option('--host <address>', 'the address to listen at; others than loopback need --tls', '127.0.0.1')
    .option('--nodes <number>', 'number of nodes', wholeArgument(1), 3)
    .option('--seed <number>', 'seed of the simulator', wholeArgument(0), 1)
    .option('--speed <factor>', 'how fast time goes: 1x, 10x, …, or max', '1x')
    .option('--kubeconfig <file>', 'where to write the kubeconfig', 'setpiece.kubeconfig')
    .option('--tls', 'https, for those who hold the credential that the kubeconfig has')
    .addOption(
      new Option('--credential <kind>', 'with --tls, what the kubeconfig holds; both are accepted')
        .choices(['token', 'certificate'])
        .default('token'),
    )
    .addOption(
      new Option(
        '--start <when>',
        'what the clock shows at first: the epoch, the same in every run, or now (default: now if time goes at 1x, else epoch)',
      ).choices(['epoch', 'now']),
    )
    .action(async (flags: ServeFlags) => {
      const { serve } = await import('./commands/serve.ts');
      process.exitCode = await serve(flags);
    });
}
