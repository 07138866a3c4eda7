// Records what is done to a backend, as the runner does, so that the contract can be asked of the trace that it leaves.

import { TraceRecorder } from '../../src/runner/trace-recorder.ts';
import { formatHeader, formatRecord, readTrace } from '../../src/trace/file.ts';
import type {
  Answer,
  Backend,
  Cluster,
  ClusterRequest,
  Fault,
  OpenOptions,
  UntilEnd,
} from '../../src/backends/cluster.ts';
import type { Trace, TraceHeader, WindowEnd } from '../../src/trace/record.ts';

const reasons: Readonly<Record<UntilEnd, WindowEnd>> = {
  done: 'decided',
  idle: 'idle',
  limit: 'budget',
  cut: 'interrupted',
};

/** A backend that passes everything on, and keeps the trace of the cluster that was opened first. */
export class RecordingBackend {
  readonly backend: Backend;
  readonly #recorder = new TraceRecorder(undefined);
  #header: TraceHeader | undefined;

  constructor(live: Backend) {
    this.backend = {
      ...live,
      open: async (options: OpenOptions) => {
        const cluster = await live.open({
          ...options,
          listener: (event) => {
            this.#recorder.observe(event);
            options.listener(event);
          },
        });
        this.#header = headerOf(cluster, live, options);
        return new RecordingCluster(cluster, this.#recorder);
      },
    };
  }

  /** The trace as a file would give it back; undefined when no cluster was opened. */
  get trace(): Trace | undefined {
    if (this.#header === undefined) return undefined;
    const lines = [formatHeader(this.#header), ...this.#recorder.records.map(formatRecord)];
    const { header, records, problems } = readTrace(`${lines.join('\n')}\n`);
    if (header === undefined || problems.length > 0)
      throw new Error(`the trace is not whole: ${JSON.stringify(problems)}`);
    return { header, records };
  }
}

class RecordingCluster implements Cluster {
  readonly namespace: string;
  readonly #live: Cluster;
  readonly #recorder: TraceRecorder;

  constructor(live: Cluster, recorder: TraceRecorder) {
    this.namespace = live.namespace;
    this.#live = live;
    this.#recorder = recorder;
    recorder.step = 0;
  }

  get nowMs(): number {
    return this.#live.nowMs;
  }

  get timestamp(): string {
    return this.#live.timestamp;
  }

  request(request: ClusterRequest): Promise<Answer> {
    return this.#recorder.request(request, this.nowMs, () => this.#live.request(request));
  }

  inject(fault: Fault): Promise<void> {
    return this.#recorder.fault(fault, this.nowMs, () => this.#live.inject(fault));
  }

  async until(done: (() => boolean) | undefined, limitMs: number | (() => number)): Promise<UntilEnd> {
    this.#recorder.window(this.nowMs, 'opened');
    const end = await this.#live.until(done, limitMs);
    if (end === 'idle') this.#recorder.window(this.nowMs, 'idle');
    this.#recorder.window(this.nowMs, 'closed', reasons[end]);
    return end;
  }

  dispose(): Promise<void> {
    return this.#live.dispose();
  }
}

function headerOf(cluster: Cluster, live: Backend, { scenario, seed }: OpenOptions): TraceHeader {
  return {
    setpieceTrace: 1,
    scenario,
    backend: live.name,
    versions: { setpiece: '0.0.0', kubernetes: live.kubernetesVersion },
    namespace: cluster.namespace,
    seed,
    quietMs: 5000,
    slackMs: live.slackMs,
    patience: 1,
  };
}
