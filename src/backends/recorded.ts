// A trace file as a backend: requests are answered as they were answered, time passes as it passed. The runner that wrote
// the trace reads it through this door, so that a verdict is reached offline by the code that reached it live.

import { InvalidTrace, RecordingEnded } from './cluster.ts';
import { recordedFault, recordedRequest } from './recorded-form.ts';
import { sameRecorded } from './same-recorded.ts';
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
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { FaultRecord, RecordedRequest, RequestRecord, Trace, TraceRecord, WindowRecord } from '../trace/record.ts';

/** What the trace shows has happened, so nothing is missing. */
const everything: ReadonlySet<Capability> = new Set<Capability>([
  'static-volumes',
  'no-default-class',
  'dynamic-storage',
  'readiness-control',
  'node-failure',
  'dns',
  'exec',
  'custom-resources',
]);

/** Makes a backend of a trace that `run` wrote. Its one cluster can be opened again and again. */
export function createRecordedBackend(trace: Trace): Backend {
  return {
    name: 'recorded',
    capabilities: everything,
    kubernetesVersion: trace.header.versions.kubernetes,
    slackMs: trace.header.slackMs,
    ...(trace.header.profile === undefined ? {} : { profile: trace.header.profile }),
    nodesMax: Infinity,
    open: ({ listener }: OpenOptions) => Promise.resolve(new RecordedCluster(trace, listener)),
    dispose: () => Promise.resolve(),
  };
}

class RecordedCluster implements Cluster {
  readonly namespace: string;
  readonly #records: readonly TraceRecord[];
  readonly #listener: ClusterListener;
  readonly #slackMs: number;
  #position = 0;
  #nowMs = 0;
  /** Where the last waiting that reached its limit ended. */
  #limitMs = -Infinity;
  /** The request that was answered last. */
  #asked: RequestRecord | undefined;
  #versions: ReadonlyMap<string, KubernetesObject> | undefined;

