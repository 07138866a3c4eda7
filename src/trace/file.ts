// Trace files: JSON Lines, a header line first, then one record a line (DESIGN, section 6).

import type { TraceHeader, TraceRecord } from './record.ts';

export { readTrace } from './read-trace.ts';

/** The first line of a trace file, without its line end. */
export function formatHeader(header: TraceHeader): string {
  return JSON.stringify(header);
}

/** The line of a record, without its line end. `managedFields` are left out: they are long, and nobody is judged by them. */
export function formatRecord(record: TraceRecord): string {
  return JSON.stringify(lineOf(record), mayHoldManagedFields(record) ? dropManagedFields : undefined);
}

/** A replacer makes writing several times slower; the simulator's objects never need it. */
function mayHoldManagedFields(record: TraceRecord): boolean {
  if (record.kind === 'observation') return record.object.metadata.managedFields !== undefined;
  return record.kind === 'request';
}

function lineOf(record: TraceRecord): object {
  const { kind: _kind, at, step, ...rest } = record;
  // A kind would be said twice: the members of a line tell what it is. Moment first, for people who read the file.
  return { at, step, ...rest };
}

function dropManagedFields(name: string, value: unknown): unknown {
  return name === 'managedFields' ? undefined : value;
}
