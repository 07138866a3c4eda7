// Keeps the old Endpoints object beside each Service with a selector (EP). It differs from the slices in dropping pods as soon
// as they are being deleted.

import { composeKindKey } from '../../kubernetes/kind.ts';
import { matchesLabels } from '../../kubernetes/selector.ts';
import { podCondition, podKind } from '../kubelet/pod.ts';
import { nodeKind } from '../nodes/node.ts';
import { same } from '../store/same.ts';
import { changesEndpoint, contributionOf } from './endpoint.ts';
import { EndpointSubsets } from './endpoint-subsets.ts';
import { isHeadless, serviceKind } from './service.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Result } from '../api/server.ts';
import type { Controller, Informer, Pass, PassOutcome, Plant, WorkQueue } from '../controllers/controller.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { Node } from '../nodes/node.ts';
import type { Change, ObjectKey } from '../store/store.ts';
import type { Service } from './service.ts';

const done: PassOutcome = { kind: 'done' };
const endpointsKind = composeKindKey('', 'Endpoints');
const managedByLabel = 'endpoints.kubernetes.io/managed-by';
const manager = 'endpoint-controller';
const triggerTime = 'endpoints.kubernetes.io/last-change-trigger-time';
const overCapacity = 'endpoints.kubernetes.io/over-capacity';

/** Creates the controller. */
export function createEndpointsController(plant: Plant): Controller {
  return new EndpointsController(plant);
}

/** What is known of a Service between two passes. */
interface Tracked {
  /** The Service for which the addresses were put together. */
  spec: Service['spec'] | undefined;
  subsets: EndpointSubsets;
  readonly dirty: Set<ObjectKey>;
}

class EndpointsController implements Controller {
  readonly name = 'endpoints-controller';
  readonly workers = 5;
  readonly #plant: Plant;
  readonly #tracked = new Map<ObjectKey, Tracked>();
  #informer: Informer | undefined;

  constructor(plant: Plant) {
    this.#plant = plant;
  }

