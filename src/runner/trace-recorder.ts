// Writes down what happens in a run: watch events as they come, requests and faults in front of what they cause.

import { isStatus } from '../kubernetes/status.ts';
import { recordedFault, recordedRequest } from '../backends/recorded-form.ts';
import type { Answer, ClusterRequest, Fault } from '../backends/cluster.ts';
import type { Json } from '../kubernetes/object.ts';
import type {
  FaultRecord,
  GapRecord,
  Observation,
  RecordedResponse,
  RequestRecord,
  TraceRecord,
  WindowEnd,
  WindowRecord,
} from '../trace/record.ts';

/** The records of one run, and the step that they belong to. */
export class TraceRecorder {
  readonly #records: TraceRecord[] = [];
  readonly #onRecord: ((record: TraceRecord) => void) | undefined;
  /** Records that wait for the answer of the request before them, so that they are told in the order of the trace. */
  #held: TraceRecord[] | undefined;
  #observations = 0;

  /** Number of the step, from 0; -1 before the first. */
  step = -1;

  constructor(onRecord: ((record: TraceRecord) => void) | undefined) {
    this.#onRecord = onRecord;
  }

  get records(): readonly TraceRecord[] {
    return this.#records;
  }

  /** The number of watch events. */
  get observations(): number {
    return this.#observations;
  }

  /** Adds the step to an event of the cluster and keeps it. */
  observe(event: Omit<Observation, 'step'> | Omit<GapRecord, 'step'>): Observation | GapRecord {
    const record: Observation | GapRecord = { ...event, step: this.step };
    if (record.kind === 'observation') this.#observations += 1;
    this.add(record);
    return record;
  }

  /** Keeps any other record. */
  add(record: TraceRecord): void {
    if (this.#held === undefined) {
      this.#records.push(record);
      this.#onRecord?.(record);
    } else {
      this.#held.push(record);
    }
  }

  /** Sends a request and records it in front of the observations that came before its answer. */
  async request(request: ClusterRequest, atMs: number, send: () => Promise<Answer>): Promise<Answer> {
    return this.#inFrontOf(send, (answer) => ({
      kind: 'request',
      at: atMs,
      step: this.step,
      request: recordedRequest(request),
      response: recordedResponse(request, answer),
    }));
  }

  /** Puts a fault in and records it in front of what it causes. */
  async fault(fault: Fault, atMs: number, inject: () => Promise<void>): Promise<void> {
    const record: FaultRecord = { kind: 'fault', at: atMs, step: this.step, fault: recordedFault(fault) };
    await this.#inFrontOf(inject, () => record);
  }

  /** Records that the step's window was opened or closed, or that being idle decided something in it. */
  window(at: number, window: WindowRecord['window'], reason?: WindowEnd): void {
    this.add({ kind: 'window', at, step: this.step, window, ...(reason === undefined ? {} : { reason }) });
  }

  async #inFrontOf<T>(act: () => Promise<T>, recordOf: (result: T) => RequestRecord | FaultRecord): Promise<T> {
    this.#held = [];
    try {
      const result = await act();
      const held = this.#held;
      this.#held = undefined;
      this.add(recordOf(result));
      for (const record of held) this.add(record);
      return result;
    } finally {
      const held = this.#held ?? [];
      this.#held = undefined;
      for (const record of held) this.add(record);
    }
  }
}

const reads: ReadonlySet<ClusterRequest['verb']> = new Set(['get', 'list', 'resolve', 'exec']);

/** Subresources that are answered with the object itself; others (`scale`) with a view of it, which no observation shows. */
const wholeObject: ReadonlySet<string> = new Set(['status']);

function recordedResponse(request: ClusterRequest, { code, body, warnings }: Answer): RecordedResponse {
  const told = warnings.length === 0 ? {} : { warnings };
  const subresource = 'subresource' in request ? request.subresource : undefined;
  const view = subresource !== undefined && !wholeObject.has(subresource);
  if (isStatus(body) || reads.has(request.verb)) return { code, body: body as Json, ...told };
  const version = (body as { readonly metadata?: { readonly resourceVersion?: string } } | null)?.metadata
    ?.resourceVersion;
  return {
    code,
    ...(version === undefined ? {} : { resourceVersion: version }),
    ...(view ? { body: body as Json } : {}),
    ...told,
  };
}
