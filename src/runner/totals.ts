// What a run of several scenarios has come to, and its first and last message.

import { emptyCounts } from './count-outcomes.ts';
import { exitCodeOf } from './exit-code.ts';
import { version } from './version.ts';
import type { Guarantee } from '../scenario/guarantees.ts';
import type { Backend } from '../backends/cluster.ts';
import type { Message, RunFinished, RunStarted } from './messages.ts';
import type { RunOptions } from './run-options.ts';

/** What has come out so far. */
export class Totals {
  readonly counts = emptyCounts();
  readonly #strict: boolean;
  vacuous = 0;
  #bug = false;

  constructor(strict: boolean) {
    this.#strict = strict;
  }

  /** Number of runs that neither passed nor were skipped. */
  get failures(): number {
    const { fail, inconclusive, invalid, error } = this.counts;
    return fail + inconclusive + invalid + error;
  }

  take(message: Message): void {
    if (message.kind !== 'scenarioFinished' || message.retried === true) return;
    this.counts[message.outcome] += 1;
    this.vacuous += message.vacuous;
    this.#bug ||= message.bug === true;
  }

  exitCode(interrupted: boolean): number {
    const { counts, vacuous } = this;
    return exitCodeOf({ counts, vacuous, interrupted, strict: this.#strict, bug: this.#bug });
  }

  /** The last message. */
  finished(end: Pick<RunFinished, 'exitCode' | 'realMs' | 'reason'>): RunFinished {
    return { kind: 'runFinished', counts: this.counts, vacuous: this.vacuous, ...end };
  }
}

/** What a run consists of. */
export interface RunFrame {
  readonly backend: Pick<Backend, 'name' | 'kubernetesVersion'>;
  /** Number of runs. */
  readonly scenarios: number;
  readonly guarantees: readonly Guarantee[];
}

/** The first message. */
export function runStarted(options: RunOptions, { backend, scenarios, guarantees }: RunFrame): RunStarted {
  const { patience, quietMs, strict } = options;
  return {
    kind: 'runStarted',
    format: 1,
    setpiece: version,
    backend: backend.name,
    kubernetes: backend.kubernetesVersion,
    scenarios,
    patience,
    quietMs,
    strict,
    guarantees,
  };
}
