// Draws what is in sight of a timeline: bands of steps, bars, ticks, the lines across, and the selection.

import { fitText } from './fit-text.ts';
import { tickOf } from './navigate.ts';
import { stateText } from './words.ts';
import type { Alignment } from './align-steps.ts';
import type { Bar, Lane, LaneModel } from './lane-model.ts';
import type { RecordPlace } from './navigate.ts';
import type { Paint } from './paint.ts';
import type { LaneRow, Row } from './rows.ts';
import type { ViewRange } from './view-range.ts';
import type { TimelineWords } from './words.ts';

/** One run on the axis. */
export interface Track {
  /** `simulator, seed 7`. */
  readonly name: string;
  readonly model: LaneModel;
  readonly alignment: Alignment;
}

/** What is drawn; sizes are CSS pixels. */
export interface PlotView {
  readonly tracks: readonly Track[];
  readonly rows: readonly Row[];
  readonly range: ViewRange;
  readonly scrollTop: number;
  readonly width: number;
  readonly height: number;
  readonly paint: Paint;
  readonly selected: RecordPlace | undefined;
  /** Records that decided something, by run: drawn with a flag. */
  readonly decisive: readonly ReadonlyMap<number, 'pass' | 'fail'>[];
  readonly cursorMs: number;
  /** Widths of texts that were measured before. */
  readonly widths: Map<string, number>;
  readonly words: TimelineWords;
}

/** Draws everything; the canvas is scaled for the screen already. */
export function drawPlot(context: CanvasRenderingContext2D, view: PlotView): void {
  const { width, height, paint } = view;
  context.fillStyle = paint.surface;
  context.fillRect(0, 0, width, height);
  drawBands(context, view);
  context.font = `500 11px ${paint.font}`;
  context.textBaseline = 'middle';
  for (const row of view.rows) {
    const y = row.y - view.scrollTop;
    if (y + row.height < 0) continue;
    if (y > height) break;
    if (row.kind === 'group') drawHeading(context, view, { y, height: row.height });
    else drawRow(context, view, row, y);
  }
  drawMarks(context, view);
  drawLine(context, view, view.cursorMs);
}

/** Where a time on the axis stands. */
export function xOf({ range, width }: Pick<PlotView, 'range' | 'width'>, axisMs: number): number {
  return ((axisMs - range.fromMs) / (range.toMs - range.fromMs)) * width;
}

function drawBands(context: CanvasRenderingContext2D, view: PlotView): void {
  const [track] = view.tracks;
  if (track === undefined) return;
  for (const { step, startMs, endMs } of track.model.steps) {
    const x = Math.round(xOf(view, track.alignment.toAxis(startMs)));
    if (step % 2 === 0) {
      context.fillStyle = view.paint.band;
      context.fillRect(x, 0, xOf(view, track.alignment.toAxis(endMs)) - x, view.height);
    }
    context.fillStyle = view.paint.line;
    context.fillRect(x, 0, 1, view.height);
  }
}

function drawHeading(context: CanvasRenderingContext2D, { width, paint }: PlotView, at: { y: number; height: number }) {
  context.fillStyle = paint.line;
  context.fillRect(0, Math.round(at.y + at.height) - 1, width, 1);
}

function drawRow(context: CanvasRenderingContext2D, view: PlotView, row: LaneRow, y: number): void {
  const share = view.tracks.length > 1 ? (row.height - 4) / view.tracks.length : row.height;
  for (const [track, lane] of row.lanes.entries()) {
    if (lane === undefined) continue;
    const top = Math.round(y + (view.tracks.length > 1 ? 2 : 0) + track * share);
    drawLane(context, view, { lane, track, top, height: share });
  }
}

interface LaneBox {
  readonly lane: Lane;
  readonly track: number;
  readonly top: number;
  readonly height: number;
}

function drawLane(context: CanvasRenderingContext2D, view: PlotView, box: LaneBox): void {
  const { alignment } = view.tracks[box.track] as Track;
  for (const bar of box.lane.bars) {
    const from = xOf(view, alignment.toAxis(bar.startMs));
    const to = xOf(view, alignment.toAxis(bar.endMs));
    if (to < 0) continue;
    if (from > view.width) break;
    drawBar(context, view, { bar, from: Math.max(from, -4), to: Math.min(to, view.width + 4) }, box);
  }
  drawTicks(context, view, box, alignment);
}

