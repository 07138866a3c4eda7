// `kubectl drain`: cordons a node and evicts its pods (NODE-06). An eviction that a disruption budget refuses is tried again
// after five seconds, for as long as time passes.

import { composeKindKey } from '../../../kubernetes/kind.ts';
import { controllerOf } from '../../../kubernetes/object.ts';
import { BeyondUs } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { mark, nodesOf } from './cordon.ts';
import { finish } from './finish.ts';
import type { Pod } from '../../../simulator/kubelet/pod.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';
import type { FoundObject } from '../targets.ts';

const pods = composeKindKey('', 'Pod');
const retryMicros = 5_000_000;
/** A budget that holds for so long holds for ever. */
const attemptsMax = 120;

/** Empties nodes. */
export function drain(call: KubectlCall): KubectlAnswer {
  call.flags.allow(
    'delete-emptydir-data',
    'delete-local-data',
    'force',
    'grace-period',
    'ignore-daemonsets',
    'selector',
    'skip-wait-for-delete-timeout',
  );
  const printed = new Printed();
  for (const node of nodesOf(call, printed)) {
    mark(node, true, call, printed);
    if (!empty(node, call, printed)) return { output: printed.text, code: undefined };
    printed.done(node.kind, node.object.metadata.name, 'drained');
  }
  return finish(printed);
}

/** Answers whether the node came to be empty. */
function empty({ object }: FoundObject, call: KubectlCall, printed: Printed): boolean {
  const { session } = call;
  const { clock } = session.simulator;
  const onNode = [...session.simulator.store.by(pods, 'node', object.metadata.name).values()].map((pod) => pod as Pod);
  const leaving = chosen(onNode, call, printed);
  const isThere = ({ metadata }: Pod): boolean => session.get(addressOf(metadata))?.metadata.uid === metadata.uid;
  let open = leaving;
  for (const { metadata } of leaving) printed.line(`evicting pod ${metadata.namespace ?? ''}/${metadata.name}`);
  const gone = new Set<Pod>();
  for (let attempt = 0; gone.size < leaving.length; attempt += 1) {
    if (attempt > attemptsMax) return false;
    open = open.filter((pod) => !evict(pod, call, printed));
    const left = (): readonly Pod[] => leaving.filter((pod) => !gone.has(pod) && !isThere(pod));
    const until = clock.now + retryMicros;
    while (gone.size < leaving.length && session.simulator.until(() => left().length > 0, until) === 'done') {
      for (const pod of left()) {
        gone.add(pod);
        printed.line(`pod/${pod.metadata.name} evicted`);
      }
    }
    if (gone.size < leaving.length) clock.advanceTo(Math.max(clock.now, until));
  }
  return true;
}

function addressOf({ name, namespace = '' }: Pod['metadata']): { kind: typeof pods; name: string; namespace: string } {
  return { kind: pods, name, namespace };
}

/** Whether the eviction was taken; one that a budget refuses is tried again. */
function evict({ metadata }: Pod, { session, flags }: KubectlCall, printed: Printed): boolean {
  const { name, namespace = '' } = metadata;
  const grace = flags.whole('grace-period') ?? -1;
  const answer = session.send(addressOf(metadata), {
    verb: 'create',
    subresource: 'eviction',
    body: {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name, namespace },
      ...(grace < 0 ? {} : { deleteOptions: { gracePeriodSeconds: grace } }),
    },
  });
  if (answer.ok || answer.status.code === 404) return true;
  if (answer.status.code !== 429) throw new BeyondUs(`an eviction is refused: ${answer.status.message ?? ''}`);
  printed.line(
    `error when evicting pods/"${name}" -n "${namespace}" (will retry after 5s): ${answer.status.message ?? ''}`,
  );
  return false;
}

/** The pods that go. What `drain` would refuse to do is left to the real kubectl. */
function chosen(onNode: readonly Pod[], { flags }: KubectlCall, printed: Printed): readonly Pod[] {
  const ofDaemons = onNode.filter((pod) => controllerOf(pod)?.kind === 'DaemonSet');
  const others = onNode.filter((pod) => !ofDaemons.includes(pod) && !isMirror(pod));
  if (ofDaemons.length > 0) {
    if (!flags.on('ignore-daemonsets'))
      throw new BeyondUs('a drain that DaemonSets stand against needs the real kubectl');
    printed.warn([`ignoring DaemonSet-managed Pods: ${ofDaemons.map(fullName).join(', ')}`]);
  }
  const bare = others.filter((pod) => controllerOf(pod) === undefined);
  if (bare.length > 0) {
    if (!flags.on('force'))
      throw new BeyondUs('a drain that pods without a controller stand against needs the real kubectl');
    printed.warn([`deleting Pods that declare no controller: ${bare.map(fullName).join(', ')}`]);
  }
  const local = others.filter(({ spec }) => (spec.volumes ?? []).some((volume) => 'emptyDir' in volume));
  if (local.length > 0 && !flags.on('delete-emptydir-data') && !flags.on('delete-local-data')) {
    throw new BeyondUs('a drain that local data stands against needs the real kubectl');
  }
  return others.toSorted((a, b) => (fullName(a) < fullName(b) ? -1 : 1));
}

function isMirror({ metadata }: Pod): boolean {
  return metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;
}

function fullName({ metadata: { name, namespace = '' } }: Pod): string {
  return `${namespace}/${name}`;
}
