// THE PORT: everything that the runner may ask of a cluster, whichever backend it is on. Small on purpose; one contract
// suite (`test/backends/contract.ts`) runs against every implementation.

import type { Json, KubernetesObject, Manifest } from '../kubernetes/object.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { Status } from '../kubernetes/status.ts';
import type { GapRecord, Observation } from '../trace/record.ts';

/** Names of the backends, as on the command line. */
export type BackendName = 'simulator' | 'kind' | 'cluster' | 'recorded';

/** The closed list of what a scenario may need of a backend; `setpiece explain capabilities` prints it with its meaning. */
export type Capability =
  | 'static-volumes'
  | 'no-default-class'
  | 'dynamic-storage'
  | 'readiness-control'
  | 'node-failure'
  | 'dns'
  | 'exec'
  | 'custom-resources';

/** Addresses one object of the run's namespace (or a cluster-scoped one). */
export interface ObjectAddress {
  readonly kind: KindKey;
  readonly name: string;
}

/** `propagationPolicy` of a deletion. */
export type Propagation = 'Background' | 'Foreground' | 'Orphan';

/**
 * What may be asked. Writes carry the author's objects as they are; the backend adds the namespace. `apply` is server-side
 * apply; what `kubectl apply` does on the client's side is made of other requests by the runner.
 */
export type ClusterRequest =
  | { readonly verb: 'apply'; readonly object: Manifest }
  | { readonly verb: 'create'; readonly object: Manifest }
  | {
      readonly verb: 'replace';
      readonly target: ObjectAddress;
      readonly object: Manifest;
      readonly subresource?: string;
    }
  | {
      readonly verb: 'patch';
      readonly target: ObjectAddress;
      readonly type: 'merge' | 'strategic' | 'json';
      readonly body: Json;
      readonly subresource?: string;
    }
  | {
      readonly verb: 'delete';
      readonly target: ObjectAddress;
      readonly propagation?: Propagation;
      readonly graceSeconds?: number;
      readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
    }
  | { readonly verb: 'evict'; readonly target: ObjectAddress; readonly graceSeconds?: number }
  | { readonly verb: 'get'; readonly target: ObjectAddress; readonly subresource?: string }
  | { readonly verb: 'list'; readonly kind: KindKey }
  | { readonly verb: 'resolve'; readonly name: string; readonly type: 'A' | 'AAAA' | 'SRV' }
  | {
      readonly verb: 'exec';
      readonly target: ObjectAddress;
      readonly container?: string;
      readonly command: readonly string[];
    };

/** What was answered. A refusal is an answer, never an exception; exceptions mean that the environment failed (`BackendError`). */
export interface Answer {
  /** HTTP status code. */
  readonly code: number;
  readonly body: KubernetesObject | Status | Json;
  /** `Warning` headers of the answer. */
  readonly warnings: readonly string[];
}

/** Something done to a cluster from outside the API. `uid` of a target is set when the fault holds for that object only. */
export type Fault =
  | {
      readonly how: 'notReady' | 'stop' | 'partitioned';
      readonly targets: readonly FaultTarget[];
      readonly container?: string;
    }
  | {
      readonly how: 'crash';
      readonly targets: readonly FaultTarget[];
      readonly container?: string;
      readonly times: number;
    }
  | { readonly how: 'recover'; readonly targets: readonly FaultTarget[] };

/** Whom a fault strikes: the object that bears the name now (`uid`), or whoever bears it, also later ones. */
export interface FaultTarget extends ObjectAddress {
  readonly uid?: string;
}

/**
 * How `until` ended: the condition holds; nothing but heartbeats can ever happen; the limit was reached; a recording shows
 * no more of the time that was waited for.
 */
export type UntilEnd = 'done' | 'idle' | 'limit' | 'cut';

/** One scenario's cluster: a namespace of its own, its clock and its watch events. */
export interface Cluster {
  readonly namespace: string;
  /** Milliseconds since this cluster was opened: virtual on the simulator, real elsewhere. */
  readonly nowMs: number;
  /** What the cluster's own clock shows, RFC 3339 with whole seconds. */
  readonly timestamp: string;
  /**
   * Sends one request and answers it. Only failures of the environment reject, with `BackendError`.
   * Watch events that the request causes reach the listener before or after the answer, in resourceVersion order.
   */
  request(request: ClusterRequest): Promise<Answer>;
  /** Puts a fault in. Rejects with `UnsupportedByBackend` where the capability is missing. */
  inject(fault: Fault): Promise<void>;
  /**
   * Lets time pass until `done()` holds (asked after every record), or until the clock shows `limitMs`
   * (milliseconds since opening, not a duration). `idle` can only come from a backend that knows its future; the clock
   * then stands where the last thing happened. Without `done`, time passes up to the limit whatever happens.
   * A limit that is a function is asked again after every record: what was seen can bring the time nearer.
   */
  until(done: (() => boolean) | undefined, limitMs: number | (() => number)): Promise<UntilEnd>;
  /** Removes what the scenario made and frees the cluster. Idempotent. */
  dispose(): Promise<void>;
}

/** What a cluster tells while it lives, in resourceVersion order. The runner adds the step. */
export type ClusterListener = (event: Omit<Observation, 'step'> | Omit<GapRecord, 'step'>) => void;

/** What a scenario asks for when its cluster is opened. */
export interface OpenOptions {
  readonly scenario: string;
  readonly seed: number;
  readonly nodes: number;
  readonly needs: ReadonlySet<Capability>;
  readonly listener: ClusterListener;
}

/** A backend: opens a cluster for each scenario. Created once a run, disposed at its end. */
export interface Backend {
  readonly name: BackendName;
  readonly capabilities: ReadonlySet<Capability>;
  /** Why capabilities are not there, where there is more to say than that: for the reason of a skip. */
  readonly missing?: ReadonlyMap<Capability, string>;
  /** `1.36.2`. */
  readonly kubernetesVersion: string;
  /** By how much the `at` of two records may be off, milliseconds: 0 on the simulator, 1000 on clusters. */
  readonly slackMs: number;
  /** Name of the latency profile, where there is one. */
  readonly profile?: string;
  /** The number of nodes that a scenario can have at most. */
  readonly nodesMax: number;
  open(options: OpenOptions): Promise<Cluster>;
  dispose(): Promise<void>;
}

/** The environment failed us: exit code 3. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly code = 'BACKEND_FAILED';
}

/** A trace that cannot be judged by the scenario: damaged, out of order, or of something else. Exit code 2. */
export class InvalidTrace extends Error {
  override readonly name = 'InvalidTrace';
  readonly code = 'INVALID_TRACE';
}

/** A recording ends before what was asked: what is not decided by then is inconclusive. */
export class RecordingEnded extends Error {
  override readonly name = 'RecordingEnded';
  readonly code = 'RECORDING_ENDED';
}

/** The backend cannot do what was asked: the scenario is skipped with this reason. */
export class UnsupportedByBackend extends Error {
  override readonly name = 'UnsupportedByBackend';
  readonly code = 'UNSUPPORTED_BY_BACKEND';
}
