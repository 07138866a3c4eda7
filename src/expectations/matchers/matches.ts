// Decides whether a value matches. Three answers: true, false, and undefined when an operand cannot be read, which is no
// match however many `not` stand around it.

import { compareValues, equalValues } from './compare.ts';
import { readOperand } from './operand.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { Matcher } from '../../scenario/model.ts';
import type { MatcherOf } from './matcher-kind.ts';
import type { Place } from './place.ts';

/** The answer of a matcher. */
export type Match = boolean | undefined;

/** Matches one value; undefined stands for a value that is not there. */
export function matches(matcher: Matcher, value: Json | undefined, place: Place): Match {
  const evaluate = evaluators[matcher.kind] as (matcher: Matcher, value: Json | undefined, place: Place) => Match;
  return evaluate(matcher, value, place);
}

type Evaluators = {
  readonly [Kind in Matcher['kind']]: (matcher: MatcherOf<Kind>, value: Json | undefined, place: Place) => Match;
};

const evaluators: Evaluators = {
  equals: ({ operand }, value, place) => {
    if (operand.kind === 'value') return equalValues(operand.value, value);
    const wanted = readOperand(operand, place);
    return wanted === undefined ? undefined : equalValues(wanted, value);
  },
  compare: ({ operator, operand }, value, place) => {
    const limit = readOperand(operand, place);
    if (limit === undefined) return undefined;
    const order = compareValues(value, limit);
    if (order === undefined) return false;
    if (operator === 'gt') return order > 0;
    if (operator === 'gte') return order >= 0;
    return operator === 'lt' ? order < 0 : order <= 0;
  },
  text: ({ operator, operand }, value, place) => {
    const wanted = readOperand(operand, place);
    if (wanted === undefined) return undefined;
    if (typeof value !== 'string') return false;
    const text = typeof wanted === 'string' ? wanted : JSON.stringify(wanted);
    if (operator === 'contains') return value.includes(text);
    return operator === 'startsWith' ? value.startsWith(text) : matchesExpression(value, text);
  },
  absent: ({ absent }, value) => (value === undefined || value === null) === absent,
  not: ({ matcher }, value, place) => {
    const match = matches(matcher, value, place);
    return match === undefined ? undefined : !match;
  },
  anyOf: ({ matchers }, value, place) => some(matchers, (matcher) => matches(matcher, value, place)),
  allOf: ({ matchers }, value, place) => every(matchers, (matcher) => matches(matcher, value, place)),
  members: ({ members }, value, place) => {
    if (value !== undefined && value !== null && (typeof value !== 'object' || Array.isArray(value))) return false;
    return every(members, ([name, matcher]) => matches(matcher, memberOf(value, name), place));
  },
  items: ({ items }, value, place) => {
    if (!Array.isArray(value)) return items.length === 0 && (value === undefined || value === null);
    return items.length === 0 ? value.length === 0 : hasAll(items, value as readonly Json[], place);
  },
  has: ({ items }, value, place) => Array.isArray(value) && hasAll(items, present(value as readonly Json[]), place),
  exactly: ({ items }, value, place) => isList(value) && hasExactly(items, present(value), place),
  inOrder: ({ items }, value, place) => isList(value) && hasInOrder(items, present(value), place),
  size: ({ matcher }, value, place) => isList(value) && matches(matcher, present(value).length, place),
  distinct: ({ distinct }, value) => isList(value) && isDistinct(present(value)) === distinct,
  every: ({ matcher }, value, place) => isList(value) && every(value, (element) => matches(matcher, element, place)),
};

/** The member of a map; undefined of anything else. */
export function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
    return undefined;
  return (value as Readonly<Record<string, Json | undefined>>)[name];
}

/** Null stands in a list of values for an object that lacks the field; only `every` looks at those. */
export function present(list: readonly Json[]): readonly Json[] {
  return list.includes(null) ? list.filter((element) => element !== null) : list;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function matchesExpression(value: string, expression: string): boolean {
  try {
    return new RegExp(expression, 'u').test(value);
  } catch {
    return false;
  }
}

function hasAll(items: readonly Matcher[], list: readonly Json[], place: Place): Match {
  return every(items, (item) => some(list, (element) => matches(item, element, place)));
}

/** As a set: each matcher has an element of its own and no element is left over. Found by augmenting paths. */
function hasExactly(items: readonly Matcher[], list: readonly Json[], place: Place): boolean {
  if (items.length !== list.length) return false;
  const takenBy = new Map<number, number>();
  const assign = (item: number, tried: Set<number>): boolean => {
    const matcher = items[item];
    if (matcher === undefined) return false;
    for (const [position, element] of list.entries()) {
      if (tried.has(position) || matches(matcher, element, place) !== true) continue;
      tried.add(position);
      const holder = takenBy.get(position);
      if (holder !== undefined && !assign(holder, tried)) continue;
      takenBy.set(position, item);
      return true;
    }
    return false;
  };
  return items.every((_, item) => assign(item, new Set()));
}

function hasInOrder(items: readonly Matcher[], list: readonly Json[], place: Place): boolean {
  let next = 0;
  for (const element of list) {
    const item = items[next];
    if (item !== undefined && matches(item, element, place) === true) next += 1;
  }
  return next === items.length;
}

function isDistinct(list: readonly Json[]): boolean {
  return new Set(list.map((element) => JSON.stringify(element))).size === list.length;
}

function every<T>(list: readonly T[], test: (element: T) => Match): Match {
  let unreadable = false;
  for (const element of list) {
    const match = test(element);
    if (match === false) return false;
    if (match === undefined) unreadable = true;
  }
  return unreadable ? undefined : true;
}

function some<T>(list: readonly T[], test: (element: T) => Match): Match {
  let unreadable = false;
  for (const element of list) {
    const match = test(element);
    if (match === true) return true;
    if (match === undefined) unreadable = true;
  }
  return unreadable ? undefined : false;
}
