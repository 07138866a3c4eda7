// The simulator as a backend: each scenario gets a cluster of its own, with one namespace for it and a clock that starts at 0.

import { BackendError, UnsupportedByBackend } from './cluster.ts';
import { restRequest } from './rest-request.ts';
import { isStatus } from '../kubernetes/status.ts';
import { compareResourceVersions } from '../trace/resource-version.ts';
import { resolveName } from '../simulator/network/dns.ts';
import { createSimulator } from '../simulator/simulator.ts';
import { alterationsOf } from '../simulator/mutants/alterations-of.ts';
import { defaultProfile } from '../simulator/profile.ts';
import { kinds } from '../kubernetes/kinds.ts';
import type {
  Answer,
  Backend,
  Capability,
  Cluster,
  ClusterListener,
  ClusterRequest,
  Fault,
  OpenOptions,
  UntilEnd,
} from './cluster.ts';
import type { Json, KubernetesObject } from '../kubernetes/object.ts';
import type { DnsAnswer } from '../simulator/network/dns.ts';
import type { Mutant } from '../simulator/mutants/mutant.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { Change } from '../simulator/store/store.ts';

const namespace = 'setpiece';
const microsPerMs = 1000;
/** The version whose behaviour the simulator models. */
const kubernetesVersion = '1.36.2';
/** More nodes than any lesson needs; each costs time when a cluster is made. */
const nodesMax = 1000;
/** Real time after which other things than the simulation get a turn: signals, messages of worker threads. */
const sliceMs = 50;

/** A mutant that changes more than this in one run works in a circle: no scenario that is made for it needs a tenth of that. */
const mutantChangesMax = 20_000;

const capabilities: ReadonlySet<Capability> = new Set<Capability>([
  'static-volumes',
  'no-default-class',
  'dynamic-storage',
  'readiness-control',
  'node-failure',
  'dns',
  'exec',
  'custom-resources',
]);

/** Makes the simulator's backend; with a mutant, of a simulator that is wrong on purpose. */
export function createSimulatedBackend(mutant?: Mutant): Backend {
  return {
    name: 'simulator',
    capabilities,
    kubernetesVersion,
    slackMs: 0,
    profile: defaultProfile.name,
    nodesMax,
    open: (options) => Promise.resolve(openCluster(options, mutant)),
    dispose: () => Promise.resolve(),
  };
}

function openCluster({ seed, nodes, needs, listener }: OpenOptions, mutant: Mutant | undefined): Cluster {
  const alterations = mutant === undefined ? {} : { alterations: alterationsOf(mutant) };
  const simulator = createSimulator({ seed, nodes, defaultClass: !needs.has('no-default-class'), ...alterations });
  const created = simulator.api.handle({
    verb: 'create',
    group: '',
    version: 'v1',
    resource: 'namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    query: { fieldManager: 'setpiece' },
  });
  if (isStatus(created.body)) throw new BackendError(`the namespace could not be made: ${created.body.message ?? ''}`);
  // Its service account and root certificate come from controllers.
  simulator.until(() => false, simulator.clock.now + 10_000_000);
  return new SimulatedCluster(simulator, listener, mutant);
}

class SimulatedCluster implements Cluster {
  readonly namespace = namespace;
  readonly #simulator: Simulator;
  readonly #openedMicros: number;
  readonly #unsubscribe: () => void;
  readonly #mutant: Mutant | undefined;
  readonly #revisionMax: number;
  #sliceEndMs = performance.now() + sliceMs;

  constructor(simulator: Simulator, listener: ClusterListener, mutant: Mutant | undefined) {
    this.#simulator = simulator;
    this.#mutant = mutant;
    this.#revisionMax = mutant === undefined ? Infinity : simulator.store.revision + mutantChangesMax;
    this.#openedMicros = simulator.clock.now;
    for (const object of objectsThere(simulator)) listener({ kind: 'observation', at: 0, type: 'ADDED', object });
    this.#unsubscribe = simulator.subscribe((change: Change) => {
      const { type, object } = change;
      if (isOfRun(object)) listener({ kind: 'observation', at: this.#msOf(change.at), type, object });
    });
  }

