// A picture of a run: one lane an object, bars for its states, a line where each step begins. Plain SVG, which needs nothing
// else to be shown. Long stretches in which nothing happens are shortened; the times at the top are true.

import { humanDuration } from '../../kubernetes/table/human-duration.ts';
import type { Lane, LaneState } from './lanes.ts';

/** Where a step begins. */
export interface TimelineStep {
  readonly title: string;
  readonly atMs: number;
}

const colours: Readonly<Record<LaneState, readonly [fill: string, word: string]>> = {
  pending: ['#f2c14e', 'Pending'],
  starting: ['#7fb3d5', 'Running'],
  ready: ['#4caf7d', 'Ready'],
  terminating: ['#d9776b', 'Terminating'],
  failed: ['#8e3b46', 'Failed'],
  bound: ['#9b8fc2', 'Bound'],
};
const size = { label: 210, chart: 640, row: 22, top: 46, bar: 14, margin: 12 };
/** Longer stretches without a change look as long as this, milliseconds. */
const stillMaxMs = 1500;

/** Draws a timeline. */
export function timelineSvg(title: string, lanes: readonly Lane[], steps: readonly TimelineStep[]): string {
  const place = scaleOf(lanes, steps);
  const width = size.label + size.chart + 2 * size.margin;
  const bottom = size.top + Math.max(1, lanes.length) * size.row;
  const height = bottom + 34;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="ui-sans-serif, system-ui, sans-serif" font-size="12">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...steps.map((step, i) => drawStep(step, i, place(step.atMs), bottom)),
    ...lanes.flatMap((lane, i) => drawLane(lane, size.top + i * size.row, place)),
    drawLegend(lanes, bottom + 22),
    '</svg>',
  ];
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

type Place = (ms: number) => number;

/** Where a time is on the picture. */
function scaleOf(lanes: readonly Lane[], steps: readonly TimelineStep[]): Place {
  const bars = lanes.flatMap((lane) => lane.bars);
  const times = [...bars.flatMap(({ fromMs, toMs }) => [fromMs, toMs]), ...steps.map(({ atMs }) => atMs)];
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  const lengths: number[] = [];
  let length = 0;
  for (const [i, ms] of sorted.entries()) {
    if (i > 0) length += Math.min(ms - sorted[i - 1]!, stillMaxMs);
    lengths.push(length);
  }
  const stretch = size.chart / Math.max(1, length);
  const places = new Map(sorted.map((ms, i) => [ms, size.margin + size.label + lengths[i]! * stretch]));
  return (ms) => places.get(ms) ?? size.margin + size.label;
}

function drawStep({ title, atMs }: TimelineStep, index: number, x: number, bottom: number): string {
  const at = x.toFixed(1);
  const time = humanDuration(atMs);
  return [
    `<g><title>${escape(`${index + 1}. ${title}`)}</title>`,
    `<line x1="${at}" y1="22" x2="${at}" y2="${bottom}" stroke="#9aa0a6" stroke-dasharray="3 3"/>`,
    `<circle cx="${at}" cy="14" r="8" fill="#3c4043"/><text x="${at}" y="18" text-anchor="middle" fill="#ffffff" font-size="10">${index + 1}</text>`,
    `<text x="${at}" y="34" dx="3" fill="#5f6368" font-size="10">${time}</text></g>`,
  ].join('');
}

function drawLane({ name, bars }: Lane, y: number, place: Place): readonly string[] {
  const middle = y + size.row / 2;
  const label = name.length > 32 ? `${name.slice(0, 31)}…` : name;
  return [
    `<text x="${size.margin}" y="${middle + 4}" fill="#202124">${escape(label)}</text>`,
    ...bars.map(({ state, fromMs, toMs }) => {
      const x = place(fromMs);
      const [fill, word] = colours[state];
      const width = Math.max(1, place(toMs) - x).toFixed(1);
      const about = `${name}: ${word}, ${seconds(fromMs)} to ${seconds(toMs)}`;
      return `<rect x="${x.toFixed(1)}" y="${middle - size.bar / 2}" width="${width}" height="${size.bar}" rx="2" fill="${fill}"><title>${escape(about)}</title></rect>`;
    }),
  ];
}

function drawLegend(lanes: readonly Lane[], y: number): string {
  const used = new Set(lanes.flatMap(({ bars }) => bars.map(({ state }) => state)));
  const states = (Object.keys(colours) as LaneState[]).filter((state) => used.has(state));
  return states
    .map((state, i) => {
      const [fill, word] = colours[state];
      const x = size.margin + size.label + i * 100;
      return `<rect x="${x}" y="${y - 9}" width="12" height="10" rx="2" fill="${fill}"/><text x="${x + 17}" y="${y}" fill="#202124">${word}</text>`;
    })
    .join('');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
