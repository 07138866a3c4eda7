// The judge of a run: fed with records and with time, it keeps the world, opens and closes the windows of steps, and
// reaches the verdicts. Pure: the same records and times give the same verdicts, live or from a file.

import type { BoundStep, Expect, Printed } from '../scenario/model.ts';
import type { Json } from '../kubernetes/object.ts';
import type { GapRecord, Observation, WindowEnd } from '../trace/record.ts';
import type { World } from '../trace/world.ts';
import type { Monitor } from './monitor.ts';
import type { Scene } from './scene.ts';
import type { Verdict } from './verdict.ts';

/** How time and patience are counted. */
export interface JudgeOptions {
  /** Q of the quiet rule, milliseconds. */
  readonly quietMs: number;
  /** By how much two records' `at` may be off, milliseconds. */
  readonly slackMs: number;
  /** Multiplies every `within`. */
  readonly patience: number;
  readonly invariants?: Expect;
  /** Makes the monitors of `prints` (`prints.ts`, loaded when a scenario needs it); without it a step must have none. */
  readonly prints?: PrintsFactory;
}

/** Makes a monitor of one transcript. */
export type PrintsFactory = (printed: Printed, scene: Scene) => PrintsMonitor;

/** A monitor of a transcript: it may want the answers of the action. */
export type PrintsMonitor = Monitor & { answer(answers: readonly JudgedAnswer[]): void };

/** An answer of the step's action, as plain data for matchers. */
export interface JudgedAnswer {
  /** `statefulset/web`, for checks with `of`. */
  readonly target?: string;
  /** HTTP status code. */
  readonly code: number;
  readonly refused: boolean;
  /**
   * What matchers see. Of a refusal: `{ code, reason, message, causes, details }`; of a write: `{ code, warnings, object }`;
   * of `get`: the object (a list: `{ items }`); of `resolve`: `{ records }`; of `exec`: `{ stdout, stderr, exitCode }`.
   */
  readonly value: Json;
}

/** The judge of one run of one scenario. */
export interface Judge {
  readonly world: World;
  /** Every observation and gap of the run, in resourceVersion order, whether a window is open or not. */
  observe(record: Observation | GapRecord): void;
  /**
   * Time has passed without records up to `toMs`; `idle`: nothing but heartbeats can ever happen, so that what is awaited
   * fails early. Gives whether being idle decided anything. It never ends a window that waits for quiet or for a time.
   */
  advance(toMs: number, idle?: boolean): boolean;
  /** A step begins: the state now is what `sinceStepStart`, `start` and edges compare with. Before its first request. */
  beginStep(step: BoundStep, atMs: number): void;
  /** The (last) answer is there: points count from here. May be called again with the answers of a repeated read. */
  openWindow(atMs: number, answers: readonly JudgedAnswer[]): void;
  /** Whether a read must be repeated: `answered` has not matched yet and the budget is not spent. */
  readonly wantsAnotherAnswer: boolean;
  /** Why the window is closed; undefined while it is open. */
  readonly windowEnd: WindowEnd | undefined;
  /** The next time at which `advance` may change something, if no record comes. */
  readonly nextMs: number | undefined;
  /** Ends the step, deciding what is still open (a step without `expect` closes at once), and gives its verdicts. */
  endStep(): readonly Verdict[];
  /** Ends the run and gives the verdicts of `invariants:`; `cut`: the run was not seen to its end. */
  end(cut?: boolean): readonly Verdict[];
}
