// Which pod and which container `kubectl exec` and `kubectl logs` mean.

import { shownKindOf } from '../../../kubernetes/kubectl/cluster-view.ts';
import { BeyondUs, KubectlRefusal } from '../own-errors.ts';
import type { Pod } from '../../../simulator/kubelet/pod.ts';
import type { KubectlCall } from '../call.ts';
import type { Printed } from '../printed.ts';

const defaultContainer = 'kubectl.kubernetes.io/default-container';

/** The pod of a command; undefined when it is not there, which is then told. */
export function podOf(call: KubectlCall, printed: Printed): Pod | undefined {
  const { words, session, namespace } = call;
  const [first = '', second] = words;
  if (first === '') throw new KubectlRefusal('pod, type/name or --filename must be specified');
  const [word, name] = first.includes('/') ? first.split('/', 2) : second === 'POD' ? ['pod', first] : ['pod', first];
  const kind = shownKindOf(word ?? '', session.view(namespace));
  if (kind === undefined) throw new KubectlRefusal(`the server doesn't have a resource type "${word}"`);
  if (kind.key !== 'pod')
    throw new BeyondUs(`a ${kind.kind} stands for one of its pods, which the real kubectl chooses`);
  const pod = session.get({ kind: kind.key, name: name ?? '', namespace });
  if (pod === undefined) {
    const status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      reason: 'NotFound',
      code: 404,
    } as const;
    const missing = `pods "${name}" not found`;
    if (call.verb === 'logs') {
      printed.fault({ text: `error from server (NotFound): ${missing} in namespace "${namespace}"` });
    } else printed.fault({ text: missing, status });
  }
  return pod as Pod | undefined;
}

/** The container of a command, chosen as kubectl chooses; it says so when there are several. */
export function containerOf(
  { flags, verb }: KubectlCall,
  { spec, metadata }: Pod,
  printed: Printed,
): string | undefined {
  const asked = flags.last('container');
  const names = [...spec.containers, ...(spec.initContainers ?? [])].map(({ name }) => name);
  if (asked !== undefined) {
    if (names.includes(asked)) return asked;
    const refused = `container ${asked} is not valid for pod ${metadata.name}`;
    if (verb === 'logs') throw new KubectlRefusal(refused);
    const status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      reason: 'BadRequest',
      code: 400,
    } as const;
    printed.fault({ text: refused, status });
    return undefined;
  }
  const annotated = metadata.annotations?.[defaultContainer];
  if (annotated !== undefined && names.includes(annotated)) return annotated;
  const [first = ''] = names;
  if (names.length > 1) {
    const list = [
      ...spec.containers.map(({ name }) => name),
      ...(spec.initContainers ?? []).map(({ name }) => `${name} (init)`),
    ];
    printed.line(`Defaulted container "${first}" out of: ${list.join(', ')}`);
  }
  return first;
}
