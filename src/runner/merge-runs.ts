// Joins the runs of shards and backends into one, as if they had been made after one another.

import { exitCodes } from './exit-code.ts';
import { Totals } from './totals.ts';
import type { Message, RunId } from './messages.ts';

/** One run that was read. */
export interface RunToMerge {
  /** Where it was read, for messages. */
  readonly path: string;
  readonly messages: readonly Message[];
  /** False: the run was killed before its end. */
  readonly whole: boolean;
}

/** Why runs cannot be one run. */
export interface MergeConflict {
  readonly reason: string;
}

/** The same run of a scenario in two files would be counted twice: the first one found. */
export function findConflict(runs: readonly RunToMerge[]): MergeConflict | undefined {
  const seen = new Map<string, string>();
  for (const { path, messages } of runs) {
    let kubernetes = '';
    for (const message of messages) {
      if (message.kind === 'runStarted') ({ kubernetes } = message);
      if (message.kind !== 'scenarioFinished') continue;
      const { id } = message;
      const key = JSON.stringify([id.scenario, id.row, id.backend, id.seed, id.attempt, kubernetes]);
      const other = seen.get(key);
      if (other !== undefined)
        return { reason: `${nameOf(id)} is in ${other === path ? `${path} twice` : `${other} and in ${path}`}` };
      seen.set(key, path);
    }
  }
  return undefined;
}

/** Tells all runs in their order, with one end that counts them all, and gives the exit code that they deserve together. */
export function mergeRuns(runs: readonly RunToMerge[], emit: (message: Message) => void): number {
  const strict = runs.some(({ messages }) => messages.some((one) => one.kind === 'runStarted' && one.strict));
  const totals = new Totals(strict);
  const reasons: string[] = [];
  let realMs = 0;
  let interrupted = false;
  for (const { path, messages, whole } of runs) {
    if (!whole) reasons.push(`${path} ends before its run does: what was under way is missing`);
    for (const message of messages) {
      if (message.kind === 'runFinished') {
        realMs += message.realMs;
        interrupted ||= message.exitCode === exitCodes.interrupted;
        if (message.reason !== undefined) reasons.push(`${path}: ${message.reason}`);
      } else {
        totals.take(message);
        emit(message);
      }
    }
  }
  const code = totals.exitCode(interrupted);
  const cut = runs.some(({ whole }) => !whole);
  const exitCode = code === exitCodes.pass && cut ? exitCodes.environment : code;
  emit(totals.finished({ exitCode, realMs, ...(reasons.length === 0 ? {} : { reason: reasons.join('\n') }) }));
  return exitCode;
}

function nameOf({ scenario, row, backend, seed }: RunId): string {
  return `${row === undefined ? scenario : `${scenario}#${row}`} on ${backend} with seed ${seed}`;
}
