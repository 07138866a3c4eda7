// `kubectl exec POD -- COMMAND`: as far as the simulator's shell and programs go. Time passes while the command sleeps.

import { BeyondUs, KubectlRefusal } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { containerOf, podOf } from './container.ts';
import { finish } from './finish.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';

/** Runs a command in a container. */
export function exec(call: KubectlCall): KubectlAnswer {
  const { flags, inner, words, namespace, session } = call;
  flags.allow('container', 'quiet', 'pod-running-timeout', 'stdin', 'tty');
  if (call.files.length > 0) throw new BeyondUs('`kubectl exec -f` needs the real kubectl');
  if (inner.length === 0 && words.length > 1) {
    throw new KubectlRefusal(
      'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\n' +
        "See 'kubectl exec -h' for help and examples",
    );
  }
  if (inner.length === 0) throw new KubectlRefusal('you must specify at least one command for the container');
  const printed = new Printed();
  const pod = podOf(call, printed);
  if (pod === undefined) return finish(printed);
  const container = containerOf(call, pod, printed);
  if (container === undefined) return finish(printed);
  const answer = session.simulator.exec({ namespace, pod: pod.metadata.name, container, command: inner });
  if (answer.kind === 'refused') {
    if (answer.status.code === 504) return { output: printed.text, code: undefined };
    // What a connection was refused with is told without the code.
    if (answer.status.code === 500) printed.fault({ text: answer.status.message ?? '' });
    else printed.refused(answer.status);
    return finish(printed);
  }
  const { stdout, stderr, exitCode } = answer;
  const said = printed.text + stdout + stderr;
  if (exitCode === 0) return { output: said, code: 0 };
  const line = said === '' || said.endsWith('\n') ? '' : '\n';
  return { output: `${said}${line}command terminated with exit code ${exitCode}\n`, code: exitCode };
}
