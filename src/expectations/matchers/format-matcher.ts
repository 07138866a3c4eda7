// A matcher in words, for the `expected` column of explanations.

import { formatOperand } from './operand.ts';
import type { Matcher } from '../../scenario/model.ts';
import type { MatcherOf } from './matcher-kind.ts';

const signs = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const verbs = { contains: 'contains', startsWith: 'starts with', matches: 'matches' } as const;

/** `3`, `>= 2`, `not web-0`, `any of 1, -1`. */
export function formatMatcher(matcher: Matcher): string {
  return (formats[matcher.kind] as (matcher: Matcher) => string)(matcher);
}

type Formats = { readonly [Kind in Matcher['kind']]: (matcher: MatcherOf<Kind>) => string };

const formats: Formats = {
  equals: ({ operand }) => formatOperand(operand),
  compare: ({ operator, operand }) => `${signs[operator]} ${formatOperand(operand)}`,
  text: ({ operator, operand }) => `${verbs[operator]} ${formatOperand(operand)}`,
  absent: ({ absent }) => (absent ? 'nothing' : 'anything'),
  not: ({ matcher }) => `not ${formatMatcher(matcher)}`,
  anyOf: ({ matchers }) => `any of ${list(matchers)}`,
  allOf: ({ matchers }) => matchers.map(formatMatcher).join(' and '),
  members: ({ members }) => `{ ${members.map(([name, matcher]) => `${name}: ${formatMatcher(matcher)}`).join(', ')} }`,
  items: ({ items }) => `[${list(items)}]`,
  has: ({ items }) => `a list with ${list(items)}`,
  exactly: ({ items }) => `exactly ${items.length === 0 ? 'nothing' : list(items)}`,
  inOrder: ({ items }) => `in this order: ${list(items)}`,
  size: ({ matcher }) => `a list of ${formatMatcher(matcher)}`,
  distinct: ({ distinct }) => (distinct ? 'all different' : 'not all different'),
  every: ({ matcher }) => `each ${formatMatcher(matcher)}`,
};

function list(matchers: readonly Matcher[]): string {
  return matchers.map(formatMatcher).join(', ');
}
