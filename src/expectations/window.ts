// The window of a step: which points count, and when it ends (W-1, W-2, W-4).

import { addMs } from './add-ms.ts';
import { Answers } from './answers.ts';
import { Eventually } from './eventually.ts';
import { Holds } from './holds.ts';
import { lastingMonitors } from './lasting.ts';
import { MonitorSet } from './monitor-set.ts';
import { Order } from './order.ts';
import { Settled } from './settled.ts';
import type { BoundStep, Expect, Printed } from '../scenario/model.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { Change } from '../trace/change.ts';
import type { GapRecord, WindowEnd } from '../trace/record.ts';
import type { JudgedAnswer, PrintsFactory, PrintsMonitor } from './judge.ts';
import type { Monitor } from './monitor.ts';
import type { Quiet } from './quiet.ts';
import type { WindowScene } from './window-scene.ts';
import type { Verdict } from './verdict.ts';

/** Verbs that ask and change nothing: asked again until the answer matches. */
const readVerbs: ReadonlySet<string> = new Set(['get', 'resolve', 'exec']);

/** One step under judgement. Made when the step begins, when the world's start has just been marked. */
export class StepWindow {
  readonly #scene: WindowScene;
  readonly #quiet: Quiet;
  readonly #untilMs: number | undefined;
  /** What `advance` lets pass: the window stays open for as long, and the budget counts from then on. */
  readonly #passMs: number;
  readonly #answers: readonly Answers[];
  readonly #holds: readonly Holds[];
  /** order, eventually, holds and answers: those that something must happen for. */
  readonly #positive: readonly Monitor[];
  readonly #settled: readonly Settled[];
  readonly #prints: readonly PrintsMonitor[];
  readonly #lasting: readonly Monitor[];
  readonly #until: readonly Eventually[];
  readonly #set: MonitorSet;
  #opened = false;
  #budgetSpent = false;
  #idle = false;
  #end: WindowEnd | undefined;
  /** Until when `advance` lets time pass. */
  #passedMs = 0;
  /** When `until: 10s` ends the window; never, without one. */
  #untilDueMs = Number.POSITIVE_INFINITY;
  #deadlineMs = Number.POSITIVE_INFINITY;

