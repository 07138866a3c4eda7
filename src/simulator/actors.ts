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

/** Starts one actor. */
export type Actor = (stage: Stage) => void;

/** The actors of every simulated cluster. */
export const actors: readonly Actor[] = [
  controllers(({ plant, informer }) => [createGarbageCollector(plant, informer)]),
  controllers(({ plant }) => [createNamespaceController(plant)]),
  controllers(({ plant }) => [createServiceAccountsController(plant)]),
  controllers(({ plant }) => [createRootCertificatePublisher(plant)]),
  controllers(({ plant }) => [createStatefulSetController(plant)]),
  controllers(({ plant }) => [createReplicaSetController(plant)]),
  controllers(({ plant }) => [createDeploymentController(plant)]),
  controllers(({ plant }) => [createDaemonSetController(plant)]),
  controllers(({ plant }) => [
    createJobController(plant),
    createOrphanPodController(plant),
    createJobTtlController(plant),
  ]),
  controllers(({ plant }) => [createDisruptionController(plant), createStaleDisruptionController(plant)]),
  controllers(({ plant }) => createStorageControllers(plant)),
  controllers(({ plant }) => [createEndpointSliceController(plant)]),
  controllers(({ plant }) => [createEndpointsController(plant)]),
  controllers(({ plant }) => [createNodeLifecycleController(plant)]),
  ({ plant }) => startTaintEviction(plant),
  ({ plant }) => startPodGarbageCollection(plant),
  ({ plant }) => startScheduler(plant),
];

/** Controllers of kube-controller-manager, on its informer. */
function controllers(create: (stage: Stage) => readonly Controller[]): Actor {
  return (stage) => {
    for (const controller of create(stage)) startController(controller, stage.informer, stage.plant);
  };
}
