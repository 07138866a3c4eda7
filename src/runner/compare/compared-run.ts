// One run as a comparison sees it: what it came to, expectation by expectation, and its milestones under names that do not
// depend on the cluster. Made from the run's messages alone.

import { kindKey } from '../../kubernetes/kind.ts';
import { listMilestones } from '../../trace/milestone-list.ts';
import { leaseKind } from '../../trace/words/kinds.ts';
import { roleNames } from './role-names.ts';
import type { Verdict } from '../../expectations/verdict.ts';
import type { Milestone } from '../../trace/milestone-list.ts';
import type { Observation, TraceHeader, TraceRecord } from '../../trace/record.ts';
import type { Message, ScenarioFinished } from '../messages.ts';

/** One step, as far as it came. */
export interface ComparedStep {
  readonly name: string;
  readonly beganMs: number;
  /** Absent where the run ended inside the step. */
  readonly endedMs?: number;
  readonly verdicts: readonly Verdict[];
}

/** One run of the scenario. */
export interface ComparedRun {
  /** Absent for runs that never started: skipped, invalid, no environment. */
  readonly header?: TraceHeader;
  readonly steps: readonly ComparedStep[];
  readonly finished: ScenarioFinished;
  readonly milestones: readonly Milestone[];
  /** Number of watch events. */
  readonly observations: number;
  /** Number of places where watch events were lost: order across them cannot be known. */
  readonly gaps: number;
  /** When the last record came, milliseconds. */
  readonly endMs: number;
}

/** Collects the messages of one run, records included. */
export class RunCollector {
  readonly #steps: ComparedStep[] = [];
  readonly #records: TraceRecord[] = [];
  #header: TraceHeader | undefined;
  #finished: ScenarioFinished | undefined;

  take(message: Message): void {
    if (message.kind === 'scenarioStarted') this.#header = message.header;
    if (message.kind === 'record') this.#records.push(message.record);
    if (message.kind === 'stepStarted') {
      this.#steps.push({ name: message.name, beganMs: message.atMs, verdicts: [] });
    }
    if (message.kind === 'stepFinished') {
      const begun = this.#steps.pop();
      if (begun !== undefined) this.#steps.push({ ...begun, endedMs: message.atMs, verdicts: message.verdicts });
    }
    if (message.kind === 'scenarioFinished') this.#finished = message;
  }

  /** The run, once `scenarioFinished` was taken; undefined before. */
  get run(): ComparedRun | undefined {
    if (this.#finished === undefined) return undefined;
    const observations = this.#records.filter(isCompared);
    const names = roleNames(observations);
    return {
      ...(this.#header === undefined ? {} : { header: this.#header }),
      steps: this.#steps,
      finished: this.#finished,
      milestones: listMilestones(
        observations,
        ({ record, kind, name }) => names.get(record.object.metadata.uid) ?? `${kind}/${name}`,
      ),
      observations: this.#records.filter(({ kind }) => kind === 'observation').length,
      gaps: this.#records.filter(({ kind }) => kind === 'gap').length,
      endMs: this.#records.at(-1)?.at ?? 0,
    };
  }
}

/** Leases are heartbeats: which of them a backend shows says nothing of the workload. */
function isCompared(record: TraceRecord): record is Observation {
  return record.kind === 'observation' && kindKey(record.object) !== leaseKind;
}