function drawBar(
  context: CanvasRenderingContext2D,
  { paint, widths, words }: PlotView,
  { bar, from, to }: { readonly bar: Bar; readonly from: number; readonly to: number },
  { top, height }: LaneBox,
): void {
  const { fill, edge, text } = paint.tones[bar.tone];
  const y = top + 3;
  const tall = height - 6;
  const width = Math.max(to - from, 1.5);
  context.fillStyle = fill;
  context.fillRect(from, y, width, tall);
  // Colour is not the only sign: what is there has a full edge, what is on its way a broken one.
  context.fillStyle = edge;
  context.fillRect(from, y, Math.min(2, width), tall);
  if (bar.tone === 'pending' || bar.tone === 'ending') dashes(context, { from, width, y: y + tall - 1 });
  else if (bar.tone !== 'plain') context.fillRect(from, y + tall - 1.5, width, 1.5);
  if (width < 26) return;
  const left = Math.max(from, 0) + 6;
  const room = { widthPx: from + width - left - 3, widths };
  context.fillStyle = text;
  context.fillText(fitText(context, stateText(bar, words), room), left, y + tall / 2);
}

function dashes(
  context: CanvasRenderingContext2D,
  { from, width, y }: { from: number; width: number; y: number },
): void {
  // A bar can be wider than any screen; what is out of sight was cut off before.
  for (let x = 0; x < width; x += 6) context.fillRect(from + x, y, Math.min(3, width - x), 1.5);
}

function drawTicks(context: CanvasRenderingContext2D, view: PlotView, box: LaneBox, alignment: Alignment): void {
  const { paint, selected, width } = view;
  const { lane, track, top, height } = box;
  const decisive = view.decisive[track];
  let last = -1;
  let lastMilestone = -1;
  for (const tick of lane.ticks) {
    const x = Math.round(xOf(view, alignment.toAxis(tick.atMs)));
    if (x < -4) continue;
    if (x > width + 4) break;
    const verdict = decisive?.get(tick.record);
    if (verdict !== undefined) flag(context, { x, top, colour: paint.tones[verdict === 'pass' ? 'good' : 'bad'].edge });
    const isMilestone = tick.milestones.length > 0 && !tick.event;
    // Thousands of records in one pixel are one line.
    if (isMilestone ? x === lastMilestone : x === last) continue;
    last = x;
    if (isMilestone) lastMilestone = x;
    context.fillStyle = tick.event ? paint.faint : paint.text;
    if (isMilestone) context.fillRect(x, top + 1, 1, height - 2);
    else context.fillRect(x, top + height - 6, 1, 4);
  }
  if (selected?.track !== track) return;
  const chosen = tickOf(lane, selected.record);
  if (chosen !== undefined) drawSelection(context, view, { x: xOf(view, alignment.toAxis(chosen.atMs)), top, height });
}

/** A small flag at the top of a record that decided an expectation. */
function flag(context: CanvasRenderingContext2D, { x, top, colour }: { x: number; top: number; colour: string }): void {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, top + 1);
  context.lineTo(x + 7, top + 4);
  context.lineTo(x, top + 7);
  context.fill();
}

function drawSelection(
  context: CanvasRenderingContext2D,
  { paint }: PlotView,
  { x, top, height }: { x: number; top: number; height: number },
): void {
  context.strokeStyle = paint.accent;
  context.lineWidth = 2;
  context.strokeRect(Math.round(x) - 4, top + 1, 9, height - 2);
}

function drawMarks(context: CanvasRenderingContext2D, view: PlotView): void {
  for (const [track, { model, alignment }] of view.tracks.entries()) {
    for (const mark of model.marks) {
      const x = Math.round(xOf(view, alignment.toAxis(mark.atMs)));
      if (x < 0 || x > view.width) continue;
      context.fillStyle = view.paint[mark.kind];
      const isSelected = view.selected?.track === track && view.selected.record === mark.record;
      if (isSelected) context.fillRect(x - 1, 0, 3, view.height);
      else for (let y = track * 4; y < view.height; y += view.tracks.length > 1 ? 10 : 5) context.fillRect(x, y, 1, 3);
    }
  }
}

function drawLine(context: CanvasRenderingContext2D, view: PlotView, axisMs: number): void {
  const x = Math.round(xOf(view, axisMs));
  if (x < 0 || x > view.width) return;
  context.fillStyle = view.paint.accent;
  context.fillRect(x, 0, 1, view.height);
}
