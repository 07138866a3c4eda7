// Reads matchers: literals, operators, and values of other objects.

import { closest } from '../../kubernetes/did-you-mean.ts';
import { parsePath } from '../../kubernetes/path.ts';
import type { Json } from '../../kubernetes/object.ts';
import { addNotText, addWrongType, checkMap } from '../check-shape.ts';
import { operators, operatorsByName } from '../definition/operators.ts';
import type { OperatorName } from '../definition/operators.ts';
import { isReading } from '../generated/validators.js';
import { memberOf, quote, textOf, toPlain } from '../located.ts';
import type { Located, LocatedEntry, LocatedMap } from '../located.ts';
import type { Matcher, Operand } from '../model.ts';
import type { BindContext } from './context.ts';
import { parseOneReference } from './reference.ts';

/**
 * Reads a matcher. A map whose members are all operators is a matcher with operators, any other map matches partially; in
 * a place that holds one value (`only: 'scalar'`) a map must be made of operators.
 */
export function bindMatcher(node: Located, context: BindContext, only?: 'scalar'): Matcher | undefined {
  if (node.kind === 'scalar') return bindScalar(node, context);
  if (node.kind === 'list') return { kind: 'items', items: bindAll(node.items, context) };
  const known = node.entries.filter(({ key }) => operatorsByName.has(key));
  if (known.length === 0 && only === undefined) return bindMembers(node, context);
  if (known.length === node.entries.length && known.length > 0) return bindOperators(node, context);
  for (const entry of node.entries) if (!operatorsByName.has(entry.key)) addUnknownOperator(entry, context);
  if (node.entries.length === 0) addWrongType(node, 'a value or an operator is wanted here', context.problems);
  return undefined;
}

/** Reads a map in which every member is a name, whatever it is called: `fields`, `labels`, `conditions`. */
export function bindMembers(
  node: LocatedMap,
  context: BindContext,
  bindMember: (entry: LocatedEntry) => Matcher | undefined = (entry) => bindField(entry, context),
): Matcher {
  const members: (readonly [string, Matcher])[] = [];
  for (const entry of node.entries) {
    const matcher = bindMember(entry);
    if (matcher !== undefined) members.push([entry.key, matcher]);
  }
  return { kind: 'members', members };
}

/** One field of an object, by its name. */
export function bindField(entry: LocatedEntry, context: BindContext): Matcher | undefined {
  const { key, value } = entry;
  // Every `status` that is no map is a condition's, and those are texts: "True", "False", "Unknown".
  if (key === 'status' && value.kind === 'scalar' && typeof value.value === 'boolean') {
    addNotText(value, 'the status of a condition', context.problems);
    return undefined;
  }
  return bindMatcher(value, context);
}

/** A path into an object; checked, as written. */
export function bindPath(node: Located | undefined, context: BindContext): string | undefined {
  const text = textOf(node);
  if (node === undefined || text === undefined) return undefined;
  const parsed = parsePath(text);
  if (parsed.ok) return text;
  context.problems.add(
    'bad-path',
    node,
    `${quote(text)}, at character ${parsed.at + 1}: ${parsed.message}`,
    'such as `status.podIP`, `spec.containers[name=db].image`',
  );
  return undefined;
}

function bindScalar(node: Located & { kind: 'scalar' }, { problems }: BindContext): Matcher | undefined {
  if (node.selection !== undefined) {
    problems.add('bad-reference', node, `\`$${node.selection}\` names objects, and a value is wanted here`);
    return undefined;
  }
  return equalTo(node.value);
}

function equalTo(value: Json): Matcher {
  return { kind: 'equals', operand: { kind: 'value', value } };
}

function bindAll(nodes: readonly Located[], context: BindContext): readonly Matcher[] {
  return nodes.map((node) => bindMatcher(node, context)).filter((matcher) => matcher !== undefined);
}

function bindOperators(node: LocatedMap, context: BindContext): Matcher | undefined {
  const matchers: Matcher[] = [];
  for (const entry of node.entries) {
    const operator = operatorsByName.get(entry.key);
    const matcher = operator === undefined ? undefined : operatorBinders[operator.name](entry.value, context);
    if (matcher !== undefined) matchers.push(matcher);
  }
  return matchers.length === 1 ? matchers[0] : { kind: 'allOf', matchers };
}

type OperatorBinder = (node: Located, context: BindContext) => Matcher | undefined;

