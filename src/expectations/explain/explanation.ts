// Puts an explanation together: what is not given is empty.

import { formatDuration } from '../../kubernetes/duration.ts';
import type { WindowEnd } from '../../trace/record.ts';
import type { Scene } from '../scene.ts';
import type { Explanation } from '../verdict.ts';

/** An explanation with the parts that it has. */
export function explanationOf(parts: Pick<Explanation, 'rule' | 'seen' | 'lines'> & Partial<Explanation>): Explanation {
  return { history: [], compared: [], waitingOn: [], ...parts };
}

/** The same lines, each with a remark behind it. */
export function remarked(lines: Explanation['lines'], remark: string): Explanation['lines'] {
  return lines.map(({ span, text }) => ({ span, text, remark }));
}

/** Why nothing more was waited for: `the budget of 2m was spent`. */
export function describeEnd(end: WindowEnd, scene: Scene): string {
  const at = `+${formatTime(scene.nowMs)}`;
  if (end === 'budget') return `the budget of ${formatTime(scene.budgetMs)} was spent at ${at}`;
  if (end === 'idle') return `nothing more can happen after ${at}`;
  return end === 'until' ? `\`until\` ended the window at ${at}` : `the window ended at ${at}`;
}

/** A time for people: whole milliseconds. */
export function formatTime(ms: number): string {
  return formatDuration(Math.round(ms));
}
