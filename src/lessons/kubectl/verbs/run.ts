// `kubectl run`: a pod made of flags. With `-it` and `--rm` it is a command that a reader wants to see the output of: the pod
// runs to its end, its log is the output, and it is deleted.

import { composeKindKey } from '../../../kubernetes/kind.ts';
import { BeyondUs, KubectlRefusal } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { createOne } from './create-of-flags.ts';
import { finish } from './finish.ts';
import { nameOnlyOf } from './name-only.ts';
import type { Json, Manifest } from '../../../kubernetes/object.ts';
import type { Pod } from '../../../simulator/kubelet/pod.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';

const pods = composeKindKey('', 'Pod');

/** Runs a pod. */
export async function run(call: KubectlCall): Promise<KubectlAnswer> {
  const { flags } = call;
  const flagsOfPods = ['image', 'restart', 'labels', 'env', 'port', 'command', 'image-pull-policy', 'output'];
  flags.allow(...flagsOfPods, 'rm', 'stdin', 'tty', 'attach', 'quiet', 'pod-running-timeout');
  const [name = ''] = call.words;
  if (name === '') throw new KubectlRefusal('NAME is required for run');
  flags.require('image');
  const attached = flags.on('stdin') || flags.on('attach');
  if (flags.on('rm') && !attached) {
    throw new KubectlRefusal('--rm should only be used for attached containers');
  }
  const manifest = podOf(name, call);
  const printed = new Printed({ nameOnly: nameOnlyOf(flags) });
  const silent = new Printed();
  if (!createOne(manifest, call, attached ? silent : printed)) return finish(attached ? silent : printed);
  return attached ? runToEnd(name, call) : finish(printed);
}

const options = { kind: 'DeleteOptions', apiVersion: 'v1' };
const beyondTerminals =
  'the terminal of a new pod can be shown where its command ends by itself, the simulator knows it, and there is `--restart=Never`';

/** What an attached terminal would show: the log of the pod, which must come to its end. */
async function runToEnd(name: string, { session, namespace, flags }: KubectlCall): Promise<KubectlAnswer> {
  const address = { kind: pods, name, namespace };
  await session.settle();
  const pod = session.get(address) as Pod | undefined;
  const state = pod?.status.containerStatuses?.[0]?.state;
  const ended = state !== undefined && 'terminated' in state && pod?.spec.restartPolicy === 'Never';
  if (!ended) {
    // What is not shown did not happen.
    session.send(address, { verb: 'delete', body: { ...options, gracePeriodSeconds: 0 } });
    await session.settle();
    throw new BeyondUs(beyondTerminals);
  }
  const entries = session.simulator.log({ uid: pod.metadata.uid, container: name, run: 'current' });
  const code = (state.terminated as { readonly exitCode?: number }).exitCode ?? 0;
  const told = entries.map(({ text }) => text).join('');
  const printed = new Printed();
  if (flags.on('rm')) {
    session.send(address, { verb: 'delete', body: options });
    await session.settle();
    printed.line(`pod "${name}" deleted`);
  }
  if (code !== 0) printed.line(`pod ${namespace}/${name} terminated (Error)`);
  return { output: told + printed.text, code };
}

function podOf(name: string, { flags, inner, words }: KubectlCall): Manifest {
  const restart = flags.last('restart') ?? 'Always';
  if (!/^(?:Always|OnFailure|Never)$/u.test(restart)) throw new KubectlRefusal(`invalid restart policy: ${restart}`);
  const rest = inner.length > 0 ? inner : words.slice(1);
  const port = flags.whole('port');
  const env = flags.all('env').map((pair): Json => {
    const equal = pair.indexOf('=');
    if (equal < 1) throw new KubectlRefusal(`invalid env: ${pair}`);
    return { name: pair.slice(0, equal), value: pair.slice(equal + 1) };
  });
  const labels = Object.fromEntries(
    flags.all('labels').flatMap((list) => list.split(',').map((pair) => pair.split('=', 2) as [string, string])),
  );
  const pull = flags.last('image-pull-policy');
  const container = {
    name,
    image: flags.last('image') ?? '',
    ...(env.length === 0 ? {} : { env }),
    ...(port === undefined ? {} : { ports: [{ containerPort: port }] }),
    ...(pull === undefined ? {} : { imagePullPolicy: pull }),
    ...(rest.length === 0 ? {} : { [flags.on('command') ? 'command' : 'args']: rest }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: flags.has('labels') ? labels : { run: name } },
    spec: { containers: [container], restartPolicy: restart, dnsPolicy: 'ClusterFirst' },
  };
}
