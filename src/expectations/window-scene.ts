// The scene of a window: the judge moves its time.

import { runPlaceOf } from './run-place.ts';
import type { Change } from '../trace/change.ts';
import type { Observation } from '../trace/record.ts';
import type { World } from '../trace/world.ts';
import type { Quiet } from './quiet.ts';
import type { Scene } from './scene.ts';
import type { RunPlace } from './run-place.ts';
import type { HistoryRow } from './verdict.ts';

/** A scene whose time moves, never backwards. */
export class WindowScene implements Scene {
  readonly world: World;
  readonly slackMs: number;
  readonly budgetMs: number;
  readonly beganMs: number;
  readonly request?: HistoryRow;
  readonly #quiet: Quiet;
  readonly #log: readonly Change[];
  readonly #from: number;
  #nowMs: number;
  #openedMs: number;
  #record: Observation | undefined;

  constructor(options: {
    readonly world: World;
    readonly quiet: Quiet;
    /** Grows while the run goes on; what is in it now is before the window. */
    readonly log: readonly Change[];
    readonly beganMs: number;
    readonly slackMs: number;
    readonly budgetMs: number;
    readonly request?: HistoryRow | undefined;
  }) {
    this.world = options.world;
    this.slackMs = options.slackMs;
    this.budgetMs = options.budgetMs;
    this.beganMs = options.beganMs;
    if (options.request !== undefined) this.request = options.request;
    this.#quiet = options.quiet;
    this.#log = options.log;
    this.#from = options.log.length;
    this.#nowMs = options.beganMs;
    this.#openedMs = options.beganMs;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  get record(): Observation | undefined {
    return this.#record;
  }

  get openedMs(): number {
    return this.#openedMs;
  }

  changes(): readonly Change[] {
    return this.#log.slice(this.#from);
  }

  get runPlace(): RunPlace {
    return runPlaceOf(this.#log);
  }

  moving(): readonly string[] {
    return this.#quiet.moving(this.#nowMs);
  }

  moveTo(ms: number): void {
    if (ms > this.#nowMs) this.#nowMs = ms;
  }

  /** A record is at hand, or is over. */
  show(record: Observation | undefined): void {
    this.#record = record;
  }

  open(ms: number): void {
    this.moveTo(ms);
    this.#openedMs = this.#nowMs;
  }
}
