// A worker thread: makes one run after another and tells what happens.

import { parentPort } from 'node:worker_threads';
import { selectBackend } from '../backends/select.ts';
import { expandRuns } from '../scenario/expand.ts';
import { InternalError } from './internal-error.ts';
import { loadFile } from './load-file.ts';
import { runScenario } from './run-scenario.ts';
import type { MessagePort } from 'node:worker_threads';
import type { BackendOptions } from '../backends/backend-options.ts';
import type { Backend } from '../backends/cluster.ts';
import type { LoadedFile } from './load-file.ts';
import type { FromWorker, ToWorker, WorkOrder } from './worker-messages.ts';

class WorkerLoop {
  readonly #port: MessagePort;
  readonly #interruption = new AbortController();
  /** The rows of a matrix come one after another: their file is read once. */
  #last: { readonly file: string; readonly read: LoadedFile } | undefined;
  /** As long as runs want the same one it is made once. */
  #backend: { readonly options: string; readonly made: Promise<Backend> } | undefined;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  take(order: ToWorker): void {
    if (order.kind === 'interrupt') this.#interruption.abort();
    // A rejection becomes the worker's `error` event, which the runner hears.
    else void this.#run(order).then(() => this.#tell({ kind: 'done' }));
  }

  async #run({ file, position, options }: WorkOrder): Promise<void> {
    if (this.#last?.file !== file) this.#last = { file, read: loadFile(file) };
    const { read } = this.#last;
    if (read.kind === 'invalid') throw new InternalError(`${file} was changed while the suite was running`);
    const row = expandRuns(read.loaded.scenario)[position];
    if (row === undefined) throw new InternalError(`${file} has no run ${position}`);
    await runScenario({
      loaded: read.loaded,
      row,
      backend: await this.#backendOf(options.backend),
      options,
      emit: (message) => this.#tell({ kind: 'message', message }),
      signal: this.#interruption.signal,
    });
  }

  #backendOf(chosen: BackendOptions): Promise<Backend> {
    const options = JSON.stringify(chosen);
    if (this.#backend?.options !== options) this.#backend = { options, made: selectBackend(chosen) };
    return this.#backend.made;
  }

  #tell(message: FromWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
    this.#port.postMessage(message);
  }
}

if (parentPort === null) throw new InternalError('worker.ts is the code of worker threads');
const loop = new WorkerLoop(parentPort);
parentPort.on('message', (order: ToWorker) => loop.take(order));