/** One place for each operator. */
const operatorBinders: Readonly<Record<OperatorName, OperatorBinder>> = {
  equals: (node, context) => {
    const operand = bindOperand(node, context);
    return operand && { kind: 'equals', operand };
  },
  not: (node, context) => {
    const matcher = bindMatcher(node, context);
    return matcher && { kind: 'not', matcher };
  },
  gt: compare('gt'),
  gte: compare('gte'),
  lt: compare('lt'),
  lte: compare('lte'),
  contains: text('contains'),
  startsWith: text('startsWith'),
  matches: text('matches'),
  anyOf: (node, context) => listed(node, context, (matchers) => ({ kind: 'anyOf', matchers })),
  allOf: (node, context) => listed(node, context, (matchers) => ({ kind: 'allOf', matchers })),
  absent: (node, context) => flag(node, context, (absent) => ({ kind: 'absent', absent })),
  has: (node, context) => listed(node, context, (items) => ({ kind: 'has', items })),
  exactly: (node, context) => listed(node, context, (items) => ({ kind: 'exactly', items })),
  inOrder: (node, context) => listed(node, context, (items) => ({ kind: 'inOrder', items })),
  count: (node, context) => {
    const matcher = bindCount(node, context);
    return matcher && { kind: 'size', matcher };
  },
  distinct: (node, context) => flag(node, context, (distinct) => ({ kind: 'distinct', distinct })),
  every: (node, context) => {
    const matcher = bindMatcher(node, context);
    return matcher && { kind: 'every', matcher };
  },
  valueOf: (node, context) => {
    const operand = bindReading(node, context);
    return operand && { kind: 'equals', operand };
  },
};

/** A matcher of numbers. */
export function bindCount(node: Located, context: BindContext): Matcher | undefined {
  if (node.kind === 'scalar' && typeof node.value !== 'number') {
    addWrongType(node, 'a number or an operator such as `{ gte: 1 }` is wanted here', context.problems);
    return undefined;
  }
  return bindMatcher(node, context, 'scalar');
}

function compare(operator: 'gt' | 'gte' | 'lt' | 'lte'): OperatorBinder {
  return (node, context) => {
    const operand = bindOperand(node, context);
    if (operand?.kind === 'value' && typeof operand.value !== 'number' && typeof operand.value !== 'string') {
      addWrongType(node, `\`${operator}\` takes a number, a quantity or a duration`, context.problems);
      return undefined;
    }
    return operand && { kind: 'compare', operator, operand };
  };
}

function text(operator: 'contains' | 'startsWith' | 'matches'): OperatorBinder {
  return (node, context) => {
    const operand = bindOperand(node, context);
    if (operand === undefined) return undefined;
    if (operand.kind === 'value' && typeof operand.value !== 'string') {
      if (node.kind === 'scalar') addNotText(node, `what \`${operator}\` looks for`, context.problems);
      else addWrongType(node, `\`${operator}\` takes text`, context.problems);
      return undefined;
    }
    if (operator === 'matches' && operand.kind === 'value' && typeof operand.value === 'string') {
      checkPattern(node, operand.value, context);
    }
    return { kind: 'text', operator, operand };
  };
}

function checkPattern(node: Located, pattern: string, { problems }: BindContext): void {
  try {
    void new RegExp(pattern, 'u');
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*\/u?: /, '') : '';
    problems.add('bad-pattern', node, `${quote(pattern)} is no regular expression: ${why.toLowerCase()}`);
  }
}

function listed(
  node: Located,
  context: BindContext,
  make: (matchers: readonly Matcher[]) => Matcher,
): Matcher | undefined {
  if (node.kind === 'list') return make(bindAll(node.items, context));
  addWrongType(node, 'a list of values or matchers is wanted here', context.problems);
  return undefined;
}

function flag(node: Located, context: BindContext, make: (value: boolean) => Matcher): Matcher | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return make(node.value);
  addWrongType(node, 'true or false is wanted here', context.problems);
  return undefined;
}

function bindOperand(node: Located, context: BindContext): Operand | undefined {
  const reading = node.kind === 'map' && node.entries.length === 1 ? memberOf(node, 'valueOf') : undefined;
  if (reading !== undefined) return bindReading(reading, context);
  if (node.kind === 'scalar' && bindScalar(node, context) === undefined) return undefined;
  return { kind: 'value', value: toPlain(node) };
}

function bindReading(node: Located, context: BindContext): Operand | undefined {
  const { problems } = context;
  const map = checkMap({ node, name: 'valueOf', validator: isReading }, problems);
  const ofNode = memberOf(map, 'of');
  const field = bindPath(memberOf(map, 'field'), context);
  const ofText = textOf(ofNode);
  if (ofNode === undefined || ofText === undefined || field === undefined) return undefined;
  const of = ofText === 'it' ? 'it' : parseOneReference(ofText, ofNode, problems);
  const at = textOf(memberOf(map, 'at')) === 'start' ? 'start' : 'now';
  return of === undefined ? undefined : { kind: 'valueOf', of, field, at };
}

function addUnknownOperator(entry: LocatedEntry, { problems }: BindContext): void {
  const names = operators.map(({ name }) => name);
  const near = closest(entry.key, names);
  problems.add(
    'unknown-operator',
    { keyOf: entry },
    `${quote(entry.key)} is no operator${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    `operators: ${names.join(', ')}`,
  );
}
