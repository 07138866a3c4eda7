// Collects the messages of each scenario's run until it has ended, so that a reporter can speak of it as a whole.

import type {
  Message,
  RunId,
  ScenarioFinished,
  ScenarioStarted,
  StepFinished,
  StepStarted,
} from '../src/runner/messages.ts';

/** One step of a run, as far as it came. */
export interface StepReport {
  readonly started: StepStarted;
  readonly finished?: StepFinished;
}

/** All that was said of one run of one scenario. */
export interface ScenarioReport {
  /** Absent for runs that never began: skipped and invalid ones. */
  readonly started?: ScenarioStarted;
  readonly steps: readonly StepReport[];
  readonly finished: ScenarioFinished;
}

/** Keeps what is said of runs under way, and hands out each report when its run has ended. */
export class Gatherer {
  readonly #underWay = new Map<string, { started?: ScenarioStarted; steps: StepReport[] }>();

  /** The report of the run that this message ends. */
  take(message: Message): ScenarioReport | undefined {
    if (message.kind === 'scenarioStarted') this.#of(message.id).started = message;
    if (message.kind === 'stepStarted') this.#of(message.id).steps.push({ started: message });
    if (message.kind === 'stepFinished') {
      const { steps } = this.#of(message.id);
      const last = steps.pop();
      if (last !== undefined) steps.push({ ...last, finished: message });
    }
    if (message.kind !== 'scenarioFinished') return undefined;
    const { started, steps } = this.#of(message.id);
    this.#underWay.delete(keyOf(message.id));
    return started === undefined ? { steps, finished: message } : { started, steps, finished: message };
  }

  #of(id: RunId): { started?: ScenarioStarted; steps: StepReport[] } {
    const key = keyOf(id);
    let found = this.#underWay.get(key);
    if (found === undefined) this.#underWay.set(key, (found = { steps: [] }));
    return found;
  }
}

/** The run as people name it: `scale-out`, `upgrade#2` for a row of a matrix. */
export function titleOf(id: RunId): string {
  return id.row === undefined ? id.scenario : `${id.scenario}#${id.row}`;
}

function keyOf(id: RunId): string {
  return JSON.stringify([id.scenario, id.row, id.backend, id.seed, id.attempt]);
}
