// The shortest history that shows a verdict: one row for each milestone of the objects that take part.

import { milestonesOf } from '../../trace/milestones.ts';
import { formatSubject } from './describe.ts';
import type { Change } from '../../trace/change.ts';
import type { Observation } from '../../trace/record.ts';
import type { Scene, Subject } from '../scene.ts';
import type { HistoryRow } from '../verdict.ts';

/** Older rows are left out beyond these; the last ones are those that explain. */
const rowsMax = 16;

/**
 * The milestones of these objects in the window, oldest first, with the step's request in front. `decisive` is the record
 * that decided; it has a row even when it is no milestone (`remark` says what it is then).
 */
export function historyOf(
  scene: Scene,
  options: {
    readonly subjects: readonly Subject[];
    readonly decisive?: Observation | undefined;
    readonly remark?: string;
  },
): readonly HistoryRow[] {
  const wanted = new Set(options.subjects.map(formatSubject));
  const rows: HistoryRow[] = [];
  let last: { readonly record: Observation; readonly object: string; readonly what: string[] } | undefined;
  const flush = (): void => {
    if (last === undefined) return;
    const decisive = last.record === options.decisive;
    const what = last.what.length === 0 && decisive ? (options.remark ?? 'changed') : last.what.join(', ');
    if (what !== '') rows.push(rowOf(last, { what, decisive }));
  };
  for (const change of scene.changes()) {
    const object = formatSubject(change);
    if (!wanted.has(object)) continue;
    if (last?.record !== change.record) {
      flush();
      last = { record: change.record, object, what: [] };
    }
    last.what.push(...milestonesOf(change));
  }
  flush();
  const shown = rows.slice(-rowsMax);
  return scene.request === undefined ? shown : [scene.request, ...shown];
}

/** When the last milestone of an object in the window was, milliseconds. */
export function lastMilestoneMs(changes: readonly Change[], { kind, name }: Subject): number | undefined {
  for (let at = changes.length - 1; at >= 0; at -= 1) {
    const change = changes[at];
    if (change === undefined || change.kind !== kind || change.name !== name) continue;
    if (milestonesOf(change).length > 0) return change.record.at;
  }
  return undefined;
}

function rowOf(
  { record, object }: { readonly record: Observation; readonly object: string },
  { what, decisive }: { readonly what: string; readonly decisive: boolean },
): HistoryRow {
  return { atMs: record.at, resourceVersion: record.object.metadata.resourceVersion, object, what, decisive };
}