  get nowMs(): number {
    return this.#msOf(this.#simulator.clock.now);
  }

  get timestamp(): string {
    return this.#simulator.clock.timestamp;
  }

  request(request: ClusterRequest): Promise<Answer> {
    if (request.verb === 'exec') return Promise.resolve(this.#exec(request));
    const { api, store } = this.#simulator;
    if (request.verb === 'resolve') return Promise.resolve(dnsAnswer(resolveName(store, { ...request, namespace })));
    return Promise.resolve(api.handle(restRequest(request, { namespace, kindOf: (key) => api.kind(key) })));
  }

  #exec({ target, container, command }: ClusterRequest & { readonly verb: 'exec' }): Answer {
    const chosen = container === undefined ? {} : { container };
    const answer = this.#simulator.exec({ namespace, pod: target.name, command, ...chosen });
    if (answer.kind === 'refused') return { code: answer.status.code ?? 500, body: answer.status, warnings: [] };
    const { stdout, stderr, exitCode } = answer;
    return { code: 200, body: { stdout, stderr, exitCode }, warnings: [] };
  }

  inject(fault: Fault): Promise<void> {
    const reason = this.#simulator.inject(fault, namespace);
    return reason === undefined ? Promise.resolve() : Promise.reject(new UnsupportedByBackend(reason));
  }

  async until(done: (() => boolean) | undefined, limitMs: number | (() => number)): Promise<UntilEnd> {
    const { clock } = this.#simulator;
    const limitNow = (): number => this.#microsOf(typeof limitMs === 'number' ? limitMs : limitMs());
    if (done === undefined) {
      clock.advanceTo(Math.max(clock.now, limitNow()));
      return 'limit';
    }
    for (;;) {
      const limit = limitNow();
      let stopped = false;
      const stops = (): boolean => done() || (stopped = limitNow() < limit || this.#isSliceOver || this.#isRunaway);
      const end = this.#simulator.until(stops, limit);
      await this.#giveTurn();
      if (this.#isRunaway) throw new BackendError(`the mutant ${this.#mutant?.id} never comes to rest`);
      if (!stopped) return end;
    }
  }

  get #isRunaway(): boolean {
    return this.#simulator.store.revision > this.#revisionMax;
  }

  get #isSliceOver(): boolean {
    return performance.now() >= this.#sliceEndMs;
  }

  /** Lets others have their turn when the slice is over; a slice can be longer than one wait. */
  async #giveTurn(): Promise<void> {
    if (!this.#isSliceOver) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#sliceEndMs = performance.now() + sliceMs;
  }

  dispose(): Promise<void> {
    this.#unsubscribe();
    return Promise.resolve();
  }

  #microsOf(ms: number): number {
    return this.#openedMicros + Math.round(ms * microsPerMs);
  }

  #msOf(micros: number): number {
    return (micros - this.#openedMicros) / microsPerMs;
  }
}

/** What a watch would list when the run begins, in resourceVersion order. */
function objectsThere({ store }: Simulator): readonly KubernetesObject[] {
  const objects: KubernetesObject[] = [];
  for (const { key } of kinds) objects.push(...store.list(key).values());
  return objects
    .filter(isOfRun)
    .sort((a, b) => compareResourceVersions(a.metadata.resourceVersion, b.metadata.resourceVersion));
}

/** The run sees its own namespace and what belongs to none. */
function isOfRun({ metadata }: KubernetesObject): boolean {
  return metadata.namespace === undefined || metadata.namespace === namespace;
}

/** Addresses as `{ address }`, SRV records as `{ priority, weight, port, target }`. */
function dnsAnswer({ code, records }: DnsAnswer): Answer {
  return { code: 200, body: { rcode: code, records: records.map(readRecord) }, warnings: [] };
}

function readRecord(record: string): Json {
  const [priority, weight, port, target] = record.split(' ');
  if (target === undefined) return { address: record };
  return { priority: Number(priority), weight: Number(weight), port: Number(port), target };
}
