// Which record comes next for the arrow keys: along the time, or over to the next lane. Pure.

import type { Lane, Tick } from './lane-model.ts';
import type { Row } from './rows.ts';

/** A record of one of the runs that are shown. */
export interface RecordPlace {
  /** Number of the run among those shown. */
  readonly track: number;
  /** Position of the record in its run. */
  readonly record: number;
}

/** Where to go: to the record before or behind, to the nearest in time on the lane above or below, to the ends. */
export type Direction = 'before' | 'behind' | 'above' | 'below' | 'first' | 'last';

/** The record that lies in a direction; undefined at the end. `shown` are the positions of one run's records, ascending. */
export function nextRecord(
  from: RecordPlace,
  direction: Direction,
  { rows, shown }: { readonly rows: readonly Row[]; readonly shown: readonly number[] },
): RecordPlace | undefined {
  if (direction === 'above' || direction === 'below') return otherLane(from, direction, rows);
  const place = (record: number | undefined): RecordPlace | undefined =>
    record === undefined ? undefined : { track: from.track, record };
  if (direction === 'first') return place(shown[0]);
  if (direction === 'last') return place(shown.at(-1));
  if (direction === 'behind') return place(shown.find((record) => record > from.record));
  return place(shown.findLast((record) => record < from.record));
}

function otherLane(from: RecordPlace, direction: 'above' | 'below', rows: readonly Row[]): RecordPlace | undefined {
  const lanes: { readonly track: number; readonly lane: Lane }[] = rows.flatMap((row) =>
    row.kind === 'group'
      ? []
      : row.lanes.flatMap((lane, track) => (lane === undefined || lane.ticks.length === 0 ? [] : [{ track, lane }])),
  );
  const at = lanes.findIndex(({ track, lane }) => track === from.track && tickOf(lane, from.record) !== undefined);
  if (at < 0) {
    const first = direction === 'below' ? lanes[0] : lanes.at(-1);
    return first === undefined ? undefined : nearest(first.lane, from.record, first.track);
  }
  const next = lanes[at + (direction === 'below' ? 1 : -1)];
  return next === undefined ? undefined : nearest(next.lane, from.record, next.track);
}

/** The tick of a record; ticks stand in the order of the trace. */
export function tickOf({ ticks }: Lane, record: number): Tick | undefined {
  let low = 0;
  let high = ticks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ticks[middle]?.record ?? Infinity) < record) low = middle + 1;
    else high = middle;
  }
  return ticks[low]?.record === record ? ticks[low] : undefined;
}

function nearest({ ticks }: Lane, record: number, track: number): RecordPlace | undefined {
  let best: Tick | undefined;
  for (const tick of ticks) {
    if (best === undefined || Math.abs(tick.record - record) < Math.abs(best.record - record)) best = tick;
  }
  return best === undefined ? undefined : { track, record: best.record };
}
