// Runs side by side: each step begins at the same place in all of them, and is as wide as the longest of them needs.

import type { StepSpan } from './lane-model.ts';

/** How one run's times stand on the common axis. */
export interface Alignment {
  toAxis(ms: number): number;
  fromAxis(axisMs: number): number;
}

/** A run whose times are the axis itself. */
export const unaligned: Alignment = { toAxis: (ms) => ms, fromAxis: (ms) => ms };

interface Segment {
  readonly ownMs: number;
  readonly axisMs: number;
}

/** One alignment a run, and the length of the axis. */
export function alignSteps(runs: readonly { readonly steps: readonly StepSpan[]; readonly endMs: number }[]): {
  readonly alignments: readonly Alignment[];
  readonly endMs: number;
} {
  const starts = runs.map(({ steps, endMs }) => [0, ...steps.map(({ startMs }) => startMs), endMs]);
  const lengths = starts.map((list) => list.length - 1);
  const segments: Segment[][] = runs.map(() => []);
  let axisMs = 0;
  for (let number = 0; number < Math.max(...lengths, 0); number += 1) {
    let widthMs = 0;
    for (const [run, list] of starts.entries()) {
      const ownMs = list[number];
      if (ownMs === undefined || number >= list.length - 1) continue;
      segments[run]?.push({ ownMs, axisMs });
      widthMs = Math.max(widthMs, (list[number + 1] ?? ownMs) - ownMs);
    }
    axisMs += widthMs;
  }
  return { alignments: segments.map((list) => alignmentOf(list)), endMs: Math.max(axisMs, 1) };
}

function alignmentOf(segments: readonly Segment[]): Alignment {
  return {
    toAxis(ms) {
      const segment = lastUpTo(segments, 'ownMs', ms);
      return segment === undefined ? ms : segment.axisMs + ms - segment.ownMs;
    },
    fromAxis(axisMs) {
      const segment = lastUpTo(segments, 'axisMs', axisMs);
      if (segment === undefined) return axisMs;
      const next = segments[segments.indexOf(segment) + 1];
      const ownMs = segment.ownMs + axisMs - segment.axisMs;
      // Where another run's step is longer, this run has come to the end of its own.
      return next === undefined ? ownMs : Math.min(ownMs, next.ownMs);
    },
  };
}

function lastUpTo(segments: readonly Segment[], member: keyof Segment, ms: number): Segment | undefined {
  let found: Segment | undefined;
  for (const segment of segments) {
    if (segment[member] > ms) break;
    found = segment;
  }
  return found;
}
