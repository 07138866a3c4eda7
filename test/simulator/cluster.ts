// A whole simulated cluster for the tests of what acts in it: nothing is faked, objects are frozen.

import { createSimulator } from '../../src/simulator/simulator.ts';
import type { Manifest } from '../../src/kubernetes/object.ts';
import type { KindKey } from '../../src/kubernetes/kind.ts';
import type { SimulatorOptions, Simulator } from '../../src/simulator/simulator.ts';
import type { Change } from '../../src/simulator/store/store.ts';

export const second = 1_000_000;

/** A cluster with what is recorded of it since it was up. */
export interface TestCluster {
  readonly simulator: Simulator;
  readonly changes: readonly Change[];
  /** Creates an object in namespace default (or without one). */
  create(manifest: Manifest): void;
  /** Changes an object as a client would, through its main resource. */
  change(kind: string, name: string, change: (object: Loose) => object): void;
  remove(kind: string, name: string, options?: { readonly gracePeriodSeconds?: number }): void;
  /** Lets at most this many seconds pass; less if nothing is left to happen. */
  run(seconds?: number): void;
  /** Undefined when there is none. */
  get(kind: string, name: string): Loose;
  /** Changes of one object, or of all of a kind, since a mark (a length of `changes`). */
  of(kind: string, name?: string, since?: number): readonly Change[];
  /** `reason: message` of all Events about an object. */
  eventsAbout(name: string): readonly string[];
}

/** An object whose members are not known to the compiler: tests read what they expect. */
// eslint-disable-next-line typescript/no-explicit-any
export type Loose = any;

const clusterScoped = new Set(['PersistentVolume', 'StorageClass', 'PriorityClass', 'Node', 'Namespace']);

export function startCluster(options: Partial<SimulatorOptions> = {}): TestCluster {
  const simulator = createSimulator({ seed: 1, freeze: true, ...options });
  const changes: Change[] = [];
  simulator.subscribe((change) => changes.push(change));
  const keyOf = (kind: string, name: string): string =>
    ['persistentvolume', 'storageclass.storage.k8s.io', 'node'].includes(kind) ? name : `default/${name}`;
  const must = (result: { readonly ok: boolean; readonly status?: { readonly message?: string } }): void => {
    if (!result.ok) throw new Error(result.status?.message ?? 'refused');
  };
  return {
    simulator,
    changes,
    create(manifest) {
      const namespace = clusterScoped.has(manifest.kind) ? {} : { namespace: 'default' };
      must(simulator.api.create({ ...manifest, metadata: { ...namespace, ...manifest.metadata } }));
    },
    change(kind, name, change) {
      must(simulator.api.update(kind as KindKey, keyOf(kind, name), (stored) => change(stored) as typeof stored));
    },
    remove(kind, name, deletion) {
      must(simulator.api.delete(kind as KindKey, keyOf(kind, name), deletion));
    },
    run(seconds = 120) {
      simulator.until(() => false, simulator.clock.now + seconds * second);
    },
    get: (kind, name) => simulator.store.get(kind as KindKey, keyOf(kind, name)),
    of: (kind, name, since = 0) =>
      changes
        .slice(since)
        .filter(
          (change) => change.kind === kind && (name ?? change.object.metadata.name) === change.object.metadata.name,
        ),
    eventsAbout: (name) =>
      changes
        .filter(({ kind, type }) => kind === 'event' && type === 'ADDED')
        .map(({ object }) => object as Loose)
        .filter(({ involvedObject }) => involvedObject.name === name)
        .map(({ reason, message }) => `${reason}: ${message}`),
  };
}

/** A pod with one container `c`. */
export function podManifest(name: string, { container = {}, spec = {}, metadata = {} }: PodChoice = {}): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...metadata },
    spec: {
      terminationGracePeriodSeconds: 10,
      containers: [{ name: 'c', image: 'nginx:1.24', ...container }],
      ...spec,
    },
  };
}

export interface PodChoice {
  readonly container?: object;
  readonly spec?: object;
  readonly metadata?: object;
}

/** A pod's state in one line: `Running P+ I+ R+ C+ | running ready | gen 1/1`, with what else is set. */
export function podLine({ type, object }: Change): string {
  const { metadata, spec, status } = object as Loose;
  const word = (name: string): string => {
    const condition = status.conditions?.find((each: Loose) => each.type === name);
    return condition === undefined ? '' : condition.status === 'True' ? '+' : '-';
  };
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].map(
    (container: Loose) => {
      const [kind, state] = Object.entries<Loose>(container.state)[0] ?? [];
      const what = kind === 'running' ? 'running' : state?.reason;
      return `${what}${container.ready ? ' ready' : ''}${container.restartCount > 0 ? ` x${container.restartCount}` : ''}`;
    },
  );
  return [
    type === 'MODIFIED' ? '' : type,
    status.phase,
    spec.nodeName === undefined ? '' : 'bound',
    status.nominatedNodeName === undefined ? '' : 'nominated',
    `S${word('PodScheduled')} P${word('PodReadyToStartContainers')} I${word('Initialized')} R${word('Ready')} C${word('ContainersReady')}`,
    status.podIP === undefined ? '' : 'ip',
    containers.join(', '),
    metadata.deletionTimestamp === undefined ? '' : `grace ${metadata.deletionGracePeriodSeconds}`,
    `gen ${status.observedGeneration ?? '-'}/${metadata.generation}`,
  ]
    .filter((part) => part !== '')
    .join(' | ');
}
