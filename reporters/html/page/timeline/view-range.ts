// The part of the axis that is shown: zooming and panning, never beyond the axis.

/** A part of the axis, milliseconds. */
export interface ViewRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Less than this is never shown: the simulator counts microseconds, and events within one are not told apart. */
const spanMinMs = 2;

/** The whole axis, with a little room at both ends. */
export function wholeRange(endMs: number): ViewRange {
  const room = endMs * 0.015;
  return { fromMs: -room, toMs: endMs + room };
}

/** Shows `factor` times as much (0.5: half as much), with `aroundMs` staying where it is. */
export function zoom(range: ViewRange, options: { factor: number; aroundMs: number; endMs: number }): ViewRange {
  const { factor, aroundMs, endMs } = options;
  const span = Math.max(spanMinMs, (range.toMs - range.fromMs) * factor);
  const share = (aroundMs - range.fromMs) / (range.toMs - range.fromMs);
  const fromMs = aroundMs - span * share;
  return clampRange({ fromMs, toMs: fromMs + span }, endMs);
}

/** Moves the part by a number of milliseconds. */
export function pan({ fromMs, toMs }: ViewRange, options: { byMs: number; endMs: number }): ViewRange {
  return clampRange({ fromMs: fromMs + options.byMs, toMs: toMs + options.byMs }, options.endMs);
}

/** The same part, moved or cut so that it is on the axis. */
export function clampRange({ fromMs, toMs }: ViewRange, endMs: number): ViewRange {
  const whole = wholeRange(endMs);
  const span = Math.min(Math.max(toMs - fromMs, spanMinMs), whole.toMs - whole.fromMs);
  const from = Math.min(Math.max(fromMs, whole.fromMs), whole.toMs - span);
  return { fromMs: from, toMs: from + span };
}

/** The part moved so that a time is in it, where it is not; the time then stands in the middle. */
export function including(range: ViewRange, options: { atMs: number; endMs: number }): ViewRange {
  const { atMs, endMs } = options;
  const span = range.toMs - range.fromMs;
  if (atMs >= range.fromMs + span * 0.02 && atMs <= range.toMs - span * 0.02) return range;
  return clampRange({ fromMs: atMs - span / 2, toMs: atMs + span / 2 }, endMs);
}

/** Where the lines of the axis stand: round times, about `spacingPx` apart. */
export function axisTimes(range: ViewRange, options: { widthPx: number; spacingPx: number }): readonly number[] {
  const span = range.toMs - range.fromMs;
  const wanted = (span / Math.max(options.widthPx, 1)) * options.spacingPx;
  const step = steps.find((ms) => ms >= wanted) ?? 3_600_000;
  const times: number[] = [];
  // A negative zero would be written as one.
  for (let ms = Math.ceil(range.fromMs / step) * step + 0; ms <= range.toMs; ms += step) times.push(ms);
  return times;
}

const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_800_000,
];
