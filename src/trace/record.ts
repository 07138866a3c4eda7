// What a run leaves behind: the records of a trace. Everything that is judged is judged on these.

import type { Json, KubernetesObject } from '../kubernetes/object.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { Status } from '../kubernetes/status.ts';

/** The types of a watch event that become observations (bookmarks do not). */
export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** What all records have: when, on the backend's clock, and during which step of the run. */
interface Moment {
  /** Milliseconds since the run began; may have decimals on the simulator, whose clock counts microseconds. */
  readonly at: number;
  /** Number of the step in the run, from 0 (rows of `each` counted one by one); -1 before the first. */
  readonly step: number;
}

/** One watch event as recorded. Objects are shared, never copied and never changed. */
export interface Observation extends Moment {
  readonly kind: 'observation';
  readonly type: WatchEventType;
  readonly object: KubernetesObject;
}

/** A request of the runner and its answer. */
export interface RequestRecord extends Moment {
  readonly kind: 'request';
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
}

/** What was asked, in the terms of the port's requests. */
export interface RecordedRequest {
  readonly verb: string;
  /** `statefulset/web`; absent where a request has no object. */
  readonly target?: string;
  readonly subresource?: string;
  readonly body?: Json;
  readonly options?: Json;
}

/** What the server answered. */
export interface RecordedResponse {
  /** HTTP status code. */
  readonly code: number;
  /** Absent for answers that carry no version, such as Status bodies. */
  readonly resourceVersion?: string;
  /** The body of a refusal, a read, or a view such as `scale`; other accepted writes have none, their observation follows. */
  readonly body?: Status | Json;
  /** `Warning` headers of the answer, where there were any. */
  readonly warnings?: readonly string[];
}

/** A fault was put in or taken away. */
export interface FaultRecord extends Moment {
  readonly kind: 'fault';
  readonly fault: { readonly how: string; readonly targets: readonly string[]; readonly detail?: Json };
}

/** Watch events of a kind between two versions were lost (410 Gone): order across it cannot be known. */
export interface GapRecord extends Moment {
  readonly kind: 'gap';
  readonly gap: { readonly of: KindKey; readonly after: string; readonly before: string; readonly reason: string };
}

/**
 * A step's window was opened (after the answer of its last request) or closed, and why; `idle`: from here on nothing but
 * heartbeats could happen, which decided what was still awaited.
 */
export interface WindowRecord extends Moment {
  readonly kind: 'window';
  readonly window: 'opened' | 'idle' | 'closed';
  readonly reason?: WindowEnd;
}

/** Why a window was closed: all decided, the quiet point came, `until` came, budget spent, nothing can happen any more, interrupted. */
export type WindowEnd = 'decided' | 'quiet' | 'until' | 'budget' | 'idle' | 'interrupted';

/** Values that a step remembered under names. */
export interface RememberRecord extends Moment {
  readonly kind: 'remember';
  readonly values: Readonly<Record<string, Json>>;
}

/** One record of a trace. */
export type TraceRecord = Observation | RequestRecord | FaultRecord | GapRecord | WindowRecord | RememberRecord;

/** The first line of a trace file. */
export interface TraceHeader {
  readonly setpieceTrace: 1;
  readonly scenario: string;
  /** Row number of the scenario's `matrix`, from 0; absent without one. */
  readonly row?: number;
  /** Number of the try, from 2; absent at the first. */
  readonly attempt?: number;
  readonly backend: string;
  /** Id of the mutant that the simulator was: what the trace shows is wrong on purpose. */
  readonly mutant?: string;
  readonly versions: { readonly setpiece: string; readonly kubernetes: string };
  readonly namespace: string;
  readonly seed?: number;
  readonly profile?: string;
  /** Q of the quiet rule, milliseconds. */
  readonly quietMs: number;
  /** By how much `at` may be off against the cluster's own order, milliseconds: 0 on the simulator. */
  readonly slackMs: number;
  readonly patience: number;
}

/** A whole trace. */
export interface Trace {
  readonly header: TraceHeader;
  readonly records: readonly TraceRecord[];
}
