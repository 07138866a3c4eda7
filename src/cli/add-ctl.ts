// The words of `setpiece ctl` and what each wishes for.

import { durationArgument, wholeArgument } from './arguments.ts';
import type { Command } from 'commander';
import type { Answered, ControlFlags } from './commands/ctl.ts';
import type { ControlWish } from '../simulator/http/control-client.ts';

interface FaultFlags {
  readonly namespace?: string;
  readonly container?: string;
  readonly times?: number;
}

/** Adds `ctl` to the program. */
export function addCtl(program: Command): void {
  const command = program
    .command('ctl')
    .description('control the time and the faults of a cluster that `serve` serves')
    .option('--server <url>', 'where it is served, without a token')
    .option('--kubeconfig <file>', 'the kubeconfig that serve wrote (default: $KUBECONFIG, else setpiece.kubeconfig)');
  const wishFor = async (wish: ControlWish, show?: (answered: Answered) => string): Promise<void> => {
    const { ctl } = await import('./commands/ctl.ts');
    process.exitCode = await ctl(wish, command.opts<ControlFlags>(), show);
  };
  const word = (name: string, description: string): Command => command.command(name).description(description);
  word('time', 'show the clock').action(() => wishFor({ method: 'GET', path: 'time' }));
  word('pause', 'let time stand still').action(() => wishFor({ method: 'POST', path: 'time/pause' }));
  word('resume', 'let time go on').action(() => wishFor({ method: 'POST', path: 'time/resume' }));
  word('step', 'let the next thing happen that is under way, paused or not').action(() =>
    wishFor({ method: 'POST', path: 'time/step' }),
  );
  word('advance', 'let time pass as fast as it can, paused or not')
    .argument('<duration>', 'such as 30s', durationArgument)
    .action((ms: number) => wishFor({ method: 'POST', path: 'time/advance', body: { ms } }));
  word('speed', 'change how fast time goes')
    .argument('<factor>', '1x, 10x, …, or max')
    .action((speed: string) => wishFor({ method: 'POST', path: 'time/speed', body: { speed } }));
  word('faults', 'put a fault into pods or nodes, or take it out again')
    .argument('<how>', 'notReady, crash, stop, partitioned or recover')
    .argument('<targets...>', 'such as pod/web-0 or node/NAME')
    .option('-n, --namespace <name>', 'namespace of the pods', 'default')
    .option('--container <name>', 'container of the pods')
    .option('--times <number>', 'how often it crashes', wholeArgument(1))
    .action((how: string, targets: readonly string[], flags: FaultFlags) =>
      wishFor({ method: 'POST', path: 'faults', body: { how, targets, ...flags } }),
    );
  word('seed', 'show the seed').action(() => wishFor({ method: 'GET', path: 'time' }, ({ seed }) => `${seed}`));
  word('reset', 'begin anew: all objects go, watches end, time starts again')
    .option('--seed <number>', 'another seed (default: the same again)', wholeArgument(0))
    .action(({ seed }: { readonly seed?: number }) =>
      wishFor({ method: 'POST', path: 'reset', body: seed === undefined ? {} : { seed } }),
    );
  word('dump', 'print every object that there is, as a JSON list; it is no backup, nothing restores it').action(() =>
    wishFor({ method: 'GET', path: 'dump' }),
  );
  word('trace', 'print what happened since serve began, as JSON Lines').action(() =>
    wishFor({ method: 'GET', path: 'trace' }),
  );
}
