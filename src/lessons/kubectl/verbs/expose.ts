// `kubectl expose`: a Service that selects what a workload selects.

import { KubectlRefusal } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { findTargets } from '../targets.ts';
import { createOne } from './create-of-flags.ts';
import { finish } from './finish.ts';
import { nameOnlyOf } from './name-only.ts';
import type { Json, KubernetesObject } from '../../../kubernetes/object.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';

const exposable: ReadonlySet<string> = new Set([
  'pod',
  'service',
  'deployment.apps',
  'replicaset.apps',
  'replicationcontroller',
]);

/** Makes a Service for an object. */
export function expose(call: KubectlCall): KubectlAnswer {
  const { flags } = call;
  flags.allow('port', 'target-port', 'name', 'type', 'cluster-ip', 'protocol', 'output');
  const printed = new Printed({ nameOnly: nameOnlyOf(flags) });
  for (const { kind, object } of findTargets(call, printed).found) {
    if (!exposable.has(kind.key)) {
      const group = kind.group === '' ? '' : `.${kind.group}`;
      printed.fault({ text: `cannot expose a ${kind.kind}${group}` });
      continue;
    }
    const name = flags.last('name') ?? object.metadata.name;
    const clusterIp = flags.last('cluster-ip');
    const manifest = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, ...(object.metadata.labels === undefined ? {} : { labels: object.metadata.labels }) },
      spec: {
        selector: selectorOf(object),
        ports: portsOf(object, call),
        ...(flags.has('type') ? { type: flags.last('type') ?? '' } : {}),
        ...(clusterIp === undefined ? {} : { clusterIP: clusterIp }),
      },
    };
    createOne(manifest, call, printed, 'exposed');
  }
  return finish(printed);
}

function selectorOf(object: KubernetesObject): Json {
  const spec = (object['spec'] ?? {}) as { readonly selector?: Json & { readonly matchLabels?: Json } };
  if (object.kind === 'Pod') {
    const { labels } = object.metadata;
    if (labels === undefined) throw new KubectlRefusal('the pod has no labels and cannot be exposed');
    return labels;
  }
  return spec.selector?.matchLabels ?? spec.selector ?? {};
}

interface Ported {
  readonly containers?: readonly { readonly ports?: readonly { readonly containerPort: number }[] }[];
}

function portsOf(object: KubernetesObject, { flags }: KubectlCall): Json {
  const target = flags.last('target-port');
  const targetOf = (port: number): Json =>
    target === undefined ? port : /^\d+$/u.test(target) ? Number(target) : target;
  const protocol = flags.last('protocol') ?? 'TCP';
  const asked = flags.whole('port');
  if (asked !== undefined) return [{ port: asked, protocol, targetPort: targetOf(asked) }];
  const spec = (object['spec'] ?? {}) as Ported & { readonly template?: { readonly spec?: Ported } };
  const declared = (spec.containers ?? spec.template?.spec?.containers ?? []).flatMap(({ ports = [] }) => ports);
  if (declared.length === 0) {
    throw new KubectlRefusal(
      "couldn't find port via --port flag or introspection\nSee 'kubectl expose -h' for help and examples",
    );
  }
  return declared.map(({ containerPort }, at): Json => {
    const entry = { port: containerPort, protocol, targetPort: targetOf(containerPort) };
    return declared.length > 1 ? Object.assign(entry, { name: `port-${at + 1}` }) : entry;
  });
}
