// The judge: feeds records and time to the invariants and to the window of the step at hand.

import { observeChanges } from '../trace/change.ts';
import { createWorld } from '../trace/world.ts';
import { describeAction } from './explain/action.ts';
import { lastingMonitors } from './lasting.ts';
import { MonitorSet } from './monitor-set.ts';
import { Quiet } from './quiet.ts';
import { WindowScene } from './window-scene.ts';
import { StepWindow } from './window.ts';
import type { BoundStep } from '../scenario/model.ts';
import type { Change } from '../trace/change.ts';
import type { GapRecord, Observation, WindowEnd } from '../trace/record.ts';
import type { World } from '../trace/world.ts';
import type { Judge, JudgedAnswer, JudgeOptions } from './judge.ts';
import type { HistoryRow, Verdict } from './verdict.ts';

/** W-4: the budget of an expect that does not say one; the reader of scenarios fills it in, steps without `expect` need none. */
const defaultWithinMs = 120_000;

/** A judge for one run of one scenario, before its first record. */
export function createJudge(options: JudgeOptions): Judge {
  return new RunJudge(options);
}

class RunJudge implements Judge {
  readonly world: World = createWorld();
  readonly #options: JudgeOptions;
  readonly #quiet: Quiet;
  readonly #log: Change[] = [];
  readonly #runScene: WindowScene;
  readonly #invariants: MonitorSet;
  #scene: WindowScene | undefined;
  #window: StepWindow | undefined;

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.#quiet = new Quiet(this.world, options.quietMs);
    this.#runScene = this.#createScene({ beganMs: 0, budgetMs: 0 });
    this.#invariants = new MonitorSet(lastingMonitors(options.invariants ?? {}, this.#runScene));
    for (const monitor of this.#invariants.monitors) monitor.open();
  }

  get wantsAnotherAnswer(): boolean {
    return this.#window?.wantsAnotherAnswer ?? false;
  }

  get windowEnd(): WindowEnd | undefined {
    return this.#window?.end;
  }

  get nextMs(): number | undefined {
    return this.#window?.nextMs;
  }

  observe(record: Observation | GapRecord): void {
    this.advance(record.at);
    if (record.kind === 'gap') {
      this.#invariants.lose(record);
      this.#window?.lose(record);
      return;
    }
    this.#show(record);
    this.#observe(record);
    this.#show(undefined);
  }

  #show(record: Observation | undefined): void {
    this.#runScene.show(record);
    this.#scene?.show(record);
  }

  #observe(record: Observation): void {
    let kind: Change['kind'] | undefined;
    observeChanges(this.world, record, (change) => {
      kind = change.kind;
      this.#log.push(change);
      this.#quiet.observe(change);
      this.#invariants.observe(change);
      this.#window?.observe(change);
    });
    if (kind === undefined) return;
    this.#invariants.recordEnd(kind);
    this.#window?.recordEnd(kind);
  }

  advance(toMs: number, idle = false): boolean {
    this.#runScene.moveTo(toMs);
    return this.#window?.advance(toMs, idle) ?? false;
  }

  beginStep(step: BoundStep, atMs: number): void {
    this.#runScene.moveTo(atMs);
    this.world.markStart();
    for (const monitor of this.#invariants.monitors) if (monitor.verdict === undefined) monitor.refresh();
    const budgetMs = (step.expect?.withinMs ?? defaultWithinMs) * this.#options.patience;
    const request = requestRow(step, atMs);
    this.#scene = this.#createScene({ beganMs: Math.max(atMs, this.#runScene.nowMs), budgetMs, request });
    this.#window = new StepWindow(step, { scene: this.#scene, quiet: this.#quiet, prints: this.#options.prints });
  }

  openWindow(atMs: number, answers: readonly JudgedAnswer[]): void {
    const window = this.#window;
    if (window === undefined || this.#scene === undefined) return;
    this.advance(atMs);
    // Only the first call opens; repeated reads bring answers to a window that counts its points already.
    if (!this.#isOpened) this.#scene.open(atMs);
    this.#isOpened = true;
    window.open(answers);
  }

  endStep(): readonly Verdict[] {
    const verdicts = this.#window?.finish() ?? [];
    this.#window = undefined;
    this.#scene = undefined;
    this.#isOpened = false;
    return verdicts;
  }

  end(cut = false): readonly Verdict[] {
    const { monitors } = this.#invariants;
    for (const monitor of monitors) monitor.close(cut ? 'interrupted' : 'decided');
    return monitors.map(({ verdict }) => verdict).filter((verdict) => verdict !== undefined);
  }

  #isOpened = false;

  #createScene(options: {
    readonly beganMs: number;
    readonly budgetMs: number;
    readonly request?: HistoryRow | undefined;
  }): WindowScene {
    const { slackMs } = this.#options;
    return new WindowScene({ world: this.world, quiet: this.#quiet, log: this.#log, slackMs, ...options });
  }
}

function requestRow({ action }: BoundStep, atMs: number): HistoryRow | undefined {
  if (action === undefined) return undefined;
  return { atMs, what: `${describeAction(action)} requested`, decisive: false };
}
