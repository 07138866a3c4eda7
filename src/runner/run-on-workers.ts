// Runs scenarios on worker threads. What workers tell is passed on in the order of the plan: everything about one run
// together, the runs one after another, so that a report does not depend on who was faster.

import { Worker } from 'node:worker_threads';
import { InternalError } from './internal-error.ts';
import { OrderedMessages } from './ordered-messages.ts';
import { runPlanned } from './run-planned.ts';
import type { Message } from './messages.ts';
import type { PlannedRun } from './plan-suite.ts';
import type { RunPlace } from './run-planned.ts';
import type { FromWorker, ToWorker, WorkOrder } from './worker-messages.ts';

/** What the workers are to do. */
export interface WorkerRun extends RunPlace {
  /** The next run of the plan; undefined when there is none, or none is wanted any more. */
  readonly next: () => PlannedRun | undefined;
  readonly workers: number;
}

/** Runs until `next` gives nothing. A worker that dies is a bug of ours and rejects. */
export async function runOnWorkers(run: WorkerRun): Promise<void> {
  const messages = new OrderedMessages(run.emit);
  await Promise.all(Array.from({ length: run.workers }, () => workOff(run, messages)));
}

async function workOff(run: WorkerRun, messages: OrderedMessages): Promise<void> {
  const worker = new Worker(new URL('worker.js', import.meta.url));
  const interrupt = (): void => send(worker, { kind: 'interrupt' });
  run.signal.addEventListener('abort', interrupt);
  try {
    for (let planned = run.next(); planned !== undefined; planned = run.next()) {
      const lane = messages.lane();
      const { emit } = lane;
      if (planned.kind === 'invalid') await runPlanned(planned, { ...run, emit });
      else {
        const { loaded, position } = planned;
        await order(worker, { kind: 'run', file: loaded.scenario.file, position, options: run.options }, emit);
      }
      lane.end();
    }
  } finally {
    run.signal.removeEventListener('abort', interrupt);
    await worker.terminate();
  }
}

/** Tells a worker. */
export function send(worker: Worker, message: ToWorker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
  worker.postMessage(message);
}

/** Has one run made and told to `emit`; resolves when the worker is done with it. */
export function order(worker: Worker, work: WorkOrder, emit: (message: Message) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      end();
    };
    const onMessage = (told: FromWorker): void => {
      if (told.kind === 'message') emit(told.message);
      else settle(resolve);
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (code: number): void => settle(() => reject(new InternalError(`a worker ended with code ${code}`)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    send(worker, work);
  });
}
