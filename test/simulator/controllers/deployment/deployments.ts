// Deployments in a control plane of their two controllers and pods that become ready.

import { composeKindKey } from '../../../../src/kubernetes/kind.ts';
import { createDeploymentController } from '../../../../src/simulator/controllers/deployment/deployment-controller.ts';
import { createReplicaSetController } from '../../../../src/simulator/controllers/replicaset/replicaset-controller.ts';
import { createControlPlane, must } from '../control-plane.ts';
import { drivePods } from '../pod-driver.ts';
import type { Deployment, ReplicaSet } from '../../../../src/simulator/controllers/deployment/types.ts';
import type { Manifest } from '../../../../src/kubernetes/object.ts';
import type { ControlPlane } from '../control-plane.ts';
import type { PodDriver } from '../pod-driver.ts';

export const deploymentKind = composeKindKey('apps', 'Deployment');
export const replicaSetKind = composeKindKey('apps', 'ReplicaSet');
export const podKind = composeKindKey('', 'Pod');

/** The `mynginx` Deployment of the recording. */
export function mynginx(spec: Partial<Record<keyof Deployment['spec'], unknown>> = {}): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'mynginx', namespace: 'ns' },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'mynginx' } },
      template: {
        metadata: { labels: { app: 'mynginx' } },
        spec: { terminationGracePeriodSeconds: 5, containers: [{ name: 'nginx', image: 'nginx:1.24' }] },
      },
      ...spec,
    },
  };
}

/** A control plane with one Deployment. */
export interface DeploymentWorld extends ControlPlane {
  readonly driver: PodDriver;
  deployment(): Deployment;
  /** By revision, oldest first. */
  replicaSets(): readonly ReplicaSet[];
  /** Changes the spec, and lets things settle unless told otherwise. */
  change(change: (spec: Deployment['spec']) => object, settle?: boolean): void;
  setImage(image: string): void;
  /** `old/new` sizes of the ReplicaSets whenever one changed, in the order in which they were created. */
  sizes(): readonly string[];
  messages(reason: string): readonly string[];
}

/** Creates a Deployment and lets it come up. */
export function deploymentWorld(manifest: Manifest, seed = 1): DeploymentWorld {
  const plane = createControlPlane(
    (plant) => [createDeploymentController(plant), createReplicaSetController(plant)],
    seed,
  );
  const driver = drivePods(plane.plant);
  const { api } = plane.plant;
  plane.create(manifest);
  plane.run();
  const world: DeploymentWorld = {
    ...plane,
    driver,
    deployment: () => api.store.get(deploymentKind, 'ns/mynginx') as Deployment,
    replicaSets: () =>
      ([...api.store.list(replicaSetKind).values()] as ReplicaSet[]).sort((a, b) => number(a) - number(b)),
    change(change, settle = true) {
      must(
        api.update(deploymentKind, 'ns/mynginx', (current) => {
          const { spec } = current as Deployment;
          return { ...current, spec: { ...spec, ...change(spec) } };
        }),
      );
      if (settle) plane.run();
    },
    setImage: (image) =>
      world.change(({ template }) => ({
        template: { ...template, spec: { ...template.spec, containers: [{ name: 'nginx', image }] } },
      })),
    sizes() {
      const sizes = new Map<string, number>();
      const lines: string[] = [];
      for (const { kind, object } of plane.changes) {
        if (kind !== replicaSetKind) continue;
        const { spec, metadata } = object as ReplicaSet;
        if (sizes.get(metadata.name) === spec.replicas) continue;
        sizes.set(metadata.name, spec.replicas);
        lines.push([...sizes.values()].join('/'));
      }
      return lines;
    },
    messages: (reason) =>
      plane.changes
        .filter(({ kind, object, type }) => kind === 'event' && type === 'ADDED' && object['reason'] === reason)
        .map(({ object }) => String(object['message'])),
  };
  return world;
}

function number({ metadata }: ReplicaSet): number {
  return Number(metadata.annotations?.['deployment.kubernetes.io/revision']);
}
