// What the runner and its worker threads say to each other. Scenarios travel by the name of their file.

import type { Message } from './messages.ts';
import type { RunOptions } from './run-options.ts';

/** One run to be made. */
export interface WorkOrder {
  readonly kind: 'run';
  readonly file: string;
  /** Position in the list of the scenario's runs. */
  readonly position: number;
  readonly options: RunOptions;
}

/** To a worker. `interrupt` ends the run under way. */
export type ToWorker = WorkOrder | { readonly kind: 'interrupt' };

/** From a worker. */
export type FromWorker = { readonly kind: 'message'; readonly message: Message } | { readonly kind: 'done' };
