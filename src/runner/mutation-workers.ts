// Makes the runs of a mutation on worker threads.

import { Worker } from 'node:worker_threads';
import { selectBackend } from '../backends/select.ts';
import { order, send } from './run-on-workers.ts';
import { runPlanned } from './run-planned.ts';
import type { Message } from './messages.ts';
import type { PlannedRun } from './plan-suite.ts';
import type { RunOptions } from './run-options.ts';

/** The runs, and who is told of them. */
export interface CellWork<Cell extends { readonly planned: PlannedRun }> {
  readonly next: () => Cell | undefined;
  readonly take: (cell: Cell, message: Message) => void;
  readonly optionsOf: (cell: Cell) => RunOptions;
  /** Number of threads. */
  readonly lanes: number;
  readonly signal: AbortSignal;
}

/** Runs until `next` gives nothing. A worker that dies is a bug of ours and rejects. */
export async function workOffCells<Cell extends { readonly planned: PlannedRun }>(work: CellWork<Cell>): Promise<void> {
  await Promise.all(Array.from({ length: work.lanes }, () => workOff(work)));
}

async function workOff<Cell extends { readonly planned: PlannedRun }>(work: CellWork<Cell>): Promise<void> {
  const worker = new Worker(new URL('worker.js', import.meta.url));
  const interrupt = (): void => send(worker, { kind: 'interrupt' });
  work.signal.addEventListener('abort', interrupt);
  try {
    for (let cell = work.next(); cell !== undefined; cell = work.next()) {
      const current = cell;
      const { planned } = cell;
      const options = work.optionsOf(cell);
      const emit = (message: Message): void => work.take(current, message);
      if (planned.kind === 'run') {
        const { file } = planned.loaded.scenario;
        await order(worker, { kind: 'run', file, position: planned.position, options }, emit);
      } else {
        const backend = await selectBackend(options.backend);
        await runPlanned(planned, { backend, options, emit, signal: work.signal });
      }
    }
  } finally {
    work.signal.removeEventListener('abort', interrupt);
    await worker.terminate();
  }
}
