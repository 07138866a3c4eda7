// What an order of records can show to be wrong: a trace that was written by a run stands in the order of what happened.

import { compareResourceVersions, isResourceVersion } from './resource-version.ts';
import type { TraceRecord } from './record.ts';

/** A record that cannot stand where it stands. */
export interface Disorder {
  /** Position among the records, from 0. */
  readonly index: number;
  readonly message: string;
}

/**
 * The first record of a run's trace that is out of order, repeated, or has a version that cannot be ordered; undefined: none.
 * Only for traces with a header, which are written in order; recordings in the order of arrival are `orderRecords`' business.
 * `slackMs`: by how much times may go back.
 */
export function findDisorder(records: readonly TraceRecord[], slackMs: number): Disorder | undefined {
  let version: string | undefined;
  let before: TraceRecord | undefined;
  for (const [index, record] of records.entries()) {
    const message =
      (record.kind === 'observation' ? versionProblem(record.object.metadata.resourceVersion, version) : undefined) ??
      (before === undefined ? undefined : sequenceProblem(record, before, slackMs));
    if (message !== undefined) return { index, message };
    if (record.kind === 'observation') version = record.object.metadata.resourceVersion;
    // Order across a gap cannot be known; who judges by it hears of the gap.
    if (record.kind === 'gap') version = undefined;
    before = record;
  }
  return undefined;
}

function versionProblem(version: string, before: string | undefined): string | undefined {
  if (!isResourceVersion(version)) return `the resourceVersion ${JSON.stringify(version)} is no number`;
  if (before === undefined) return undefined;
  const order = compareResourceVersions(before, version);
  if (order === 0) return `resourceVersion ${version} stands in the record before, too`;
  return order > 0 ? `resourceVersion ${version} stands behind ${before}` : undefined;
}

function sequenceProblem(record: TraceRecord, before: TraceRecord, slackMs: number): string | undefined {
  if (record.step < before.step) return `a record of step ${record.step} stands behind one of step ${before.step}`;
  if (record.at < before.at - slackMs) return `a record at ${record.at} ms stands behind one at ${before.at} ms`;
  const repeated =
    record.kind === 'window' &&
    before.kind === 'window' &&
    record.window === before.window &&
    record.step === before.step;
  return repeated && record.window !== 'idle' ? `the window is ${record.window} twice` : undefined;
}
