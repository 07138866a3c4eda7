// A control plane of only the controllers that a test names: what the whole simulator does besides would be in the way.

import { composeKindKey, type KindKey } from '../../../src/kubernetes/kind.ts';
import { createApiServer } from '../../../src/simulator/api/create-server.ts';
import { createClock } from '../../../src/simulator/clock.ts';
import { createEventRecorder } from '../../../src/simulator/controllers/events.ts';
import { createInformer, type ProcessInformer } from '../../../src/simulator/controllers/informer.ts';
import { startController } from '../../../src/simulator/controllers/runner.ts';
import { defaultProfile } from '../../../src/simulator/profile.ts';
import { createRandom } from '../../../src/simulator/random.ts';
import { createStore, type Change } from '../../../src/simulator/store/store.ts';
import type { KubernetesObject, Manifest } from '../../../src/kubernetes/object.ts';
import type { Result } from '../../../src/simulator/api/server.ts';
import type { Controller, Plant } from '../../../src/simulator/controllers/controller.ts';

export const second = 1_000_000;

/** What a test holds of its control plane. */
export interface ControlPlane {
  readonly plant: Plant;
  /** Every change so far. */
  readonly changes: readonly Change[];
  /** `ADDED pod/web-0`, in order, of the kinds asked for; of all without any. */
  seen(...kinds: readonly string[]): readonly string[];
  /** Runs until nothing is under way, or for so many microseconds. */
  run(time?: number): void;
  get(kind: string, name: string, namespace?: string): KubernetesObject | undefined;
  create(object: Manifest): KubernetesObject;
}

/** Creates a control plane with the namespace `ns`. */
export function createControlPlane(
  create: (plant: Plant, informer: ProcessInformer) => readonly Controller[],
  seed = 1,
): ControlPlane {
  const clock = createClock();
  const random = createRandom(seed);
  const profile = defaultProfile;
  const store = createStore({ clock, freeze: true });
  const api = createApiServer({ store, clock, random });
  const events = createEventRecorder({ clock, random, api, profile });
  const plant: Plant = { clock, random, api, profile, events };
  const lag = profile.latencies.informerLag;
  const informer = createInformer({ clock, random, store, lag, process: 'kube-controller-manager' });
  const changes: Change[] = [];
  must(api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ns' } }));
  store.subscribe(undefined, (change) => changes.push(change));
  for (const controller of create(plant, informer)) startController(controller, informer, plant);
  return {
    plant,
    changes,
    seen: (...kinds) =>
      changes
        .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
        .map(({ type, kind, object }) => `${type} ${kind}/${object.metadata.name}`),
    run(time) {
      if (time === undefined) while (clock.step(Infinity));
      else clock.advanceTo(clock.now + time);
    },
    get: (kind, name, namespace = 'ns') => store.get(kindKeyOf(kind), namespace === '' ? name : `${namespace}/${name}`),
    create: (object) => must(api.create(object)),
  };
}

/** `configmap` or `statefulset.apps`. */
export function kindKeyOf(text: string): KindKey {
  const dot = text.indexOf('.');
  return dot < 0 ? composeKindKey('', text) : composeKindKey(text.slice(dot + 1), text.slice(0, dot));
}

/** The answer, which must not be a refusal. */
export function must(result: Result): KubernetesObject {
  if (!result.ok) throw new Error(`refused: ${result.status.message}`);
  return result.value;
}

/** A ConfigMap, the simplest thing that can own and be owned. */
export function configMap(name: string, ...owners: readonly Owner[]): Manifest {
  const ownerReferences = owners.map(({ object, block, uid }) => ({
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: object.metadata.name,
    uid: uid ?? object.metadata.uid,
    ...(block === undefined ? {} : { blockOwnerDeletion: block }),
  }));
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'ns', ...(owners.length === 0 ? {} : { ownerReferences }) },
  };
}

/** An owner of a ConfigMap. */
export interface Owner {
  readonly object: KubernetesObject;
  readonly block?: boolean;
  /** Another uid than the owner's. */
  readonly uid?: string;
}
