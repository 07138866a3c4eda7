// The cluster that a server serves now. A reset puts another one in its place: nothing of the old one goes on.

import { performance as wall } from 'node:perf_hooks';
import { createSimulator } from '../simulator.ts';
import { epochSeconds } from '../timestamp.ts';
import { Catalogue } from './catalogue.ts';
import { Pacer } from './pacer.ts';
import { TraceLog } from './trace-log.ts';
import { WatchHub } from './watch-hub.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import type { ServerParts } from './answer-resource.ts';
import type { Speed } from './pacer.ts';

/** What kind of cluster, and how its time goes. */
export interface ClusterOptions extends SimulatorOptions {
  readonly speed: Speed;
  /** The wall time at which the cluster comes up, milliseconds since 1970. Without one, the simulation's epoch. */
  readonly wallTimeMs?: number;
}

/** What requests are answered with, and the seed that the cluster has. */
export type ClusterParts = ServerParts & { readonly seed: number };

/** Changes that watches can resume from; upstream keeps some minutes of them. */
const historyDefault = 20_000;

/** A cluster and its successors. */
export class ServedCluster {
  readonly #options: ClusterOptions;
  #parts: ClusterParts;

  constructor(options: ClusterOptions) {
    this.#options = options;
    this.#parts = bringUp(options);
  }

  get parts(): ClusterParts {
    return this.#parts;
  }

  /** Begins anew, with another seed or the same: all objects go, watches end, time starts again. */
  reset(seed: number): void {
    const { speed, paused } = this.#parts.pacer;
    this.stop();
    const { wallTimeMs: asked, ...options } = this.#options;
    const start = asked === undefined ? {} : { wallTimeMs: wallMs() };
    this.#parts = bringUp({ ...options, ...start, seed, speed });
    if (paused) this.#parts.pacer.pause();
    else this.#parts.pacer.start();
  }

  /** Stops time and ends all watches. */
  stop(): void {
    const { pacer, trace, hub } = this.#parts;
    pacer.stop();
    trace.stop();
    hub.close();
  }
}

/** What the wall shows, milliseconds since 1970: certificates and clients go by it, nothing in the simulation does. */
export function wallMs(): number {
  return Math.floor(wall.timeOrigin + wall.now());
}

function bringUp({ speed, wallTimeMs, ...options }: ClusterOptions): ClusterParts {
  const simulator = simulatorAt(options, wallTimeMs);
  const hub = new WatchHub();
  const { clock } = simulator;
  const pacer = new Pacer({ clock, speed, afterSlice: () => hub.flush(), congested: () => hub.congested });
  const trace = new TraceLog(simulator.store);
  return { simulator, catalogue: new Catalogue(simulator.api), pacer, hub, trace, seed: options.seed };
}

/** More than a cluster needs to come up. */
const bootMicros = 15_000_000;

/** Clients count ages by the wall: a cluster that is to agree with it began to come up a moment ago. */
function simulatorAt(options: SimulatorOptions, wallTimeMs: number | undefined): Simulator {
  if (wallTimeMs === undefined) return createSimulator({ history: historyDefault, ...options });
  // Times before the epoch cannot be told.
  const now = Math.max(bootMicros, Math.floor(wallTimeMs * 1000 - epochSeconds * 1_000_000));
  const simulator = createSimulator({ history: historyDefault, startAt: now - bootMicros, ...options });
  const { clock } = simulator;
  while (clock.step(now));
  clock.advanceTo(now);
  return simulator;
}
