// One run of one scenario on one cluster: goes from step to step, each judged in its window, and leaves a trace.

import { RecordingEnded } from '../backends/cluster.ts';
import { createJudge } from '../expectations/create-judge.ts';
import { bindInvariants, bindStep } from '../scenario/bind.ts';
import { expandSteps } from '../scenario/expand.ts';
import { ScenarioError } from '../scenario/problem.ts';
import { isRead, runAction } from './actions/run-action.ts';
import { InternalError } from './internal-error.ts';
import { rememberValues } from './remember-values.ts';
import { StepContext } from './step-context.ts';
import { stepName } from './step-name.ts';
import { undoableStep, withCauses } from './undoable-step.ts';
import { unexpectedRefusals } from './unexpected-refusal.ts';
import type { Backend, Cluster } from '../backends/cluster.ts';
import type { Judge, JudgeOptions } from '../expectations/judge.ts';
import type { Json } from '../kubernetes/object.ts';
import type { Verdict } from '../expectations/verdict.ts';
import type { BoundStep, Variables } from '../scenario/model.ts';
import type { StepRow } from '../scenario/expand.ts';
import type { Problem } from '../scenario/problem.ts';
import type { LoadedScenario } from './load-file.ts';
import type { Message, RunId } from './messages.ts';
import type { RunOptions } from './run-options.ts';
import type { StepManner } from './step-manner.ts';
import type { TraceRecorder } from './trace-recorder.ts';

/** How long a read waits before it is repeated, milliseconds. */
const readAgainMs = 500;
/** So many turns of the loop without time passing mean that judge and cluster wait for each other. */
const standstillMax = 10_000;

/** What a run is made of. */
export interface ScenarioRunInput {
  readonly loaded: LoadedScenario;
  /** Constants, and the values of this run's row. */
  readonly variables: Variables;
  readonly backend: Backend;
  readonly options: RunOptions;
  readonly id: RunId;
  readonly recorder: TraceRecorder;
  readonly emit: (message: Message) => void;
  readonly signal: AbortSignal;
  readonly mannerOf?: (step: number) => StepManner;
}

/** What a run came to, when no error ended it. */
export interface RunEnd {
  /** Verdicts of all steps that were run. */
  readonly verdicts: readonly Verdict[];
  readonly invariants: readonly Verdict[];
  readonly interrupted: boolean;
  /** Why what was not decided by then is inconclusive: the recording ends in the middle of the run. */
  readonly cut?: string;
  /** Names of the steps behind the one that did not pass. */
  readonly notRun: readonly string[];
}

/** The judge of a run, with the invariants of the scenario. Throws `ScenarioError` for invariants that cannot be bound. */
export async function judgeOf({ loaded, variables, backend, options }: ScenarioRunInput): Promise<Judge> {
  const { invariants, problems } = bindInvariants(loaded.scenario, variables);
  if (problems.length > 0) throw new ScenarioError(problems);
  return createJudge({
    quietMs: options.quietMs,
    patience: options.patience,
    slackMs: backend.slackMs,
    ...(invariants === undefined ? {} : { invariants }),
    ...(await printsOf(loaded.scenario)),
  });
}

/** What renders and compares transcripts is much, and few scenarios have one. */
async function printsOf({ content }: LoadedScenario['scenario']): Promise<Pick<JudgeOptions, 'prints'>> {
  const steps = (content['steps'] ?? []) as readonly { readonly expect?: { readonly prints?: unknown } }[];
  if (!steps.some(({ expect }) => expect?.prints !== undefined)) return {};
  const { createPrints } = await import('../expectations/prints.ts');
  return { prints: createPrints };
}

/** Runs steps one after another; the first that does not pass is the last. */
export class ScenarioRun {
  readonly #input: ScenarioRunInput;
  readonly #cluster: Cluster;
  readonly #judge: Judge;
  readonly #rows: readonly StepRow[];
  /** Why a value was not remembered, by its name. */
  readonly #forgotten = new Map<string, Problem>();
  #cut = false;

  constructor(input: ScenarioRunInput, cluster: Cluster, judge: Judge) {
    this.#input = input;
    this.#rows = expandSteps(input.loaded.scenario, input.variables);
    this.#cluster = cluster;
    this.#judge = judge;
  }

