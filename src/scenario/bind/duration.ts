// Reads durations, and matchers of durations.

import { parseDurationMs } from '../../kubernetes/duration.ts';
import { describe } from '../located.ts';
import type { Located } from '../located.ts';
import type { Matcher } from '../model.ts';
import type { BindContext } from './context.ts';
import { bindMatcher } from './matcher.ts';

/** A duration in milliseconds. */
export function bindDuration(node: Located | undefined, context: BindContext): number | undefined {
  if (node === undefined) return undefined;
  const ms = node.kind === 'scalar' && typeof node.value === 'string' ? parseDurationMs(node.value) : undefined;
  if (ms === undefined) addBadDuration(node, context);
  return ms;
}

/** A matcher of durations, with its operands in milliseconds. */
export function bindGap(node: Located, context: BindContext): Matcher | undefined {
  const before = context.problems.size;
  const inMs = toMs(node, context);
  return context.problems.size > before ? undefined : bindMatcher(inMs, context, 'scalar');
}

function toMs(node: Located, context: BindContext): Located {
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => toMs(item, context)) };
  if (node.kind === 'map') {
    const entries = node.entries.map((entry) =>
      entry.key === 'valueOf' ? entry : { ...entry, value: toMs(entry.value, context) },
    );
    return { ...node, entries };
  }
  return { ...node, value: bindDuration(node, context) ?? 0 };
}

function addBadDuration(node: Located, { problems }: BindContext): void {
  const number = node.kind === 'scalar' && (typeof node.value === 'number' || /^\d+$/.test(String(node.value)));
  problems.add(
    'bad-duration',
    node,
    number ? `a duration needs a unit, found ${describe(node)}` : `a duration is wanted, found ${describe(node)}`,
    number && node.kind === 'scalar' ? `${node.source}s, or ms, m, h` : 'such as `500ms`, `90s`, `1m30s`',
  );
}
