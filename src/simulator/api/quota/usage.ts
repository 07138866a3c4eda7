// What an object takes from a quota. Follows the evaluators of pkg/quota/v1/evaluator/core.

import { specOf, statusOf } from '../strategies/members.ts';
import { addAmounts, countOf, readAmounts } from './amounts.ts';
import type { Kind } from '../../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Quantity } from '../../../kubernetes/quantity.ts';
import type { Container, PodSpec, Resources } from '../shapes.ts';
import type { Amounts } from './amounts.ts';

/** Kinds whose number has a name of its own besides `count/<plural>`. */
const countedByName: ReadonlySet<string> = new Set([
  'configmaps',
  'persistentvolumeclaims',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
]);

/** The amounts that one object uses. */
export function usageOf(kind: Kind, object: KubernetesObject): Amounts {
  const usage = new Map<string, Quantity>([[countName(kind), countOf(1)]]);
  if (kind.group !== '') return usage;
  if (countedByName.has(kind.plural)) usage.set(kind.plural, countOf(1));
  if (kind.plural === 'pods') addAmounts(usage, podUsage(object));
  if (kind.plural === 'services') addAmounts(usage, serviceUsage(object));
  if (kind.plural === 'persistentvolumeclaims') addAmounts(usage, claimUsage(object));
  return usage;
}

/** `count/pods`, `count/jobs.batch`. */
export function countName({ plural, group }: Pick<Kind, 'plural' | 'group'>): string {
  return group === '' ? `count/${plural}` : `count/${plural}.${group}`;
}

/** Finished pods only count as objects. */
export function isEnded(object: KubernetesObject): boolean {
  const { phase } = statusOf<{ readonly phase?: string }>(object);
  return phase === 'Succeeded' || phase === 'Failed';
}

const podResources = ['cpu', 'memory', 'ephemeral-storage'];

function podUsage(object: KubernetesObject): Amounts {
  const usage = new Map<string, Quantity>();
  if (isEnded(object)) return usage;
  const spec = specOf<PodSpec>(object);
  usage.set('pods', countOf(1));
  for (const [resource, quantity] of podTotal(spec, 'requests')) {
    if (podResources.includes(resource)) usage.set(resource, quantity);
    // What else a node offers is counted by its request only (`requests.example.com/gpu`).
    usage.set(`requests.${resource}`, quantity);
  }
  for (const [resource, quantity] of podTotal(spec, 'limits')) {
    if (podResources.includes(resource)) usage.set(`limits.${resource}`, quantity);
  }
  return usage;
}

/** The most that a pod's containers ask for at one time; sidecars run beside everything after them. */
function podTotal({ containers = [], initContainers = [] }: PodSpec, member: keyof Resources): Amounts {
  const amountsOf = ({ resources }: Container): Amounts => readAmounts(resources?.[member]);
  const running = new Map<string, Quantity>();
  for (const container of containers) addAmounts(running, amountsOf(container));
  const sidecars = new Map<string, Quantity>();
  const peak = new Map<string, Quantity>();
  for (const container of initContainers) {
    const moment = new Map(sidecars);
    addAmounts(moment, amountsOf(container));
    if (container.restartPolicy === 'Always') {
      addAmounts(running, amountsOf(container));
      addAmounts(sidecars, amountsOf(container));
    }
    raise(peak, moment);
  }
  raise(running, peak);
  return running;
}

function raise(amounts: Map<string, Quantity>, floor: Amounts): void {
  for (const [resource, quantity] of floor) {
    const before = amounts.get(resource);
    if (before === undefined || before.nanos < quantity.nanos) amounts.set(resource, quantity);
  }
}

function serviceUsage(object: KubernetesObject): Amounts {
  const { type, ports = [] } = specOf<{ readonly type?: string; readonly ports?: readonly unknown[] }>(object);
  const balanced = type === 'LoadBalancer';
  return new Map([
    ['services.loadbalancers', countOf(balanced ? 1 : 0)],
    ['services.nodeports', countOf(balanced || type === 'NodePort' ? ports.length : 0)],
  ]);
}

function claimUsage(object: KubernetesObject): Amounts {
  const { resources, storageClassName = '' } = specOf<{
    readonly resources?: Resources;
    readonly storageClassName?: string;
  }>(object);
  const storage = readAmounts(resources?.requests).get('storage');
  const usage = new Map<string, Quantity>();
  if (storage !== undefined) usage.set('requests.storage', storage);
  if (storageClassName === '') return usage;
  const ofClass = `${storageClassName}.storageclass.storage.k8s.io/`;
  usage.set(`${ofClass}persistentvolumeclaims`, countOf(1));
  if (storage !== undefined) usage.set(`${ofClass}requests.storage`, storage);
  return usage;
}