  /** Number of steps, rows of `each` counted one by one. */
  get steps(): number {
    return this.#rows.length;
  }

  async run(): Promise<RunEnd> {
    const { signal } = this.#input;
    const rows = this.#rows;
    const verdicts: Verdict[] = [];
    const remembered: Record<string, Json> = {};
    for (const [number, row] of rows.entries()) {
      const step = this.#bind(row, remembered, number);
      const ofStep = 'verdicts' in step ? step.verdicts : await this.#step(step, number);
      if (signal.aborted)
        return { verdicts, invariants: [], interrupted: true, notRun: this.#names(rows.slice(number), remembered) };
      verdicts.push(...ofStep);
      const cut = this.#cut && !('verdicts' in step) ? { cut: this.#cutText(step) } : {};
      const failed = ofStep.some(({ outcome }) => outcome !== 'pass');
      if (this.#cut || (failed && !this.#input.options.keepGoing)) {
        const invariants = this.#judge.end(this.#cut);
        return {
          verdicts,
          invariants,
          interrupted: false,
          ...cut,
          notRun: this.#names(rows.slice(number + 1), remembered),
        };
      }
      if (!('verdicts' in step)) Object.assign(remembered, this.#remember(step));
    }
    return { verdicts, invariants: this.#judge.end(), interrupted: false, notRun: [] };
  }

  #cutText({ name }: BoundStep): string {
    const ending = this.#cluster.nowMs / 1000;
    return `the trace ends at ${ending}s, before step "${name}" was done; what was not decided by then is inconclusive`;
  }

  #bind(row: StepRow, remembered: Variables, number: number): BoundStep | { readonly verdicts: readonly Verdict[] } {
    const { loaded, options } = this.#input;
    const { step, problems } = bindStep(loaded.scenario, row.position, { ...row.variables, ...remembered });
    if (problems.length === 0) return step;
    if (!options.keepGoing) throw new ScenarioError(problems);
    return { verdicts: this.#pass(step, number, problems) };
  }

  /** Tells of a step that was not bound, since nothing has made the values that it needs. */
  #pass(step: BoundStep, number: number, problems: readonly Problem[]): readonly Verdict[] {
    const { id, emit, recorder } = this.#input;
    const atMs = this.#cluster.nowMs;
    const verdicts = [undoableStep(step, withCauses(problems, this.#forgotten), atMs)];
    recorder.step = number;
    emit({
      kind: 'stepStarted',
      id,
      step: number,
      name: step.name,
      guarantees: step.guarantees,
      span: step.span,
      atMs,
    });
    emit({ kind: 'stepFinished', id, step: number, atMs, verdicts });
    return verdicts;
  }

  #names(rows: readonly StepRow[], remembered: Variables): readonly string[] {
    return rows.map((row) => stepName(this.#input.loaded.scenario, row, remembered));
  }

  async #step(step: BoundStep, number: number): Promise<readonly Verdict[]> {
    const { id, emit, recorder, signal } = this.#input;
    const { name, guarantees, span } = step;
    recorder.step = number;
    emit({ kind: 'stepStarted', id, step: number, name, guarantees, span, atMs: this.#cluster.nowMs });
    this.#judge.beginStep(step, this.#cluster.nowMs);
    const context = this.#contextOf(step, number);
    const refusals = await this.#play(step, context);
    const verdicts = this.#close(refusals);
    if (!signal.aborted) emit({ kind: 'stepFinished', id, step: number, atMs: this.#cluster.nowMs, verdicts });
    return verdicts;
  }

  async #play(step: BoundStep, context: StepContext): Promise<readonly Verdict[]> {
    try {
      const refusals = await this.#act(step, context);
      if (refusals.length === 0) await this.#watch(step, context);
      return refusals;
    } catch (error) {
      if (error instanceof ScenarioError && this.#input.options.keepGoing) return this.#giveUp(step, error);
      if (!(error instanceof RecordingEnded)) throw error;
      this.#cut = true;
      return [];
    }
  }

  #giveUp(step: BoundStep, { problems }: ScenarioError): readonly Verdict[] {
    const { nowMs } = this.#cluster;
    this.#input.recorder.window(nowMs, 'opened');
    this.#judge.openWindow(nowMs, []);
    return [undoableStep(step, problems, nowMs)];
  }

  /** Does the action and opens the window; gives what makes the window needless. */
  async #act(step: BoundStep, context: StepContext): Promise<readonly Verdict[]> {
    if (context.pauseMs > 0) await context.pass(context.pauseMs);
    const answers = step.action === undefined ? [] : await runAction(step.action, context);
    const { nowMs } = this.#cluster;
    this.#input.recorder.window(nowMs, 'opened');
    this.#judge.openWindow(nowMs, answers);
    return unexpectedRefusals(step, answers, nowMs);
  }

  /** Lets time pass until the judge has closed the window, or somebody interrupts. */
  async #watch(step: BoundStep, context: StepContext): Promise<void> {
    const { recorder, signal } = this.#input;
    const judge = this.#judge;
    const cluster = this.#cluster;
    const over = (): boolean => judge.windowEnd !== undefined || signal.aborted;
    for (
      let turns = 0, lastMs = -1;
      !over();
      turns = cluster.nowMs === lastMs ? turns + 1 : 0, lastMs = cluster.nowMs
    ) {
      if (turns > standstillMax) throw new InternalError(`time stands still in step "${step.name}"`);
      if (judge.wantsAnotherAnswer && step.action !== undefined && isRead(step.action)) {
        await context.pass(readAgainMs);
        if (!over()) judge.openWindow(cluster.nowMs, await runAction(step.action, context));
        continue;
      }
      if (judge.nextMs === undefined) throw new InternalError(`nothing can close the window of step "${step.name}"`);
      const end = await cluster.until(over, this.#nextMs());
      if (end === 'cut') throw new RecordingEnded('the recording ends inside the window');
      const decided = judge.advance(cluster.nowMs, end === 'idle');
      if (decided) recorder.window(cluster.nowMs, 'idle');
      if (end === 'idle') await this.#passIdle();
    }
  }

  /**
   * When the judge is to be asked again. A record can bring it nearer: with the last event that was waited for, the budget
   * gives way to the quiet point. Asked once a record, since the judge then looks at all that is in flight.
   */
  #nextMs(): () => number {
    const { records } = this.#input.recorder;
    let asked = -1;
    let nextMs = Infinity;
    return () => {
      if (asked !== records.length) {
        asked = records.length;
        nextMs = this.#judge.nextMs ?? Infinity;
      }
      return nextMs;
    };
  }

  /** W-3 is one rule on every backend: what waits for quiet waits for it also when nothing more can happen. */
  async #passIdle(): Promise<void> {
    const { nextMs } = this.#judge;
    if (nextMs === undefined) return;
    await this.#cluster.until(undefined, nextMs);
    this.#judge.advance(this.#cluster.nowMs);
  }

  #close(refusals: readonly Verdict[]): readonly Verdict[] {
    const { recorder, signal } = this.#input;
    const reason = signal.aborted || this.#cut ? 'interrupted' : (this.#judge.windowEnd ?? 'decided');
    recorder.window(this.#cluster.nowMs, 'closed', reason);
    const verdicts = this.#judge.endStep();
    // After a refusal that nobody expected the other words were not given their time.
    return refusals.length > 0 ? refusals : verdicts;
  }

  #remember(step: BoundStep): Variables {
    if (step.remember.length === 0) return {};
    const { recorder, options } = this.#input;
    const { values, missing } = rememberValues(step, this.#judge.world);
    // A run that keeps going leaves it to the steps that need the value: they will tell.
    if (missing.size > 0 && !options.keepGoing) throw new ScenarioError([...missing.values()].slice(0, 1));
    for (const [name, problem] of missing) this.#forgotten.set(name, problem);
    if (Object.keys(values).length === 0) return values;
    recorder.add({ kind: 'remember', at: this.#cluster.nowMs, step: recorder.step, values });
    return values;
  }

  #contextOf(step: BoundStep, number: number): StepContext {
    const { loaded, options, recorder, signal, mannerOf } = this.#input;
    return new StepContext({
      step,
      loaded,
      cluster: this.#cluster,
      world: this.#judge.world,
      recorder,
      patience: options.patience,
      signal,
      manner: mannerOf?.(number) ?? {},
      onTime: () => this.#judge.advance(this.#cluster.nowMs),
    });
  }
}
