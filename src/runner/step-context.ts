// What the runner gives to the action of one step: recorded requests, resolved targets, time.

import { RecordingEnded } from '../backends/cluster.ts';
import { addMs } from '../expectations/add-ms.ts';
import { selectNames } from '../expectations/clauses/select.ts';
import { manifestsOf } from './load-file.ts';
import { emptyTarget } from './actions/empty-target.ts';
import type { Answer, Cluster, ClusterRequest, Fault, ObjectAddress } from '../backends/cluster.ts';
import type { Manifest } from '../kubernetes/object.ts';
import type { BoundStep, Selection } from '../scenario/model.ts';
import type { World } from '../trace/world.ts';
import type { ActionContext, ActionOf } from './actions/action-context.ts';
import type { LoadedScenario } from './load-file.ts';
import type { StepManner } from './step-manner.ts';
import type { TraceRecorder } from './trace-recorder.ts';

/** What a step's action works with. */
export interface StepRoom {
  readonly step: BoundStep;
  readonly loaded: LoadedScenario;
  readonly cluster: Cluster;
  readonly world: World;
  readonly recorder: TraceRecorder;
  readonly patience: number;
  /** Called after time has passed, so that the judge knows. */
  readonly onTime: () => void;
  readonly signal: AbortSignal;
  readonly manner: StepManner;
}

const budgetDefaultMs = 120_000;

/** The context of the action of one step. */
export class StepContext implements ActionContext {
  readonly #room: StepRoom;

  constructor(room: StepRoom) {
    this.#room = room;
  }

  get step(): BoundStep {
    return this.#room.step;
  }

  get world(): World {
    return this.#room.world;
  }

  get namespace(): string {
    return this.#room.cluster.namespace;
  }

  get budgetMs(): number {
    return (this.step.expect?.withinMs ?? budgetDefaultMs) * this.#room.patience;
  }

  get nowMs(): number {
    return this.#room.cluster.nowMs;
  }

  get timestamp(): string {
    return this.#room.cluster.timestamp;
  }

  get overwrites(): boolean {
    return this.#room.manner.overwrite !== false;
  }

  /** Time that is to pass before the action, milliseconds. */
  get pauseMs(): number {
    return this.#room.manner.pauseMs ?? 0;
  }

  select(selection: Selection): readonly ObjectAddress[] {
    return selectNames(selection, this.world).map((name) => ({ kind: selection.of, name }));
  }

  resolve(target: Selection): readonly ObjectAddress[] {
    const found = this.select(target);
    if (found.length === 0 && this.#room.manner.emptyTarget !== 'allowed')
      throw emptyTarget(target, this, { found: 'no object matches it' });
    return found;
  }

  manifests(action: ActionOf<'apply' | 'create'>): readonly Manifest[] {
    return manifestsOf(action, this.#room.loaded);
  }

  async send(request: ClusterRequest): Promise<Answer> {
    const { cluster, recorder } = this.#room;
    return recorder.request(request, cluster.nowMs, () => cluster.request(request));
  }

  async inject(fault: Fault): Promise<void> {
    const { cluster, recorder } = this.#room;
    await recorder.fault(fault, cluster.nowMs, () => cluster.inject(fault));
  }

  async pass(ms: number): Promise<void> {
    const { cluster, signal, onTime } = this.#room;
    const limitMs = addMs(cluster.nowMs, ms);
    // Idle is no reason to stop: the step wants the time itself. Only an interruption ends it early.
    const end = await cluster.until(() => signal.aborted, limitMs);
    if (end === 'cut') throw new RecordingEnded('the recording ends while the action waits');
    if (end === 'idle' && !signal.aborted) await cluster.until(undefined, limitMs);
    onTime();
  }
}
