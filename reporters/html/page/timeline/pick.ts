// Which record lies under the pointer. Pure.

import { xOf } from './draw-plot.ts';
import type { PlotView } from './draw-plot.ts';
import type { RecordPlace } from './navigate.ts';

/** So far from a record the pointer still means it, CSS pixels. */
const reachPx = 9;

/** The nearest record on the row under the pointer, or the nearest line across; undefined: none is near. */
export function pickRecord(
  view: Pick<PlotView, 'tracks' | 'rows' | 'range' | 'width' | 'scrollTop'>,
  pointer: { readonly x: number; readonly y: number },
): RecordPlace | undefined {
  const y = pointer.y + view.scrollTop;
  const row = view.rows.find((candidate) => y >= candidate.y && y < candidate.y + candidate.height);
  let best: RecordPlace | undefined;
  let bestPx = reachPx;
  const offer = (place: RecordPlace, axisMs: number, handicap: number): void => {
    const away = Math.abs(xOf(view, axisMs) - pointer.x) + handicap;
    if (away < bestPx) [best, bestPx] = [place, away];
  };
  if (row?.kind === 'lane') {
    const share = row.height / row.lanes.length;
    const track = Math.min(row.lanes.length - 1, Math.floor((y - row.y) / share));
    const alignment = view.tracks[track]?.alignment;
    for (const tick of row.lanes[track]?.ticks ?? []) {
      // Milestones are what people aim at.
      offer(
        { track, record: tick.record },
        alignment?.toAxis(tick.atMs) ?? tick.atMs,
        tick.milestones.length > 0 ? 0 : 2,
      );
    }
  }
  for (const [track, { model, alignment }] of view.tracks.entries()) {
    for (const { atMs, record } of model.marks) offer({ track, record }, alignment.toAxis(atMs), 4);
  }
  return best;
}
