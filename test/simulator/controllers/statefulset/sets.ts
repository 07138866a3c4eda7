// The StatefulSets of the recordings, and what happens to them in a control plane.

import { composeKindKey } from '../../../../src/kubernetes/kind.ts';
import { createStatefulSetController } from '../../../../src/simulator/controllers/statefulset/statefulset-controller.ts';
import { createControlPlane, must } from '../control-plane.ts';
import { drivePods } from '../pod-driver.ts';
import type { KubernetesObject, Manifest } from '../../../../src/kubernetes/object.ts';
import type { StatefulSet, StatefulSetSpec } from '../../../../src/simulator/controllers/statefulset/types.ts';
import type { ControlPlane } from '../control-plane.ts';
import type { PodDriver } from '../pod-driver.ts';

export const setKind = composeKindKey('apps', 'StatefulSet');
export const podKind = composeKindKey('', 'Pod');
export const claimKind = composeKindKey('', 'PersistentVolumeClaim');

/** The `web` set of the recordings. */
export function webSet(spec: Partial<Record<keyof StatefulSetSpec, unknown>> = {}): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'ns' },
    spec: {
      serviceName: 'nginx',
      replicas: 3,
      selector: { matchLabels: { app: 'nginx' } },
      template: {
        metadata: { labels: { app: 'nginx' } },
        spec: {
          terminationGracePeriodSeconds: 10,
          containers: [
            {
              name: 'nginx',
              image: 'nginx:1.24',
              ports: [{ containerPort: 80, name: 'web' }],
              volumeMounts: [{ name: 'www', mountPath: '/usr/share/nginx/html' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'www' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
      ...spec,
    },
  };
}

/** The `mongo` set of the recordings. */
export const mongoSet: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'mongo', namespace: 'ns' },
  spec: {
    serviceName: 'mongo',
    replicas: 3,
    selector: { matchLabels: { role: 'mongo', environment: 'test' } },
    template: {
      metadata: { labels: { role: 'mongo', environment: 'test' } },
      spec: {
        terminationGracePeriodSeconds: 10,
        containers: [
          {
            name: 'mongo',
            image: 'mongo:3.4',
            ports: [{ containerPort: 27_017 }],
            volumeMounts: [{ name: 'mongo-data', mountPath: '/data/db' }],
          },
          { name: 'mongo-sidecar', image: 'cvallance/mongo-k8s-sidecar', imagePullPolicy: 'IfNotPresent' },
        ],
      },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: 'mongo-data' },
        spec: {
          accessModes: ['ReadWriteMany'],
          storageClassName: '',
          resources: { requests: { storage: '100Mi' } },
        },
      },
    ],
  },
};

/** A control plane with a StatefulSet controller and pods that become ready. */
export interface SetWorld extends ControlPlane {
  readonly driver: PodDriver;
  /** The key of the set that was created first. */
  readonly key: string;
  set(): StatefulSet;
  pod(ordinal: number): KubernetesObject | undefined;
  /** Changes the set's spec and lets things settle. */
  change(change: (spec: StatefulSetSpec) => object): void;
  scale(replicas: number): void;
  setImage(image: string): void;
  deletePod(ordinal: number, gracePeriodSeconds?: number): void;
  eventMessages(): readonly string[];
}

/** Creates a set and lets it come up, until nothing moves or until it has so many ready replicas. */
export function setWorld(manifest: Manifest, seed = 1, readyReplicas?: number): SetWorld {
  const plane = createControlPlane((plant) => [createStatefulSetController(plant)], seed);
  const driver = drivePods(plane.plant);
  const { api } = plane.plant;
  const name = manifest.metadata?.name ?? '';
  const key = `ns/${name}`;
  plane.create(manifest);
  if (readyReplicas === undefined) plane.run();
  else while (readyReplicasOf(api.store.get(setKind, key)) < readyReplicas) plane.plant.clock.step(Infinity);
  const world: SetWorld = {
    ...plane,
    driver,
    key,
    set: () => api.store.get(setKind, key) as StatefulSet,
    pod: (ordinal) => api.store.get(podKind, `${key}-${ordinal}`),
    change(change) {
      must(
        api.update(setKind, key, (current) => {
          const { spec } = current as StatefulSet;
          return { ...current, spec: { ...spec, ...change(spec) } };
        }),
      );
      plane.run();
    },
    scale: (replicas) => world.change(() => ({ replicas })),
    setImage: (image) =>
      world.change(({ template }) => {
        const [first, ...others] = template.spec['containers'] as readonly object[];
        return { template: { ...template, spec: { ...template.spec, containers: [{ ...first, image }, ...others] } } };
      }),
    deletePod(ordinal, gracePeriodSeconds) {
      const options = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
      must(api.delete(podKind, `${key}-${ordinal}`, options));
      plane.run();
    },
    eventMessages: () =>
      plane.changes.filter(({ kind }) => kind === 'event').map(({ object }) => String(object['message'])),
  };
  return world;
}

function readyReplicasOf(set: KubernetesObject | undefined): number {
  return (set as StatefulSet | undefined)?.status?.readyReplicas ?? 0;
}
