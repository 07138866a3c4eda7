// How many records came when, for the overview. Pure.

import { wholeRange } from './view-range.ts';
import type { Track } from './draw-plot.ts';

/** The axis is cut into so many. */
const overviewParts = 300;

/** Counts of the records in equal parts of the axis. */
export function countRecords({
  tracks,
  endMs,
}: {
  readonly tracks: readonly Track[];
  readonly endMs: number;
}): readonly number[] {
  const whole = wholeRange(endMs);
  const counts = Array.from({ length: overviewParts }, () => 0);
  for (const { model, alignment } of tracks) {
    for (const { ticks } of model.lanes.values()) {
      for (const { atMs } of ticks) {
        const share = (alignment.toAxis(atMs) - whole.fromMs) / (whole.toMs - whole.fromMs);
        const part = Math.min(overviewParts - 1, Math.max(0, Math.floor(share * overviewParts)));
        counts[part] = (counts[part] ?? 0) + 1;
      }
    }
  }
  return counts;
}
