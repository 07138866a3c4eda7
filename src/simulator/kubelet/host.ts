// What the pods of one node share: its name and address, its images, its pod addresses, and whether it is alive.

import type { Plant } from '../controllers/controller.ts';
import type { AddressPool } from '../nodes/address-pool.ts';
import type { Pod } from './pod.ts';
import type { Disks } from './shell/disks.ts';

/** Faults that were put into pods, as the kubelet meets them. */
export interface PodFaults {
  /** The container's readiness is held back. */
  notReady(pod: Pod, container: string): boolean;
  /** The container's next run ends with an error; each call uses up one. */
  takeCrash(pod: Pod, container: string): boolean;
}

/** Which cut a node suffers: `off` freezes it with all its processes, `partitioned` only keeps it from the API server. */
export type NodeState = 'alive' | 'off' | 'partitioned';

/** One node as its kubelet and its pods see it. */
export class Host {
  readonly plant: Plant;
  readonly faults: PodFaults;
  readonly name: string;
  readonly ip: string;
  readonly addresses: AddressPool;
  /** Data that outlasts containers; the same for all nodes of a cluster. */
  readonly disks: Disks;
  /** Full names of the images that were pulled to this node. */
  readonly images = new Set<string>();
  #state: NodeState = 'alive';
  #deferred: (() => void)[] = [];

  constructor(options: {
    readonly plant: Plant;
    readonly faults: PodFaults;
    readonly name: string;
    readonly ip: string;
    readonly addresses: AddressPool;
    readonly disks: Disks;
  }) {
    this.plant = options.plant;
    this.faults = options.faults;
    this.name = options.name;
    this.ip = options.ip;
    this.addresses = options.addresses;
    this.disks = options.disks;
  }

  get state(): NodeState {
    return this.#state;
  }

  /** Runs a step of a process on this node; a node that is off runs it when it comes back. */
  local(run: () => void): void {
    if (this.#state === 'off') this.#deferred.push(run);
    else run();
  }

  /** Runs a step that needs the API server; a node that is cut off runs it when it comes back. */
  remote(run: () => void): void {
    if (this.#state === 'alive') run();
    else this.#deferred.push(run);
  }

  /** Cuts the node off, or brings it back: what was held up happens then, in its order. */
  become(state: NodeState): void {
    this.#state = state;
    const deferred = this.#deferred;
    this.#deferred = [];
    // Each step decides again whether it can be done now: a frozen node may come back still cut off.
    for (const run of deferred) this.remote(run);
  }
}
