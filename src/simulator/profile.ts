// Latencies as distributions: what image pull, container start, scheduling and informer lag cost. The default profile is
// documented value by value; every draw is an integer number of microseconds from the stream of the one who waits.

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
  readonly sandbox: Latency;
  readonly imagePull: Latency;
  readonly containerStart: Latency;
  /** From the stop signal to the end of a container that obeys it. */
  readonly containerStop: Latency;
  /** From the last container's end to the removal of the pod's object. */
  readonly podRemoval: Latency;
  readonly volumeMount: Latency;
  readonly volumeBinding: Latency;
  readonly provisioning: Latency;
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
