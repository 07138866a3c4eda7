// Draws the axis above the lanes (times, steps, heads of the lines across) and the overview of the whole run.

import { formatMoment } from '../../../render/time.ts';
import { fitText } from './fit-text.ts';
import { xOf } from './draw-plot.ts';
import { axisTimes } from './view-range.ts';
import type { PlotView, Track } from './draw-plot.ts';
import type { Paint } from './paint.ts';
import type { ViewRange } from './view-range.ts';

/** Height of the axis, CSS pixels. */
export const axisHeight = 44;
/** Height of the overview, CSS pixels. */
export const overviewHeight = 22;

type AxisView = Pick<PlotView, 'tracks' | 'range' | 'width' | 'paint' | 'cursorMs' | 'widths'>;

/** Steps on the first line, times on the second, with a head for each line across. */
export function drawAxis(context: CanvasRenderingContext2D, view: AxisView): void {
  const { width, paint, range } = view;
  context.clearRect(0, 0, width, axisHeight);
  context.textBaseline = 'middle';
  context.font = `600 11px ${paint.font}`;
  const [track] = view.tracks;
  if (track !== undefined) drawSteps(context, view, track);
  context.font = `11px ${paint.font}`;
  for (const ms of axisTimes(range, { widthPx: width, spacingPx: 90 })) {
    const x = Math.round(xOf(view, ms));
    context.fillStyle = paint.line;
    context.fillRect(x, axisHeight - 6, 1, 6);
    context.fillStyle = paint.faint;
    context.fillText(timeText(ms, range), x + 8, axisHeight - 11);
  }
  for (const { model, alignment } of view.tracks) {
    for (const mark of model.marks) head(context, view, { x: xOf(view, alignment.toAxis(mark.atMs)), kind: mark.kind });
  }
}

function drawSteps(context: CanvasRenderingContext2D, view: AxisView, { model, alignment }: Track): void {
  const { paint, width } = view;
  for (const { step, name, startMs, endMs } of model.steps) {
    const from = xOf(view, alignment.toAxis(startMs));
    const to = xOf(view, alignment.toAxis(endMs));
    if (to < 0 || from > width) continue;
    if (step % 2 === 0) {
      context.fillStyle = paint.band;
      context.fillRect(from, 0, to - from, axisHeight);
    }
    context.fillStyle = paint.line;
    context.fillRect(Math.round(from), 0, 1, axisHeight);
    const left = Math.max(from, 0);
    if (Math.min(to, width) - left < 26) continue;
    context.fillStyle = paint.text;
    const room = { widthPx: Math.min(to, width) - left - 10, widths: view.widths };
    context.fillText(fitText(context, `${step + 1}  ${name}`, room), left + 6, 12);
  }
}

/** A shape for each kind of line: triangle, diamond, square. */
function head(
  context: CanvasRenderingContext2D,
  { paint, width }: AxisView,
  mark: { readonly x: number; readonly kind: 'request' | 'refused' | 'fault' | 'gap' },
): void {
  const x = Math.round(mark.x) + 0.5;
  if (x < 0 || x > width) return;
  const y = axisHeight - 5;
  context.fillStyle = paint[mark.kind];
  context.beginPath();
  if (mark.kind === 'fault')
    for (const [dx, dy] of [
      [0, -6],
      [5, -1],
      [0, 4],
      [-5, -1],
    ] as const)
      context.lineTo(x + dx, y + dy);
  else if (mark.kind === 'gap') context.rect(x - 4, y - 5, 8, 8);
  else
    for (const [dx, dy] of [
      [-4.5, -5],
      [4.5, -5],
      [0, 4],
    ] as const)
      context.lineTo(x + dx, y + dy);
  context.fill();
}

/** As many decimals as neighbouring lines need. */
function timeText(ms: number, { fromMs, toMs }: ViewRange): string {
  if (toMs - fromMs < 2000) return `${ms < 0 ? '-' : '+'}${(Math.abs(ms) / 1000).toFixed(3)}s`;
  return formatMoment(ms);
}

/** How many records came when, and which part is shown. `counts` are of equal parts of the axis. */
export function drawOverview(
  context: CanvasRenderingContext2D,
  view: {
    readonly counts: readonly number[];
    readonly whole: ViewRange;
    readonly range: ViewRange;
    readonly width: number;
    readonly paint: Paint;
  },
): void {
  const { counts, whole, range, width, paint } = view;
  const most = Math.max(...counts, 1);
  context.clearRect(0, 0, width, overviewHeight);
  context.fillStyle = paint.faint;
  for (const [part, count] of counts.entries()) {
    // A single record must be seen beside a thousand.
    const tall = count === 0 ? 0 : Math.max(2, Math.sqrt(count / most) * (overviewHeight - 4));
    const x = (part / counts.length) * width;
    context.fillRect(x, overviewHeight - tall, Math.max(width / counts.length - 0.5, 1), tall);
  }
  const from = xOf({ range: whole, width }, range.fromMs);
  const to = xOf({ range: whole, width }, range.toMs);
  context.fillStyle = paint.accent;
  context.globalAlpha = 0.16;
  context.fillRect(from, 0, to - from, overviewHeight);
  context.globalAlpha = 1;
  context.fillRect(from, 0, 2, overviewHeight);
  context.fillRect(to - 2, 0, 2, overviewHeight);
}
