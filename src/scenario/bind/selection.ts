// Reads selections: references, ranges, patterns, `$name` of the scenario's objects, and maps.

import { addNotText, addWrongType, checkMap } from '../check-shape.ts';
import { isWhere } from '../generated/validators.js';
import { memberOf, quote, shownOf, textOf } from '../located.ts';
import type { Located, LocatedEntry, LocatedMap } from '../located.ts';
import type { Matcher, Selection, Span, State } from '../model.ts';
import { replaceVariables } from '../variables.ts';
import type { BindContext } from './context.ts';
import { bindMatcher, bindMembers, bindCount } from './matcher.ts';
import { parseKind, parseOneReference, parseRange, parseReference } from './reference.ts';
import { bindState } from './state.ts';

/** Reads a selection that stands as a value: after `of:`, `target:`, under `objects:`. */
export function bindSelection(node: Located, context: BindContext): Selection | undefined {
  if (node.kind === 'map') return bindWhere(node, context);
  const text = textOf(node);
  if (text === undefined) {
    addWrongType(node, 'a selection is a reference such as pod/web-0, or a map with `kind`', context.problems);
    return undefined;
  }
  const named = node.kind === 'scalar' ? node.selection : undefined;
  if (named !== undefined) return bindNamed(named, { text, span: node.span }, context);
  const parsed = parseReference(text, node, context.problems);
  return parsed && { ...parsed, text, span: node.span };
}

/** Reads a selection that stands as a key: `pod/web-0: Ready`, `$claims: Bound`. */
export function bindKeySelection(entry: LocatedEntry, context: BindContext): Selection | undefined {
  const { key, keySpan } = entry;
  if (key.startsWith('$')) {
    const name = key.slice(1);
    if (context.selections.has(name)) return bindNamed(name, { text: key, span: keySpan }, context);
    context.problems.add(
      'bad-reference',
      { keyOf: entry },
      `${quote(key)} is no selection of the scenario's \`objects\``,
      `a variable in a key is written \`$(${name})\``,
    );
    return undefined;
  }
  const parsed = parseReference(key, { keyOf: entry }, context.problems);
  return parsed && { ...parsed, text: key, span: keySpan };
}

interface Written {
  readonly text: string;
  readonly span: Span;
}

/** A selection under `objects:`; its variables have the values of the place where it is used. */
function bindNamed(name: string, written: Written, context: BindContext): Selection | undefined {
  const entry = context.selections.get(name);
  if (entry === undefined) return undefined;
  if (context.reading.includes(name)) {
    context.problems.add('bad-reference', { keyOf: entry }, `the selection \`$${name}\` is made of itself`);
    return undefined;
  }
  const inner = { ...context, reading: [...context.reading, name] };
  const selection = bindSelection(replaceVariables(entry.value, context.scope, context.problems), inner);
  return selection && { ...selection, ...written };
}

function bindWhere(node: LocatedMap, context: BindContext): Selection | undefined {
  checkMap({ node, name: 'the selection', validator: isWhere }, context.problems);
  const kind = memberOf(node, 'kind');
  const kindText = textOf(kind);
  if (kind === undefined || kindText === undefined) return undefined;
  const of = parseKind(kindText, kind, context.problems);
  if (of === undefined) return undefined;
  const base = { of, text: shownOf(node), span: node.span };
  const name = memberOf(node, 'name');
  const nameText = textOf(name);
  if (nameText?.includes('*') === true && node.entries.length === 2)
    return { ...base, kind: 'pattern', pattern: nameText };
  const members = {
    name: name && bindName(name, context),
    labels: bindLabels(memberOf(node, 'labels'), context),
    ownedBy: bindOwner(memberOf(node, 'ownedBy'), context),
    ordinal: bindOrdinal(memberOf(node, 'ordinal'), context),
    where: bindInnerState(memberOf(node, 'where'), { of, context }),
  };
  const present = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
  return { ...base, ...present, kind: 'where' };
}

/** Names take what references take: a pattern, a range, one name; or operators. */
function bindName(node: Located, context: BindContext): Matcher | undefined {
  const text = textOf(node);
  if (text?.includes('*') === true) {
    const pattern = `^${text.split('*').map(escapeRegExp).join('.*')}$`;
    return { kind: 'text', operator: 'matches', operand: { kind: 'value', value: pattern } };
  }
  if (text?.includes('..') === true) {
    const names = parseRange(text, node, context.problems);
    const matchers = names?.map((name): Matcher => ({ kind: 'equals', operand: { kind: 'value', value: name } }));
    return matchers && { kind: 'anyOf', matchers };
  }
  if (node.kind === 'scalar' && text === undefined) addNotText(node, 'name', context.problems);
  return bindMatcher(node, context, 'scalar');
}

function bindLabels(node: Located | undefined, context: BindContext): Matcher | undefined {
  if (node?.kind !== 'map') return undefined;
  return bindMembers(node, context, ({ key, value }) => {
    if (value.kind === 'scalar' && typeof value.value !== 'string') {
      addNotText(value, `the label ${key}`, context.problems);
      return undefined;
    }
    return bindMatcher(value, context, 'scalar');
  });
}

function bindOwner(node: Located | undefined, context: BindContext) {
  const text = textOf(node);
  return node === undefined || text === undefined ? undefined : parseOneReference(text, node, context.problems);
}

function bindOrdinal(node: Located | undefined, context: BindContext): Matcher | undefined {
  return node && bindCount(node, context);
}

function bindInnerState(
  node: Located | undefined,
  { of, context }: { of: Selection['of']; context: BindContext },
): State | undefined {
  return node && bindState(node, { of, edges: false }, context);
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
