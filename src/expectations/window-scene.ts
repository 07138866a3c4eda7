// The scene of a window: the judge moves its time.

import type { Change } from '../trace/change.ts';
import type { World } from '../trace/world.ts';
import type { Quiet } from './quiet.ts';
import type { Scene } from './scene.ts';
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

  get openedMs(): number {
    return this.#openedMs;
  }

  changes(): readonly Change[] {
    return this.#log.slice(this.#from);
  }

  moving(): readonly string[] {
    return this.#quiet.moving(this.#nowMs);
  }

  moveTo(ms: number): void {
    if (ms > this.#nowMs) this.#nowMs = ms;
  }

  open(ms: number): void {
    this.moveTo(ms);
    this.#openedMs = this.#nowMs;
  }
}
