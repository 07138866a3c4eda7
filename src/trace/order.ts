// The order of a trace: by resourceVersion, not by arrival; watches of different kinds deliver late.

import { compareResourceVersions } from './resource-version.ts';
import type { Observation, TraceRecord } from './record.ts';

/**
 * Sorts the records of several watches. Observations stand in resourceVersion order. Every other record stands as early as
 * it can: behind all observations that had arrived before it, since those had certainly happened, and in its old order
 * among its like.
 */
export function orderRecords(records: readonly TraceRecord[]): readonly TraceRecord[] {
  const observations: Observation[] = [];
  const others: TraceRecord[] = [];
  for (const record of records) {
    if (record.kind === 'observation') observations.push(record);
    else others.push(record);
  }
  observations.sort(compareObservations);
  others.sort((a, b) => a.at - b.at);
  return merge(observations, others);
}

/** Whether observations already stand in resourceVersion order. */
export function isOrdered(records: readonly TraceRecord[]): boolean {
  let last: string | undefined;
  for (const record of records) {
    if (record.kind !== 'observation') continue;
    const version = record.object.metadata.resourceVersion;
    if (last !== undefined && compareResourceVersions(last, version) > 0) return false;
    last = version;
  }
  return true;
}

/**
 * Gives each observation the step that it belongs to (W-5): the one whose first answer has the last resourceVersion at or
 * below its own. Where answers carry no versions, the step of the last request before it.
 */
export function assignSteps(records: readonly TraceRecord[]): readonly TraceRecord[] {
  const starts = stepStarts(records);
  let step = -1;
  let next = 0;
  return records.map((record) => {
    if (record.kind !== 'observation') {
      if (record.kind === 'request' && record.response.resourceVersion === undefined)
        step = Math.max(step, record.step);
      return record;
    }
    const version = record.object.metadata.resourceVersion;
    for (; next < starts.length; next += 1) {
      const start = starts[next];
      if (start === undefined || compareResourceVersions(start.version, version) > 0) break;
      step = Math.max(step, start.step);
    }
    return record.step === step ? record : { ...record, step };
  });
}

function stepStarts(records: readonly TraceRecord[]): readonly { readonly step: number; readonly version: string }[] {
  const firsts = new Map<number, string>();
  for (const record of records) {
    if (record.kind !== 'request') continue;
    const version = record.response.resourceVersion;
    const known = firsts.get(record.step);
    if (version === undefined || (known !== undefined && compareResourceVersions(known, version) <= 0)) continue;
    firsts.set(record.step, version);
  }
  const starts = [...firsts].map(([step, version]) => ({ step, version }));
  return starts.sort((a, b) => compareResourceVersions(a.version, b.version) || a.step - b.step);
}

function compareObservations(a: Observation, b: Observation): number {
  return compareResourceVersions(a.object.metadata.resourceVersion, b.object.metadata.resourceVersion);
}

/** How long the command line of a recording takes at least, from its start until its request reaches the server. */
const commandStartMs = 40;

/** Before this time nothing can have come of a record. */
function reachedAt(record: TraceRecord): number {
  return record.kind === 'request' && record.response.code === 0 ? record.at + commandStartMs : record.at;
}

function merge(observations: readonly Observation[], others: readonly TraceRecord[]): readonly TraceRecord[] {
  if (others.length === 0) return observations;
  // From the end: a record goes in front of the longest tail of observations that all arrived at its time or later.
  const merged: TraceRecord[] = [];
  let left = observations.length;
  for (let at = others.length - 1; at >= 0; at -= 1) {
    const other = others[at];
    if (other === undefined) continue;
    const from = reachedAt(other);
    for (let last = observations[left - 1]; last !== undefined && last.at >= from; last = observations[left - 1]) {
      merged.push(last);
      left -= 1;
    }
    merged.push(other);
  }
  for (let at = left - 1; at >= 0; at -= 1) {
    const observation = observations[at];
    if (observation !== undefined) merged.push(observation);
  }
  return merged.reverse();
}
