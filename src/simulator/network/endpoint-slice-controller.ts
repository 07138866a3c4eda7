// Keeps the EndpointSlices of Services with a selector (EPS). A pod's change costs its own endpoint and the slice that
// holds it; only a change of the Service or of a slice by somebody else makes the controller look at all pods again.

import { matchesLabels } from '../../kubernetes/selector.ts';
import { podCondition, podKind } from '../kubelet/pod.ts';
import { nodeKind } from '../nodes/node.ts';
import { changesEndpoint, contributionOf, sameEndpoint } from './endpoint.ts';
import { isHeadless, serviceKind, serviceNameLabel, sliceKind } from './service.ts';
import { samePorts, SliceSet } from './slice-set.ts';
import type { Result } from '../api/server.ts';
import type { Call, Controller, Informer, Pass, PassOutcome, Plant, WorkQueue } from '../controllers/controller.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { Node } from '../nodes/node.ts';
import type { Change, ObjectKey } from '../store/store.ts';
import type { Contribution } from './endpoint.ts';
import type { EndpointSlice, Service } from './service.ts';
import type { SliceState } from './slice-set.ts';

const done: PassOutcome = { kind: 'done' };
const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
const manager = 'endpointslice-controller.k8s.io';
const triggerTime = 'endpoints.kubernetes.io/last-change-trigger-time';

/** Creates the controller. */
export function createEndpointSliceController(plant: Plant): Controller {
  return new EndpointSliceController(plant);
}

/** What is known of a Service between two passes. */
interface Tracked {
  /** Undefined when the slices have to be read again. */
  slices: SliceSet | undefined;
  readonly dirty: Set<ObjectKey>;
  /** When each pod's readiness last changed. */
  readonly readySince: Map<ObjectKey, string>;
  /** The Service's coming was told as the cause of a write. */
  told: boolean;
}

class EndpointSliceController implements Controller {
  readonly name = 'endpointslice-controller';
  readonly workers = 5;
  readonly #plant: Plant;
  readonly #tracked = new Map<ObjectKey, Tracked>();
  /** The order of our own newest write of each slice. */
  readonly #written = new Map<ObjectKey, number>();
  #informer: Informer | undefined;

  constructor(plant: Plant) {
    this.#plant = plant;
  }

