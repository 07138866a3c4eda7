// How a run is made: what the command line, the vitest plugin and tests may set, with its defaults.

import type { BackendOptions } from '../backends/backend-options.ts';

/** All options, complete. Plain data, so that workers can be told. */
export interface RunOptions {
  readonly backend: BackendOptions;
  readonly seed: number;
  /** Multiplies every `within`. */
  readonly patience: number;
  /** Q of the quiet rule, milliseconds. */
  readonly quietMs: number;
  /** Number of nodes; a scenario that needs more gets as many as it needs. */
  readonly nodes: number;
  /** A vacuous pass makes exit code 4. */
  readonly strict: boolean;
  /** How often a scenario that did not pass on a real cluster is tried again. */
  readonly retries: number;
  /** Folder for trace files; none are written without one. */
  readonly traceDir?: string;
  /** Whether `record` messages are sent. */
  readonly records: boolean;
  /** A step that does not pass, or cannot be done, does not end the run: those behind it are judged, too. Default false. */
  readonly keepGoing: boolean;
}

/** Completes options given in part. */
export function completeRunOptions(given: Partial<RunOptions> = {}): RunOptions {
  return { ...defaultRunOptions, ...given };
}

/** What is used where nothing is said. */
export const defaultRunOptions: RunOptions = {
  backend: { kind: 'simulator' },
  seed: 1,
  patience: 1,
  quietMs: 5000,
  nodes: 1,
  strict: false,
  retries: 0,
  records: false,
  keepGoing: false,
};