  constructor(
    step: BoundStep,
    options: {
      readonly scene: WindowScene;
      readonly quiet: Quiet;
      readonly prints?: PrintsFactory | undefined;
    },
  ) {
    const { scene } = options;
    const expect: Partial<Expect> = step.expect ?? {};
    const repeat = step.action !== undefined && readVerbs.has(step.action.verb);
    const until = expect.until;
    this.#scene = scene;
    this.#quiet = options.quiet;
    this.#passMs = step.action?.verb === 'advance' ? step.action.ms : 0;
    this.#untilMs = until?.kind === 'duration' ? until.ms : undefined;
    const orders = expect.order?.length
      ? [new Order(expect.order, { scene, span: expect.order[0]?.span ?? step.span })]
      : [];
    const eventually = (expect.eventually ?? []).map((group) => new Eventually(group, { scene, word: 'eventually' }));
    this.#holds = (expect.holds ?? []).map((rule) => new Holds(rule, scene));
    this.#answers = [
      ...(expect.rejected ?? []).map((check) => new Answers(check, { word: 'rejected', repeat, scene })),
      ...(expect.answered ?? []).map((check) => new Answers(check, { word: 'answered', repeat, scene })),
    ];
    this.#settled = (expect.settled ?? []).map((group) => new Settled(group, scene));
    this.#prints = printsMonitors(expect.prints ?? [], { scene, create: options.prints });
    this.#lasting = [...lastingMonitors(expect, scene), ...this.#prints];
    const groups = until?.kind === 'reached' ? until.groups : [];
    this.#until = groups.map((group) => new Eventually(group, { scene, word: 'until' }));
    this.#positive = [...this.#answers, ...orders, ...eventually, ...this.#holds];
    this.#set = new MonitorSet([...this.#positive, ...this.#settled, ...this.#lasting, ...this.#until]);
  }

  /** Why the window is closed; undefined while it is open. */
  get end(): WindowEnd | undefined {
    return this.#end;
  }

  /** Whether a read must be asked again. */
  get wantsAnotherAnswer(): boolean {
    return this.#opened && this.#end === undefined && this.#answers.some(isPending);
  }

  /** The next time at which something is decided if no record comes, milliseconds. */
  get nextMs(): number | undefined {
    if (!this.#opened || this.#end !== undefined) return undefined;
    const next = this.#nextBy(Number.POSITIVE_INFINITY);
    return Number.isFinite(next) ? next : undefined;
  }

  /** The same, where only times up to `toMs` matter: asked at every record, it must not look at every pod in flight. */
  #nextBy(toMs: number): number {
    const { openedMs } = this.#scene;
    let next = this.#untilDueMs;
    if (!this.#hasPassed) next = Math.min(next, this.#passedMs);
    for (const hold of this.#holds) if (isPending(hold)) next = Math.min(next, hold.nextMs ?? next);
    if (!this.#budgetSpent) next = Math.min(next, this.#deadlineMs);
    if (!this.#awaitsQuiet || this.#quiet.earliestMs(openedMs) > toMs) return next;
    return Math.min(next, this.#quiet.quietAtMs(openedMs) ?? next);
  }

  /** The (last) answer is there: points count from here; later calls bring the answers of repeated reads. */
  open(answers: readonly JudgedAnswer[]): void {
    if (this.#end !== undefined) return;
    const first = !this.#opened;
    this.#opened = true;
    if (first) this.#setTimes();
    for (const monitor of this.#answers) if (first || answers.length > 0) monitor.answer(answers);
    if (first) for (const monitor of this.#prints) monitor.answer(answers);
    if (first) for (const monitor of this.#set.monitors) if (isPending(monitor)) monitor.open();
    this.#review();
  }

  /** A change; those before `open` count for edges only. */
  observe(change: Change): void {
    if (this.#end === undefined) this.#set.observe(change);
  }

  recordEnd(kind: KindKey): void {
    if (this.#end !== undefined) return;
    this.#set.recordEnd(kind);
    this.#review();
  }

  lose(gap: GapRecord): void {
    if (this.#end !== undefined) return;
    this.#set.lose(gap);
    this.#review();
  }

  /** Time has passed: decides what came due, in the order in which it came due. Gives whether being idle decided anything. */
  advance(toMs: number, idle: boolean): boolean {
    while (this.#opened && this.#end === undefined) {
      const due = this.#nextBy(toMs);
      if (due > toMs) break;
      this.#scene.moveTo(due);
      this.#decideDue(due);
    }
    this.#scene.moveTo(toMs);
    return idle && this.#opened && this.#end === undefined && this.#hasPassed && this.#giveUp();
  }

  /** Ends the window now if it is still open, and gives the verdicts in the order of the language. */
  finish(): readonly Verdict[] {
    if (this.#end === undefined) this.#close('interrupted');
    return this.#set.monitors.map(({ verdict }) => verdict).filter((verdict) => verdict !== undefined);
  }

  #setTimes(): void {
    const { openedMs, budgetMs } = this.#scene;
    this.#passedMs = addMs(openedMs, this.#passMs);
    this.#deadlineMs = addMs(this.#passedMs, budgetMs);
    if (this.#untilMs !== undefined) this.#untilDueMs = addMs(openedMs, Math.max(this.#untilMs, this.#passMs));
  }

  get #hasPassed(): boolean {
    return this.#scene.nowMs >= this.#passedMs;
  }

  get #positiveDecided(): boolean {
    return this.#hasPassed && !this.#positive.some(isPending);
  }

  get #awaitsQuiet(): boolean {
    if (!this.#positiveDecided) return false;
    if (this.#settled.some(isPending)) return true;
    // A transcript of the request itself is decided by the answer, and waits for nothing.
    return !this.#hasUntil && this.#lasting.some((monitor) => isPending(monitor) || !this.#isOfAnswer(monitor));
  }

  #isOfAnswer(monitor: Monitor): boolean {
    return this.#prints.some((one) => one === monitor && one.verdict !== undefined);
  }

  get #hasUntil(): boolean {
    return this.#untilMs !== undefined || (this.#until.length > 0 && !this.#until.some(hasFailed));
  }

  #decideDue(dueMs: number): void {
    for (const hold of this.#holds) if (isPending(hold) && (hold.nextMs ?? Infinity) <= dueMs) hold.onTime();
    if (this.#untilDueMs <= dueMs) this.#close('until');
    this.#review();
    if (this.#end === undefined && !this.#budgetSpent && this.#deadlineMs <= dueMs) this.#spendBudget();
  }

  /** Looks whether what has been decided lets the window end. */
  #review(): void {
    if (!this.#opened || this.#end !== undefined || !this.#hasPassed) return;
    if (this.#until.length > 0 && this.#until.every(({ verdict }) => verdict?.outcome === 'pass')) this.#close('until');
    else if (this.#awaitsQuiet) this.#reviewQuiet();
    else if (this.#positiveDecided && !this.#hasUntil) this.#close(this.#reason);
    else if (this.#positiveDecided && this.#budgetSpent && this.#untilMs === undefined) this.#close('budget');
  }

  get #reason(): WindowEnd {
    if (this.#budgetSpent) return 'budget';
    return this.#idle ? 'idle' : 'decided';
  }

  get #isQuiet(): boolean {
    const { openedMs, nowMs } = this.#scene;
    return this.#quiet.earliestMs(openedMs) <= nowMs && (this.#quiet.quietAtMs(openedMs) ?? Infinity) <= nowMs;
  }

  #reviewQuiet(): void {
    if (this.#isQuiet) {
      for (const monitor of this.#settled) if (isPending(monitor)) monitor.judge();
      if (!this.#hasUntil) this.#close('quiet');
    } else if (this.#budgetSpent && this.#untilMs === undefined) this.#close('budget');
  }

  /** What has not come by now has failed; only states that hold already may go on to the end of their time. */
  #spendBudget(): void {
    this.#budgetSpent = true;
    const running = this.#holds.filter((hold) => isPending(hold) && hold.nextMs !== undefined);
    for (const monitor of [...this.#positive, ...this.#until]) {
      if (isPending(monitor) && !running.some((hold) => hold === monitor)) monitor.close('budget');
    }
    if (this.#untilMs !== undefined) {
      for (const monitor of this.#settled) monitor.close('budget');
      return;
    }
    if (running.length === 0) this.#close('budget');
  }

  /**
   * Nothing but heartbeats can happen any more: what only a record could bring fails now. What waits for time (quiet, a
   * state that is held, `until: 10s`) goes on waiting, so that the times of later steps do not depend on the backend.
   */
  #giveUp(): boolean {
    const hopeless = [...this.#positive, ...this.#until].filter(
      (monitor) => isPending(monitor) && monitor.nextMs === undefined,
    );
    for (const monitor of hopeless) monitor.close('idle');
    const restless = this.#positiveDecided && this.#quiet.quietAtMs(this.#scene.openedMs) === undefined;
    const unsettled = restless ? this.#settled.filter(isPending) : [];
    if (hopeless.length === 0 && unsettled.length === 0) return false;
    this.#idle = true;
    // There will be no quiet point.
    if (unsettled.length > 0) this.#close('idle');
    else this.#review();
    return true;
  }

  #close(end: WindowEnd): void {
    this.#end = end;
    for (const monitor of this.#set.monitors) monitor.close(end);
  }
}

function printsMonitors(
  prints: readonly Printed[],
  { scene, create }: { readonly scene: WindowScene; readonly create: PrintsFactory | undefined },
): readonly PrintsMonitor[] {
  return prints.map((printed) => {
    if (create === undefined) throw new Error('the judge was made without what `prints` needs');
    return create(printed, scene);
  });
}

function hasFailed({ verdict }: Monitor): boolean {
  return verdict?.outcome === 'fail';
}

function isPending({ verdict }: Monitor): boolean {
  return verdict === undefined;
}
