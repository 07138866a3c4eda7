// What monitors see beside the records: the world, the time, and what has happened so far in their window.

import type { KindKey } from '../kubernetes/kind.ts';
import type { Change } from '../trace/change.ts';
import type { Observation } from '../trace/record.ts';
import type { World } from '../trace/world.ts';
import type { RunPlace } from './run-place.ts';
import type { HistoryRow } from './verdict.ts';

/** One object that takes part in an explanation. */
export interface Subject {
  readonly kind: KindKey;
  readonly name: string;
}

/** The surroundings of a window; the same for all its monitors. */
export interface Scene {
  readonly world: World;
  /** The time of the record or deadline at hand, milliseconds. */
  readonly nowMs: number;
  /** The record at hand; absent while only time passes. */
  readonly record?: Observation | undefined;
  /** When the step began; the run, for invariants. */
  readonly beganMs: number;
  /** When the points of the window began, the answer of the last request. */
  readonly openedMs: number;
  readonly slackMs: number;
  /** The budget with patience, for messages. */
  readonly budgetMs: number;
  /** All changes since the step began, oldest first. */
  changes(): readonly Change[];
  /** What the step asked for, as the first row of a history. */
  readonly request?: HistoryRow;
  /** Where and when the run is, for what kubectl shows. Looks at all of the run: not for every record. */
  readonly runPlace: RunPlace;
  /** What is in flight, in words. */
  moving(): readonly string[];
}