  start(informer: Informer, queue: WorkQueue): void {
    this.#informer = informer;
    informer.on(serviceKind, ({ type, key }) => {
      if (type === 'DELETED') this.#tracked.delete(key);
      else this.#forget(key);
      queue.enqueue(key);
    });
    informer.on(podKind, (change) => this.#observePod(change, queue));
    informer.on(sliceKind, (change) => this.#observeSlice(change, queue));
    informer.on(nodeKind, ({ type, object, old }) => {
      const moved = zoneOf(object as Node) !== zoneOf(old as Node | undefined);
      if (type === 'MODIFIED' && !moved) return;
      for (const key of this.#tracked.keys()) {
        this.#forget(key);
        queue.enqueue(key);
      }
    });
  }

  *reconcile(key: ObjectKey): Pass {
    const informer = this.#informer;
    const service = informer?.get(serviceKind, key) as Service | undefined;
    if (informer === undefined || service === undefined) return done;
    const { selector, type } = service.spec;
    // Slices of a Service without selector are their author's (EPS-12).
    if (selector === undefined || type === 'ExternalName' || service.metadata.deletionTimestamp !== undefined)
      return done;
    const tracked = this.#track(key);
    const trigger = this.#update(informer, service, tracked);
    const { write, remove } = tracked.slices?.takeChanges() ?? { write: [], remove: [] };
    if (write.length + remove.length === 0) return done;
    const calls = [
      ...write.map((slice) => this.#write(service, slice, trigger)),
      ...remove.map((slice) => this.#remove(slice)),
    ];
    const results: readonly Result[] = yield calls;
    const refused = results.find((result) => !result.ok && result.status.code !== 404);
    if (refused === undefined || refused.ok) return done;
    this.#forget(key);
    return { kind: 'error', message: refused.status.message ?? 'a slice could not be written' };
  }

  #observePod({ type, object, key, old }: Change, queue: WorkQueue): void {
    const pod = object as Pod;
    if (type === 'MODIFIED' && !changesEndpoint(pod, old as Pod | undefined)) return;
    const { namespace = '' } = pod.metadata;
    for (const [serviceKey, service] of this.#informer?.by(serviceKind, 'namespace', namespace) ?? []) {
      if (!selects(service as Service, pod) && !(old !== undefined && selects(service as Service, old as Pod)))
        continue;
      this.#track(serviceKey).dirty.add(key);
      queue.enqueue(serviceKey);
    }
  }

  /** A slice that somebody else changed or deleted is put right again (EPS-REC-04). */
  #observeSlice({ type, object, key, order }: Change, queue: WorkQueue): void {
    if (!isOurs(object as EndpointSlice)) return;
    const written = this.#written.get(key) ?? 0;
    if (type === 'DELETED') this.#written.delete(key);
    if (order <= written) return;
    const service = `${object.metadata.namespace}/${object.metadata.labels?.[serviceNameLabel]}`;
    if (!this.#tracked.has(service)) return;
    this.#forget(service);
    queue.enqueue(service);
  }

  #track(key: ObjectKey): Tracked {
    let tracked = this.#tracked.get(key);
    if (tracked === undefined) {
      tracked = { slices: undefined, dirty: new Set(), readySince: new Map(), told: false };
      this.#tracked.set(key, tracked);
    }
    return tracked;
  }

  #forget(key: ObjectKey): void {
    this.#track(key).slices = undefined;
  }

  /** Brings the slices up to date; the answer is the time of the change that caused this pass, where it is known. */
  #update(informer: Informer, service: Service, tracked: Tracked): string | undefined {
    const pods = new Set(tracked.dirty);
    tracked.dirty.clear();
    let trigger: string | undefined;
    if (tracked.slices === undefined) {
      tracked.slices = this.#readSlices(service);
      tracked.slices.touchAll();
      for (const pod of tracked.slices.pods) pods.add(pod);
      for (const pod of podsOf(informer, service)) pods.add(pod);
      if (!tracked.told) trigger = service.metadata.creationTimestamp;
      tracked.told = true;
    }
    const added: (readonly [ObjectKey, Contribution])[] = [];
    for (const key of pods) {
      const pod = informer.get(podKind, key) as Pod | undefined;
      const contribution = pod && selects(service, pod) ? this.#contribution(informer, service, pod) : undefined;
      if (tracked.slices.update(key, contribution) && contribution !== undefined) added.push([key, contribution]);
      trigger = later(trigger, readyChange(tracked, key, pod));
    }
    for (const [key, contribution] of added) tracked.slices.place(key, contribution);
    return trigger;
  }

  #contribution(informer: Informer, service: Service, pod: Pod): Contribution | undefined {
    const node = informer.get(nodeKind, pod.spec.nodeName ?? '') as Node | undefined;
    const contribution = contributionOf(service, pod, node);
    if (node === undefined && pod.status.podIP !== undefined && contribution === undefined) {
      const { namespace, name } = service.metadata;
      const message =
        `Error updating Endpoint Slices for Service ${namespace}/${name}: ` +
        `skipping Pod ${pod.metadata.name} for Service ${namespace}/${name}: Node ${pod.spec.nodeName} Not Found`;
      const reason = 'FailedToUpdateEndpointSlices';
      this.#plant.events.record({
        component: 'endpoint-slice-controller',
        about: service,
        type: 'Warning',
        reason,
        message,
      });
    }
    return contribution;
  }

  #readSlices(service: Service): SliceSet {
    const { namespace, name } = service.metadata;
    const slices = this.#plant.api.store.by(sliceKind, 'label', `${namespace}/${serviceNameLabel}=${name}`);
    const ours = [...slices].filter(([, slice]) => isOurs(slice as EndpointSlice));
    return new SliceSet(ours as [ObjectKey, EndpointSlice][]);
  }

  #write(service: Service, slice: SliceState, trigger: string | undefined): Call {
    const { api } = this.#plant;
    const endpoints = slice.endpoints.size === 0 ? null : [...slice.endpoints.values()];
    const content = { endpoints, ports: endpoints === null ? null : slice.ports };
    const labels = labelsFor(service);
    const annotations = trigger === undefined ? undefined : { [triggerTime]: trigger };
    return () => {
      const result =
        slice.key === undefined
          ? api.create({ ...composeSlice(service, { labels, annotations }), ...content }, { manager })
          : api.update(sliceKind, slice.key, (stored) =>
              withContent(stored as EndpointSlice, content, { labels, annotations }),
            );
      if (result.ok) {
        const { namespace, name, resourceVersion } = result.value.metadata;
        slice.key = `${namespace}/${name}`;
        this.#written.set(slice.key, Number(resourceVersion));
      }
      return result;
    };
  }

  #remove({ key = '' }: SliceState): Call {
    return () => {
      this.#written.set(key, Number.POSITIVE_INFINITY);
      return this.#plant.api.delete(sliceKind, key);
    };
  }
}

