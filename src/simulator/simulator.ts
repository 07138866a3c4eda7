// A simulated cluster: put together from its parts, then driven by whoever holds it. Synchronous, and the same for the
// same seed to the byte.

import { actors } from './actors.ts';
import { createApiServer } from './api/create-server.ts';
import { bootCluster } from './boot.ts';
import { createClock, type Clock, type Micros, type Timer } from './clock.ts';
import { startMachines, type Machines } from './nodes/machines.ts';
import { createEventRecorder } from './controllers/events.ts';
import { createInformer } from './controllers/informer.ts';
import { defaultProfile, type Profile } from './profile.ts';
import { createRandom } from './random.ts';
import { createStore, type Change, type Store } from './store/store.ts';
import type { ActorName, Stage } from './actors.ts';
import type { Alterations } from './alterations.ts';
import type { ApiServer } from './api/server.ts';
import type { Plant } from './controllers/controller.ts';
import type { SimulatedFault } from './faults/faults.ts';
import type { ExecAnswer, ExecRequest, ExecStart, LogRequest } from './kubelet/exec.ts';
import type { LogEntry } from './kubelet/shell/main-log.ts';

/** What kind of cluster is wanted. */
export interface SimulatorOptions {
  /** Any integer; decides every latency, uid and generated name. */
  readonly seed: number;
  /** Number of worker nodes, at least 1. Default 1. */
  readonly nodes?: number;
  /** Capacity of each node by resource; what is left out is as on a kind node. */
  readonly capacity?: Readonly<Record<string, string>>;
  /** Default: `defaultProfile`. */
  readonly profile?: Profile;
  /** Whether the class `standard` is there and is the default class. Default true. */
  readonly defaultClass?: boolean;
  /** Freezes stored objects deeply: for tests and development. Default false. */
  readonly freeze?: boolean;
  /** Number of changes that watches can resume from. Default 0: in process nobody resumes, and keeping them costs 5 %. */
  readonly history?: number;
  /** What the clock shows when the cluster comes up. Default 0, the simulation's epoch. */
  readonly startAt?: Micros;
  /** What is wrong with this cluster on purpose; nothing by default. */
  readonly alterations?: Alterations;
}

/** How `until` ended: `done` held; nothing but heartbeats is left to happen; the limit was reached. */
export type SimulationEnd = 'done' | 'idle' | 'limit';

/** A cluster that has just come up: its nodes are ready, its namespaces have their defaults, and nothing moves. */
export interface Simulator {
  readonly clock: Clock;
  readonly api: ApiServer;
  readonly store: Store;
  readonly profile: Profile;
  /** Told of every change from now on, synchronously and in order. The answer unsubscribes. */
  subscribe(listener: (change: Change) => void): () => void;
  /**
   * Lets time pass until `done()` holds, which is asked now and after every timer that changed something, or until the
   * clock shows `limit`. `idle` leaves the clock where the last thing happened.
   */
  until(done: () => boolean, limit: Micros): SimulationEnd;
  /** Puts a fault into pods of a namespace, or into nodes. The answer is the reason why it cannot be, undefined when it was done. */
  inject(fault: SimulatedFault, namespace: string): string | undefined;
  /** Runs a command in a container, as far as its programs are known; time passes while it sleeps. */
  exec(request: ExecRequest): ExecAnswer;
  /** Starts a command in a container and leaves it to the caller to run it, for callers with a pace of their own. */
  startExec(request: ExecRequest): ExecStart;
  /** What the main process of a container printed, as far as its command is understood; servers print nothing. */
  log(request: LogRequest): readonly LogEntry[];
  /** What is under way, soonest first, at most `limit` (default 10). */
  moving(limit?: number): readonly Timer[];
}

/** Creates a cluster and lets it come up. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { seed, profile = defaultProfile } = options;
  const clock = createClock();
  const { startAt = 0 } = options;
  clock.advanceTo(startAt);
  const random = createRandom(seed);
  const { freeze = false, history = 0 } = options;
  const store = createStore({ clock, freeze, history });
  const { alterations } = options;
  const rules = alterations === undefined ? {} : { alterStrategy: alterations.strategy };
  const server = createApiServer({ store, clock, random, requireServiceAccount: true, ...rules });
  const api = alterations === undefined ? server : alterations.door(server);
  const events = createEventRecorder({ clock, random, api, profile });
  const plant: Plant = { clock, random, api, profile, events };
  bootCluster(plant, { defaultClass: options.defaultClass ?? true });
  const lag = profile.latencies.informerLag;
  const informer = createInformer({ clock, random, store, lag, process: 'kube-controller-manager' });
  const stage: Stage = { plant, informer };
  const stageOf = (actor: ActorName): Stage => alterations?.stage(actor, stage) ?? stage;
  const nodes = { count: options.nodes ?? 1, capacity: options.capacity ?? {} };
  const machines = startMachines(stageOf('kubelet').plant, nodes);
  for (const { name, start } of actors) start(stageOf(name));
  const simulator = new SteppedSimulator(plant, machines);
  simulator.until(() => false, startAt + bootMax);
  return simulator;
}

/** More than a cluster needs to come up; what moves longer goes on in the run. */
const bootMax: Micros = 10_000_000;

class SteppedSimulator implements Simulator {
  readonly clock: Clock;
  readonly api: ApiServer;
  readonly store: Store;
  readonly profile: Profile;

  readonly #machines: Machines;

  constructor({ clock, api, profile }: Plant, machines: Machines) {
    this.#machines = machines;
    this.clock = clock;
    this.api = api;
    this.store = api.store;
    this.profile = profile;
  }

  subscribe(listener: (change: Change) => void): () => void {
    return this.store.subscribe(undefined, listener);
  }

  until(done: () => boolean, limit: Micros): SimulationEnd {
    if (done()) return 'done';
    let asked = this.store.revision;
    for (;;) {
      if (this.#idle) return 'idle';
      if (!this.clock.step(limit)) {
        this.clock.advanceTo(limit);
        return 'limit';
      }
      if (this.store.revision === asked) continue;
      asked = this.store.revision;
      if (done()) return 'done';
    }
  }

  inject(fault: SimulatedFault, namespace: string): string | undefined {
    return this.#machines.inject(fault, namespace);
  }

  exec(request: ExecRequest): ExecAnswer {
    return this.#machines.exec(request);
  }

  startExec(request: ExecRequest): ExecStart {
    return this.#machines.startExec(request);
  }

  log(request: LogRequest): readonly LogEntry[] {
    return this.#machines.log(request);
  }

  moving(limit = 10): readonly Timer[] {
    return this.clock.moving(limit);
  }

  get #idle(): boolean {
    const { clock } = this;
    return clock.pending('work') === 0 && clock.pending('deadline') === 0 && clock.pending('retry') === 0;
  }
}