  constructor(trace: Trace, listener: ClusterListener) {
    this.namespace = trace.header.namespace;
    this.#slackMs = trace.header.slackMs;
    this.#records = trace.records;
    this.#listener = listener;
    // What was there before the first step.
    while (this.#next?.step === -1 && isEvent(this.#next)) this.#deliver();
    this.#nowMs = 0;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Nobody is judged by a time that the runner wrote itself: the recorded objects show what it was. */
  get timestamp(): string {
    return '1970-01-01T00:00:00Z';
  }

  request(request: ClusterRequest): Promise<Answer> {
    const sent = recordedRequest(request);
    let record = this.#takeMark();
    // The live judge may have asked more often before it was content than one of other expectations.
    while (record?.kind === 'request' && this.#isAskedAgain(record) && !this.#isSame(sent, record.request))
      record = this.#takeMark();
    if (record?.kind !== 'request' || !this.#isSame(sent, record.request)) {
      return Promise.reject(this.#strayed(sent, record));
    }
    this.#asked = record;
    this.#arriveAt(record);
    return Promise.resolve(this.#answerOf(record));
  }

  inject(fault: Fault): Promise<void> {
    const sent = recordedFault(fault);
    const record = this.#takeMark();
    if (record?.kind !== 'fault' || !this.#isSame(sent, record.fault)) {
      return Promise.reject(this.#strayed(sent, record));
    }
    this.#arriveAt(record);
    return Promise.resolve();
  }

  until(done: (() => boolean) | undefined, limitMs: number | (() => number)): Promise<UntilEnd> {
    const limitNow = typeof limitMs === 'number' ? (): number => limitMs : limitMs;
    this.#leaveWindow(limitNow());
    this.#enterWindow();
    for (let next = this.#next; next !== undefined && isEvent(next) && next.at <= limitNow(); next = this.#next) {
      this.#deliver();
      if (done?.() !== true) continue;
      this.#skip('closed');
      return Promise.resolve('done');
    }
    return Promise.resolve(this.#turn(limitNow(), done !== undefined));
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  get #next(): TraceRecord | undefined {
    return this.#records[this.#position];
  }

  #arriveAt({ at }: TraceRecord): void {
    this.#nowMs = at;
    while (this.#next !== undefined && isEvent(this.#next) && this.#next.at <= at) this.#deliver();
  }

  #deliver(): void {
    const record = this.#next;
    this.#position += 1;
    if (record === undefined || !isEvent(record)) return;
    this.#nowMs = Math.max(this.#nowMs, record.at);
    this.#listener(record);
  }

  /** What comes of the mark behind the events, which stands at the end of the waiting or before it. */
  #turn(limitMs: number, mayEndEarly: boolean): UntilEnd {
    const mark = this.#next;
    if (mark === undefined || (mark.kind === 'window' && mark.reason === 'interrupted')) {
      this.#nowMs = Math.max(this.#nowMs, Math.min(mark?.at ?? this.#nowMs, limitMs));
      return 'cut';
    }
    if (mayEndEarly && mark.at <= limitMs && this.#skip('idle')) {
      this.#nowMs = Math.max(this.#nowMs, mark.at);
      return 'idle';
    }
    // The run went on while the judge waits: another scenario was run, whose windows were shorter.
    if (mayEndEarly && mark.at < limitMs) return 'cut';
    this.#nowMs = Math.max(this.#nowMs, limitMs);
    if (mark.at <= this.#nowMs) this.#skip('closed');
    this.#limitMs = this.#nowMs;
    return 'limit';
  }

  /**
   * Passes over the end of a window that was closed at the limit of the last waiting: a real clock went on between the limit
   * and the mark. Who waits for less than the mark still waits inside of that window.
   */
  #leaveWindow(limitMs: number): void {
    const mark = this.#next;
    if (mark?.kind !== 'window' || mark.reason === 'interrupted') return;
    if (mark.at < limitMs && mark.at <= this.#limitMs + this.#slackMs) this.#skip('closed');
  }

  /**
   * Passes over the mark that opens the window, and over windows that nobody waited for: they were closed when they were
   * opened, by what had happened before.
   */
  #enterWindow(): void {
    for (;;) {
      while (this.#next?.kind === 'remember') this.#position += 1;
      const opened = this.#next;
      if (!this.#skip('opened')) return;
      const closed = this.#next;
      if (closed?.kind === 'window' && closed.at === opened?.at && closed.reason !== 'interrupted')
        this.#skip('closed');
    }
  }

  #skip(window: WindowRecord['window']): boolean {
    const next = this.#next;
    if (next?.kind !== 'window' || next.window !== window) return false;
    this.#position += 1;
    return true;
  }

  /** Goes on to the next request or fault; what was seen before it is delivered, marks of windows are passed over. */
  #takeMark(): TraceRecord | undefined {
    for (let next = this.#next; next !== undefined; next = this.#next) {
      if (isEvent(next)) {
        this.#deliver();
        continue;
      }
      this.#position += 1;
      if (next.kind === 'request' || next.kind === 'fault') return next;
    }
    return undefined;
  }

  #isSame(sent: RecordedRequest | FaultRecord['fault'], recorded: unknown): boolean {
    return sameRecorded(sent, recorded, this.timestamp);
  }

  /** Whether a request repeats the read before it: reads are sent again until the judge is content. */
  #isAskedAgain({ step, request }: RequestRecord): boolean {
    const before = this.#asked;
    return reads.has(request.verb) && before?.step === step && sameRecorded(request, before.request, this.timestamp);
  }

  #answerOf({ response }: RequestRecord): Answer {
    const { code, body, resourceVersion, warnings = [] } = response;
    if (body !== undefined) return { code, body, warnings };
    const object = resourceVersion === undefined ? undefined : this.#objects.get(resourceVersion);
    return { code, body: object ?? {}, warnings };
  }

  /** Bodies of accepted writes are not in the trace; the objects that they made are. */
  get #objects(): ReadonlyMap<string, KubernetesObject> {
    this.#versions ??= new Map(
      this.#records.flatMap((record) =>
        record.kind === 'observation' ? [[record.object.metadata.resourceVersion, record.object] as const] : [],
      ),
    );
    return this.#versions;
  }

  #strayed(
    sent: RecordedRequest | FaultRecord['fault'],
    found: TraceRecord | undefined,
  ): InvalidTrace | RecordingEnded {
    const wanted = formOf(sent);
    if (found === undefined) return new RecordingEnded(`the trace has ended: the scenario sends ${wanted}`);
    const recorded = found.kind === 'request' ? found.request : found.kind === 'fault' ? found.fault : undefined;
    const shown = recorded === undefined ? `a ${found.kind}` : formOf(recorded);
    const differs =
      shown === wanted && recorded !== undefined ? ` with other contents${difference(sent, recorded)}` : '';
    return new InvalidTrace(
      `the trace is not of this scenario as it is now: step ${found.step + 1} sent ${shown}${differs}, the scenario sends ${wanted}`,
    );
  }
}

/** Verbs that are sent again until their answer matches. */
const reads: ReadonlySet<string> = new Set(['get', 'list', 'resolve', 'exec']);

/** `patch statefulset/web scale`, `the fault notReady of pod/web-0`. */
function formOf(sent: RecordedRequest | FaultRecord['fault']): string {
  if ('how' in sent) return `the fault ${sent.how} of ${sent.targets.join(', ')}`;
  return [sent.verb, sent.target, sent.subresource].filter((part) => part !== undefined).join(' ');
}

/** The first member that differs, with both values: ` (body.spec.replicas: 3, now 4)`. */
function difference(sent: unknown, recorded: unknown, path = ''): string {
  if (!isMembers(sent) || !isMembers(recorded)) {
    return path === '' ? '' : ` (${path}: ${shortly(recorded)}, now ${shortly(sent)})`;
  }
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(sent)])];
  const name = names.find((one) => !sameRecorded(sent[one], recorded[one], ''));
  return name === undefined ? '' : difference(sent[name], recorded[name], path === '' ? name : `${path}.${name}`);
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function shortly(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function isEvent(record: TraceRecord): record is Extract<TraceRecord, { kind: 'observation' | 'gap' }> {
  return record.kind === 'observation' || record.kind === 'gap';
}