  start(informer: Informer, queue: WorkQueue): void {
    this.#informer = informer;
    informer.on(serviceKind, ({ type, key }) => {
      if (type === 'DELETED') this.#tracked.delete(key);
      queue.enqueue(key);
    });
    informer.on(podKind, (change) => this.#observePod(change, queue));
    // What somebody else deleted is there again soon.
    informer.on(endpointsKind, ({ type, key }) => {
      if (type === 'DELETED' && this.#tracked.has(key)) queue.enqueue(key);
    });
  }

  *reconcile(key: ObjectKey): Pass {
    const informer = this.#informer;
    const service = informer?.get(serviceKind, key) as Service | undefined;
    const { api } = this.#plant;
    if (informer === undefined || service === undefined) {
      const left = api.store.get(endpointsKind, key);
      if (left?.metadata.labels?.[managedByLabel] === manager) yield () => api.delete(endpointsKind, key);
      return done;
    }
    const { selector, type } = service.spec;
    if (selector === undefined || type === 'ExternalName') return done;
    const trigger = this.#update(informer, service, this.#track(key));
    const wanted = composeEndpoints(service, this.#track(key).subsets, trigger);
    const current = informer.get(endpointsKind, key);
    if (current !== undefined && saysTheSame(current, wanted)) return done;
    const written: Result = yield () =>
      api.store.get(endpointsKind, key) === undefined
        ? api.create(wanted, { manager })
        : api.update(endpointsKind, key, (stored) => withContent(stored, wanted), { manager });
    if (written.ok) return done;
    // Nothing is created in a namespace that goes away.
    if (written.status.code === 403 || written.status.code === 404) return done;
    return { kind: 'error', message: written.status.message ?? 'the Endpoints could not be written' };
  }

  #observePod({ type, object, key, old }: Change, queue: WorkQueue): void {
    const pod = object as Pod;
    if (type === 'MODIFIED' && !changesEndpoint(pod, old as Pod | undefined)) return;
    const { namespace = '' } = pod.metadata;
    for (const [serviceKey, service] of this.#informer?.by(serviceKind, 'namespace', namespace) ?? []) {
      const selected =
        selects(service as Service, pod) || (old !== undefined && selects(service as Service, old as Pod));
      if (!selected) continue;
      this.#track(serviceKey).dirty.add(key);
      queue.enqueue(serviceKey);
    }
  }

  #track(key: ObjectKey): Tracked {
    let tracked = this.#tracked.get(key);
    if (tracked === undefined) {
      this.#tracked.set(key, (tracked = { spec: undefined, subsets: new EndpointSubsets(), dirty: new Set() }));
    }
    return tracked;
  }

  /** Brings the addresses up to date; the answer is the time of the last change that is told. */
  #update(informer: Informer, service: Service, tracked: Tracked): string {
    const pods = new Set(tracked.dirty);
    tracked.dirty.clear();
    if (tracked.spec !== service.spec) {
      tracked.spec = service.spec;
      tracked.subsets = new EndpointSubsets();
      for (const [key] of informer.by(podKind, 'namespace', service.metadata.namespace ?? '')) pods.add(key);
    }
    let trigger = service.metadata.creationTimestamp;
    for (const key of pods) {
      const pod = informer.get(podKind, key) as Pod | undefined;
      tracked.subsets.update(key, pod && this.#contribution(informer, service, pod));
      const since = pod && podCondition(pod, 'Ready')?.lastTransitionTime;
      if (since !== undefined && since > trigger) trigger = since;
    }
    return trigger;
  }

  #contribution(informer: Informer, service: Service, pod: Pod): ReturnType<typeof contributionOf> {
    if (!selects(service, pod)) return undefined;
    const gone = pod.metadata.deletionTimestamp !== undefined && service.spec.publishNotReadyAddresses !== true;
    const node = informer.get(nodeKind, pod.spec.nodeName ?? '') as Node | undefined;
    return gone ? undefined : contributionOf(service, pod, node);
  }
}

interface Endpoints extends KubernetesObject {
  readonly subsets?: ReturnType<EndpointSubsets['compose']>['subsets'];
}

type Wanted = Pick<Endpoints, 'apiVersion' | 'kind' | 'subsets'> & {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
};

function composeEndpoints(service: Service, addresses: EndpointSubsets, trigger: string): Wanted {
  const { name, namespace = '', labels } = service.metadata;
  const { subsets, truncated } = addresses.compose();
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name,
      namespace,
      labels: {
        ...labels,
        [managedByLabel]: manager,
        ...(isHeadless(service) && { 'service.kubernetes.io/headless': '' }),
      },
      annotations: { [triggerTime]: trigger, ...(truncated && { [overCapacity]: 'truncated' }) },
    },
    ...(subsets.length > 0 && { subsets }),
  };
}

/** The time of the last change alone is no reason to write. */
function saysTheSame({ metadata, ...current }: KubernetesObject, wanted: Wanted): boolean {
  const { labels, annotations } = wanted.metadata;
  return (
    same(metadata.labels, labels) &&
    metadata.annotations?.[overCapacity] === annotations[overCapacity] &&
    same((current as Partial<Endpoints>).subsets, wanted.subsets)
  );
}

function withContent(stored: KubernetesObject, { metadata, subsets }: Wanted): KubernetesObject {
  const { subsets: _, ...rest } = stored as Endpoints;
  const { [triggerTime]: __, [overCapacity]: ___, ...others } = stored.metadata.annotations ?? {};
  const annotations = { ...others, ...metadata.annotations };
  const next = { ...rest, metadata: { ...stored.metadata, labels: metadata.labels, annotations } };
  return subsets === undefined ? next : { ...next, subsets };
}

function selects({ spec }: Service, pod: Pod): boolean {
  return spec.selector !== undefined && matchesLabels({ matchLabels: spec.selector }, pod.metadata.labels);
}
