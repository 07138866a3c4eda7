// `gap: M` of an order: whether a time between two records matches, given by how much the clock may be off.

import { formatDuration, parseDurationMs } from '../../kubernetes/duration.ts';
import { formatMatcher } from '../matchers/format-matcher.ts';
import { matches } from '../matchers/matches.ts';
import { operandsOf } from '../matchers/mismatches.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { Matcher, Operand } from '../../scenario/model.ts';
import type { World } from '../../trace/world.ts';

/**
 * Whether any time within the slack of the measured one matches. Between two bounds of a matcher its answer does not change,
 * so only the ends, the bounds themselves and times next to them are tried.
 */
export function gapMatches(options: {
  readonly matcher: Matcher;
  readonly elapsedMs: number;
  readonly slackMs: number;
  readonly world: World;
}): boolean {
  const { elapsedMs, slackMs, world } = options;
  const matcher = inMilliseconds(options.matcher);
  const low = elapsedMs - slackMs;
  const high = elapsedMs + slackMs;
  const bounds = operandsOf(matcher).flatMap((operand) => {
    const bound = operand.kind === 'value' ? operand.value : undefined;
    return typeof bound === 'number' ? [bound, bound - nearMs, bound + nearMs] : [];
  });
  const place = { world, kind: '' as KindKey, name: '', object: undefined };
  return [elapsedMs, low, high, ...bounds].some(
    (ms) => ms >= low && ms <= high && matches(matcher, ms, place) === true,
  );
}

/** A bound on a time in words: `>= 5s and < 8s`. */
export function formatGap(matcher: Matcher): string {
  return formatMatcher(withOperands(matcher, operandAsDuration));
}

/** Less than any clock tells apart. */
const nearMs = 0.0001;

/** Durations as authors write them become the numbers that times are. */
function inMilliseconds(matcher: Matcher): Matcher {
  return withOperands(matcher, operandInMilliseconds);
}

function withOperands(matcher: Matcher, change: (operand: Operand) => Operand): Matcher {
  if ('operand' in matcher) return { ...matcher, operand: change(matcher.operand) };
  if ('matcher' in matcher) return { ...matcher, matcher: withOperands(matcher.matcher, change) };
  if ('matchers' in matcher)
    return { ...matcher, matchers: matcher.matchers.map((part) => withOperands(part, change)) };
  return matcher;
}

function operandInMilliseconds(operand: Operand): Operand {
  if (operand.kind !== 'value' || typeof operand.value !== 'string') return operand;
  const value: Json | undefined = parseDurationMs(operand.value);
  return value === undefined ? operand : { kind: 'value', value };
}

function operandAsDuration(operand: Operand): Operand {
  if (operand.kind !== 'value' || typeof operand.value !== 'number') return operand;
  return { kind: 'value', value: formatDuration(operand.value) };
}