interface Marks {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>> | undefined;
}

function composeSlice({ metadata }: Service, { labels, annotations }: Marks) {
  const { namespace = '', name, uid } = metadata;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels,
      ...(annotations !== undefined && { annotations }),
      ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name, uid, controller: true, blockOwnerDeletion: true }],
    },
    addressType: 'IPv4',
  };
}

function withContent(
  stored: EndpointSlice,
  content: Pick<EndpointSlice, 'endpoints' | 'ports'>,
  { labels, annotations }: Marks,
): EndpointSlice {
  if (samePlain(stored.metadata.labels, labels) && sameContent(stored, content)) return stored;
  // The time of the change is this controller's; what others annotated stays.
  const { [triggerTime]: _, ...others } = stored.metadata.annotations ?? {};
  const all = { ...others, ...annotations };
  const { annotations: __, ...metadata } = stored.metadata;
  const marked = Object.keys(all).length === 0 ? metadata : { ...metadata, annotations: all };
  return { ...stored, ...content, metadata: { ...marked, labels } };
}

function sameContent(stored: EndpointSlice, { endpoints, ports }: Pick<EndpointSlice, 'endpoints' | 'ports'>): boolean {
  const known = stored.endpoints ?? [];
  const wanted = endpoints ?? [];
  return (
    known.length === wanted.length &&
    wanted.every((endpoint, place) => sameEndpoint(endpoint, known[place] ?? endpoint)) &&
    samePorts(stored.ports, ports ?? [])
  );
}

function samePlain(a: Readonly<Record<string, string>> | undefined, b: Readonly<Record<string, string>>): boolean {
  const known = Object.entries(a ?? {});
  return known.length === Object.keys(b).length && known.every(([key, value]) => b[key] === value);
}

function labelsFor(service: Service): Readonly<Record<string, string>> {
  return {
    ...service.metadata.labels,
    [managedByLabel]: manager,
    [serviceNameLabel]: service.metadata.name,
    ...(isHeadless(service) && { 'service.kubernetes.io/headless': '' }),
  };
}

function isOurs({ metadata }: EndpointSlice): boolean {
  return metadata.labels?.[managedByLabel] === manager;
}

function selects({ spec }: Service, pod: Pod): boolean {
  return spec.selector !== undefined && matchesLabels({ matchLabels: spec.selector }, pod.metadata.labels);
}

function podsOf(informer: Informer, service: Service): readonly ObjectKey[] {
  const { namespace = '' } = service.metadata;
  const [pair] = Object.entries(service.spec.selector ?? {});
  const pods =
    pair === undefined
      ? informer.by(podKind, 'namespace', namespace)
      : informer.by(podKind, 'label', `${namespace}/${pair[0]}=${pair[1]}`);
  return [...pods.keys()];
}

/** When the pod's readiness changed, if that is news (EPS-REC-06). */
function readyChange({ readySince }: Tracked, key: ObjectKey, pod: Pod | undefined): string | undefined {
  const since = pod && podCondition(pod, 'Ready')?.lastTransitionTime;
  const known = readySince.get(key);
  if (since === undefined) readySince.delete(key);
  else readySince.set(key, since);
  return since === known ? undefined : since;
}

function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

function zoneOf(node: Node | undefined): string | undefined {
  return node?.metadata.labels?.['topology.kubernetes.io/zone'];
}
