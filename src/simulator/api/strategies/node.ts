// Node: registers with a taint until it is Ready (API-CREATE-10, NODE-01). A kubelet sends its first status with the object.

import { omitEmpty, withDefaults } from '../defaults/fields.ts';
import { specOf, statusOf, withSpec, withStatus } from './members.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { StrategyDefinition } from '../strategy.ts';

interface NodeSpec {
  readonly taints?: readonly { readonly key?: string; readonly effect?: string }[];
  readonly unschedulable?: boolean;
}

interface NodeStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

const notReady = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };
const zeros = new Set(['taints', 'unschedulable', 'podCIDRs', 'podCIDR', 'providerID']);

/** The rules of nodes. */
export const node: Omit<StrategyDefinition, 'kind'> = {
  subresources: ['status'],
  fieldLabels: new Map([['spec.unschedulable', (object) => String(specOf<NodeSpec>(object).unschedulable ?? false)]]),
  default: (object) => {
    const complete = withDefaults(object, { spec: {} });
    return withSpec(complete, omitEmpty(specOf(complete), zeros));
  },
  admit: (object) => ({ ok: true, value: taintUntilReady(object) }),
  prepareForCreate: (object) => withStatus(object, statusOf(object)),
  validate(object, errors) {
    const seen = new Set<string>();
    for (const [at, { key = '', effect = '' }] of (specOf<NodeSpec>(object).taints ?? []).entries()) {
      const path = `spec.taints[${at}]`;
      if (key === '') errors.required(`${path}.key`);
      if (effect === '') errors.required(`${path}.effect`);
      else errors.oneOf(`${path}.effect`, effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']);
      if (seen.has(`${key}:${effect}`)) errors.duplicate(path, { key, effect });
      seen.add(`${key}:${effect}`);
    }
  },
};

/** A node that is Ready in the very object that creates it comes from a cluster that was running before. */
function taintUntilReady(object: KubernetesObject): KubernetesObject {
  const { conditions = [] } = statusOf<NodeStatus>(object);
  if (conditions.some(({ type, status }) => type === 'Ready' && status === 'True')) return object;
  const spec = specOf<NodeSpec>(object);
  const present = spec.taints ?? [];
  if (present.some(({ key, effect }) => key === notReady.key && effect === notReady.effect)) return object;
  return withSpec(object, { ...spec, taints: [...present, notReady] });
}
