// Latencies as distributions: what image pull, container start, scheduling and informer lag cost. Every draw is an integer
// number of microseconds from the stream of the one who waits. The default profile is an idle kind cluster of Kubernetes
// v1.36.2 whose images are on the node: its bounds are about the 10th and 90th percentile of what was recorded there (POD-NEW-01).

import type { Micros } from './clock.ts';
import type { Random } from './random.ts';

/** A distribution over integer microseconds: evenly spread between two bounds, both inclusive. */
export interface Latency {
  readonly low: Micros;
  readonly high: Micros;
}

/** The waits that a profile sets. */
export interface Latencies {
  /** An API call of a controller, from sending to answer. */
  readonly apiCall: Latency;
  /** A watch event on its way to an informer's cache. */
  readonly informerLag: Latency;
  /** From a pod without a node in the scheduler's cache to its binding. */
  readonly scheduling: Latency;
  /** From the binding to the kubelet's first status. */
  readonly kubeletAdmission: Latency;
  /** From mounted volumes to a sandbox with an address (PodReadyToStartContainers). */
  readonly sandbox: Latency;
  /** Of an image that the node does not hold yet. Zero: every node holds every image that exists. */
  readonly imagePull: Latency;
  /** Of one container, from the sandbox or the container before it to the status that shows it running. */
  readonly containerStart: Latency;
  /** From the stop signal to the end of a container that obeys it. */
  readonly containerStop: Latency;
  /** From the last container's end to the removal of the pod's object. */
  readonly podRemoval: Latency;
  /** From the kubelet's first status to mounted volumes, once they are bound. */
  readonly volumeMount: Latency;
  /** The pause between two looks of the scheduler at the claims of a pod that it holds back until they are bound (POD-NEW-05). */
  readonly volumeBinding: Latency;
  /** Work of the provisioner on one claim, up to the volume's object (VB-03). */
  readonly provisioning: Latency;
  /** From the event that shows a dependent without owner to the collector's look at it (API-GC-15). */
  readonly garbageCollection: Latency;
}

/** A named set of latencies. */
export interface Profile {
  readonly name: string;
  readonly latencies: Latencies;
}

/** Draws one wait. */
export function draw(latency: Latency, random: Random): Micros {
  return random.integer(latency.low, latency.high);
}

/** The profile of a run that names none. */
export const defaultProfile: Profile = {
  name: 'kind',
  latencies: {
    // Consecutive writes of one controller were recorded 3 to 13 ms apart.
    apiCall: { low: 2_000, high: 10_000 },
    // From a pod's Ready to the claim of the next one: 11 ms, one API call included.
    informerLag: { low: 1_000, high: 6_000 },
    // Created to bound without unbound claims: 14 ms in the middle, 58 ms at most, with lag and the binding's own call.
    scheduling: { low: 3_000, high: 25_000 },
    // 25 ms in the middle, 81 ms at the 90th percentile.
    kubeletAdmission: { low: 10_000, high: 80_000 },
    // First status to PodReadyToStartContainers: 438 to 656 ms, of which mounting is the smaller part.
    volumeMount: { low: 20_000, high: 90_000 },
    sandbox: { low: 400_000, high: 560_000 },
    // Every image is on the node, as it was there ("already present on machine").
    imagePull: { low: 0, high: 0 },
    // 94 to 293 ms for pods of one container.
    containerStart: { low: 90_000, high: 280_000 },
    // 144 to 497 ms for a process that exits on SIGTERM.
    containerStop: { low: 140_000, high: 490_000 },
    // 163 to 1,004 ms: volumes unmounted, the sandbox removed, the kubelet's next loop.
    podRemoval: { low: 160_000, high: 1_000_000 },
    // Nominated to bound: 952 to 1,194 ms wherever provisioning took less, which is one look a second.
    volumeBinding: { low: 940_000, high: 1_070_000 },
    // 217 to 466 ms from the claim's annotation to the volume.
    provisioning: { low: 210_000, high: 430_000 },
    // Less than 174 ms from the owner's DELETED to its pods' deletionTimestamp, lag and calls included.
    garbageCollection: { low: 5_000, high: 60_000 },
  },
};
