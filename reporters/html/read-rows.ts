// The way back from rows to records, in the page. Versions of an object share what they have in common.

import { applyDelta } from './delta.ts';
import type { Json, KubernetesObject } from '../../src/kubernetes/object.ts';
import type { TraceRecord } from '../../src/trace/record.ts';
import type { RecordRow } from './document.ts';

/** A record of the trace, with what the page knows beyond it. */
export interface ShownRecord {
  /** Number in the run, from 0. */
  readonly position: number;
  readonly record: TraceRecord;
  /** The field manager who made the change, where that is known. */
  readonly manager?: string;
}

/** All records of a run. */
export function readRows(rows: readonly RecordRow[]): readonly ShownRecord[] {
  const objects: (Json | undefined)[] = [];
  return rows.map((row, position) => {
    if (row.length === 1) return { position, record: row[0] };
    const [type, at, step, base, delta, manager] = row;
    const object = applyDelta(base < 0 ? undefined : objects[base], delta);
    objects[position] = object;
    const record = { kind: 'observation', type, at, step, object: object as unknown as KubernetesObject } as const;
    return manager === undefined ? { position, record } : { position, record, manager };
  });
}
