// The kubelets of all nodes: each sees only the pods of its node, found by name, never by looking through all pods.

import { follow } from '../follow.ts';
import { isFinished, podKind } from './pod.ts';
import { PodWorker } from './pod-worker.ts';
import type { Plant } from '../controllers/controller.ts';
import type { Change } from '../store/store.ts';
import type { Host } from './host.ts';
import type { Pod } from './pod.ts';

/** The kubelets of a simulation. */
export class Kubelets {
  readonly #hosts: ReadonlyMap<string, Host>;
  readonly #workers = new Map<string, PodWorker>();

  constructor(hosts: ReadonlyMap<string, Host>) {
    this.#hosts = hosts;
  }

  /** The worker of the pod with this uid; undefined before it is bound and after it is gone. */
  worker(uid: string): PodWorker | undefined {
    return this.#workers.get(uid);
  }

  /** Takes in one change of a pod. */
  observe(change: Change): void {
    const pod = change.object as Pod;
    const worker = this.#workers.get(pod.metadata.uid);
    if (change.type === 'DELETED') {
      this.#workers.delete(pod.metadata.uid);
      worker?.removed(pod);
    } else if (worker === undefined) {
      this.#begin(pod);
    } else {
      worker.notice(pod);
    }
  }

  #begin(pod: Pod): void {
    const { nodeName } = pod.spec;
    if (nodeName === undefined || isFinished(pod)) return;
    const host = this.#hosts.get(nodeName);
    // A pod bound to a name without a node waits: nobody looks after it (NODE-FAIL-07 b).
    if (host === undefined) return;
    const worker = new PodWorker(host, pod);
    this.#workers.set(pod.metadata.uid, worker);
    worker.start();
  }
}

/** Starts the kubelets of the nodes that `hosts` names. */
export function startKubelets(plant: Plant, hosts: ReadonlyMap<string, Host>): Kubelets {
  const kubelets = new Kubelets(hosts);
  follow(plant.api.store, podKind, (change) => kubelets.observe(change));
  return kubelets;
}
