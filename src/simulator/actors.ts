// Who acts in a cluster: controllers, scheduler, nodes. One line an actor; each is started once, in this order.

import { createDaemonSetController } from './controllers/daemonset/daemonset-controller.ts';
import { createDeploymentController } from './controllers/deployment/deployment-controller.ts';
import { createReplicaSetController } from './controllers/replicaset/replicaset-controller.ts';
import { createDisruptionController } from './controllers/disruption/disruption-controller.ts';
import { createStaleDisruptionController } from './controllers/disruption/stale-disruption.ts';
import { createGarbageCollector } from './controllers/garbage-collector.ts';
import {
  createJobController,
  createJobTtlController,
  createOrphanPodController,
} from './controllers/job/job-controller.ts';
import { createNamespaceController } from './controllers/namespace.ts';
import { createRootCertificatePublisher, createServiceAccountsController } from './controllers/namespace-defaults.ts';
import { createResourceQuotaController } from './controllers/resource-quota/resource-quota-controller.ts';
import { startController } from './controllers/runner.ts';
import { createStatefulSetController } from './controllers/statefulset/statefulset-controller.ts';
import { createEndpointsController } from './network/endpoints-controller.ts';
import { createEndpointSliceController } from './network/endpoint-slice-controller.ts';
import { createNodeLifecycleController } from './nodes/node-lifecycle.ts';
import { startPodGarbageCollection } from './nodes/pod-garbage.ts';
import { startTaintEviction } from './nodes/taint-eviction.ts';
import { startScheduler } from './scheduler/scheduler.ts';
import { createStorageControllers } from './volumes/controllers.ts';
import type { Controller, Plant } from './controllers/controller.ts';
import type { ProcessInformer } from './controllers/informer.ts';

/** What actors are started on. */
export interface Stage {
  readonly plant: Plant;
  /** The shared informer of kube-controller-manager. */
  readonly informer: ProcessInformer;
}

/** The names of the actors, for those who alter what one of them is started on. */
export type ActorName =
  | 'garbage-collector'
  | 'namespace'
  | 'service-accounts'
  | 'root-certificate'
  | 'statefulset'
  | 'replicaset'
  | 'deployment'
  | 'daemonset'
  | 'job'
  | 'disruption'
  | 'resource-quota'
  | 'storage'
  | 'endpoint-slice'
  | 'endpoints'
  | 'node-lifecycle'
  | 'taint-eviction'
  | 'pod-garbage'
  | 'scheduler'
  /** The kubelets of all nodes, which are started with their machines. */
  | 'kubelet';

/** One actor. */
export interface Actor {
  readonly name: ActorName;
  readonly start: (stage: Stage) => void;
}

/** The actors of every simulated cluster. */
export const actors: readonly Actor[] = [
  controllers('garbage-collector', ({ plant, informer }) => [createGarbageCollector(plant, informer)]),
  controllers('namespace', ({ plant }) => [createNamespaceController(plant)]),
  controllers('service-accounts', ({ plant }) => [createServiceAccountsController(plant)]),
  controllers('root-certificate', ({ plant }) => [createRootCertificatePublisher(plant)]),
  controllers('statefulset', ({ plant }) => [createStatefulSetController(plant)]),
  controllers('replicaset', ({ plant }) => [createReplicaSetController(plant)]),
  controllers('deployment', ({ plant }) => [createDeploymentController(plant)]),
  controllers('daemonset', ({ plant }) => [createDaemonSetController(plant)]),
  controllers('job', ({ plant }) => [
    createJobController(plant),
    createOrphanPodController(plant),
    createJobTtlController(plant),
  ]),
  controllers('disruption', ({ plant }) => [createDisruptionController(plant), createStaleDisruptionController(plant)]),
  controllers('resource-quota', ({ plant }) => [createResourceQuotaController(plant)]),
  controllers('storage', ({ plant }) => createStorageControllers(plant)),
  controllers('endpoint-slice', ({ plant }) => [createEndpointSliceController(plant)]),
  controllers('endpoints', ({ plant }) => [createEndpointsController(plant)]),
  controllers('node-lifecycle', ({ plant }) => [createNodeLifecycleController(plant)]),
  { name: 'taint-eviction', start: ({ plant }) => startTaintEviction(plant) },
  { name: 'pod-garbage', start: ({ plant }) => startPodGarbageCollection(plant) },
  { name: 'scheduler', start: ({ plant }) => startScheduler(plant) },
];

/** Controllers of kube-controller-manager, on its informer. */
function controllers(name: ActorName, create: (stage: Stage) => readonly Controller[]): Actor {
  return {
    name,
    start(stage) {
      for (const controller of create(stage)) startController(controller, stage.informer, stage.plant);
    },
  };
}
