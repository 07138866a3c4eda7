// Reads clauses, and the groups of clauses that hold together at one point.

import { addWrongType, checkMap } from '../check-shape.ts';
import { isClause } from '../generated/validators.js';
import { entryOf, itemsOf, memberOf, quote, shownOf, spanAcross } from '../located.ts';
import type { Located, LocatedEntry, LocatedMap } from '../located.ts';
import type { Clause, ClauseGroup, Quantifier, State } from '../model.ts';
import type { BindContext } from './context.ts';
import { bindCount, bindMatcher, bindPath } from './matcher.ts';
import { bindKeySelection, bindSelection } from './selection.ts';
import { bindState } from './state.ts';

const clauseMembers = new Set(['of', 'is', 'count', 'names', 'field', 'values', 'changes', 'gap']);

/** Whether a map is written in the long form, `{ of, is, … }`. */
export function isLongForm(node: LocatedMap): boolean {
  return node.entries.some(({ key }) => clauseMembers.has(key));
}

/** Reads `X` or `[X…]`: the members of a map hold together, the items of a list each on its own. */
export function bindGroups(node: Located | undefined, context: BindContext): readonly ClauseGroup[] {
  return itemsOf(node)
    .map((item) => bindGroup(item, context))
    .filter((group) => group !== undefined);
}

/** Reads clauses that hold together: one in the long form, or objects and their states. */
export function bindGroup(node: Located, context: BindContext): ClauseGroup | undefined {
  if (node.kind !== 'map') {
    addWrongType(node, 'say of what and in which state: `pod/web-0: Ready` or { of: …, is: … }', context.problems);
    return undefined;
  }
  const long = isLongForm(node);
  const bound = long ? [bindClause(node, context)] : node.entries.map((entry) => bindShortClause(entry, context));
  const clauses = bound.filter((clause) => clause !== undefined);
  if (node.entries.length === 0) addWrongType(node, 'at least one object and its state', context.problems);
  if (clauses.length < bound.length || clauses.length === 0) return undefined;
  const [only, ...others] = clauses;
  return { clauses, text: only !== undefined && others.length === 0 ? only.text : shownOf(node), span: node.span };
}

/** Reads `REF: STATE`. */
export function bindShortClause(entry: LocatedEntry, context: BindContext, edges = false): Clause | undefined {
  if (entry.value.kind === 'list') {
    const of = quote(entry.key);
    context.problems.add(
      'wrong-type',
      entry.value,
      `one state of ${of} is wanted here, found a list`,
      'several states in turn stand in `order` only',
    );
    return undefined;
  }
  const selection = bindKeySelection(entry, context);
  if (isMissingState(entry, context)) return undefined;
  const is = bindState(entry.value, { of: selection?.of, edges }, context);
  if (selection === undefined || is === undefined) return undefined;
  const span = spanAcross(entry.keySpan, entry.value.span);
  return { selection, is, quantifier: { kind: 'each' }, text: `${selection.text}: ${is.text}`, span };
}

/** `{ pod/web-0:Ready }` and `pod/web-0:` have no state. */
export function isMissingState(entry: LocatedEntry, { problems }: BindContext): boolean {
  const { key, value } = entry;
  if (value.kind !== 'scalar' || value.value !== null) return false;
  // A glued key has been reported where the reference was read.
  if (!/^[^:]+\/[^:]+:[A-Z]\w*$/.test(key)) {
    problems.add(
      'missing-member',
      { keyOf: entry },
      `${quote(key)} needs a state`,
      'such as `Ready` or `{ exists: false }`',
    );
  }
  return true;
}

/** Reads `{ of, is, QUANTIFIER }`. */
export function bindClause(node: LocatedMap, context: BindContext): Clause | undefined {
  const changes = entryOf(node, 'changes') ?? entryOf(node, 'gap');
  if (changes !== undefined) {
    const where = changes.key === 'gap' ? '`order`' : '`order`, `when` and `never`';
    context.problems.add(
      'unknown-member',
      { keyOf: changes },
      `\`${changes.key}\` speaks of what happens: it stands in ${where} only`,
    );
    return undefined;
  }
  checkMap({ node, name: 'the clause', validator: isClause }, context.problems);
  return bindLongClause(node, { context, edges: false });
}

/** Reads the members that clauses and events share; the shape has been checked. */
export function bindLongClause(
  node: LocatedMap,
  { context, edges }: { readonly context: BindContext; readonly edges: boolean },
): Clause | undefined {
  const of = memberOf(node, 'of');
  const selection = of && bindSelection(of, context);
  const quantifier = bindQuantifier(node, context);
  const isNode = memberOf(node, 'is');
  const lasting = quantifier !== undefined && quantifier.kind !== 'each';
  const is: State | undefined = isNode && bindState(isNode, { of: selection?.of, edges: edges && !lasting }, context);
  if (selection === undefined || quantifier === undefined || (isNode !== undefined && is === undefined))
    return undefined;
  const base = { selection, quantifier, text: shownOf(node), span: node.span };
  return is === undefined ? base : { ...base, is };
}

function bindQuantifier(node: LocatedMap, context: BindContext): Quantifier | undefined {
  const { problems } = context;
  const [first, second] = ['count', 'names', 'values']
    .map((name) => entryOf(node, name))
    .filter((entry) => entry !== undefined);
  const field = entryOf(node, 'field');
  if (second !== undefined) {
    problems.add(
      'wrong-value',
      { keyOf: second },
      `a clause has one quantifier, and \`${first?.key}\` is there already`,
      'write a second clause',
    );
    return undefined;
  }
  if (field !== undefined && first?.key !== 'values') {
    problems.add(
      'missing-member',
      { keyOf: field },
      '`field` needs `values`: what the list of its values must be',
      'values: { distinct: true }',
    );
    return undefined;
  }
  if (first === undefined) return { kind: 'each' };
  if (first.key === 'count') {
    const matcher = bindCount(first.value, context);
    return matcher && { kind: 'count', matcher };
  }
  if (first.key === 'names') {
    const matcher = bindMatcher(first.value, context);
    return matcher && { kind: 'names', matcher };
  }
  if (field === undefined) {
    problems.add(
      'missing-member',
      { keyOf: first },
      '`values` needs `field`: the values of which field',
      'field: spec.volumeName',
    );
    return undefined;
  }
  const path = bindPath(field.value, context);
  const matcher = bindMatcher(first.value, context);
  return path === undefined || matcher === undefined ? undefined : { kind: 'values', field: path, matcher };
}
