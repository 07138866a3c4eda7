// Reads events: what happens at one record, the edge of a state or the change of a value.

import { parsePath } from '../../kubernetes/path.ts';
import { addWrongType, checkMap } from '../check-shape.ts';
import { stateForms } from '../definition/state-words.ts';
import { isChanges, isEvent } from '../generated/validators.js';
import { entryOf, memberOf, quote, shownOf, textOf } from '../located.ts';
import type { Located, LocatedMap } from '../located.ts';
import type { ChangeEvent, Clause, EdgeEvent, Event, NeverItem, Selection } from '../model.ts';
import { bindGroup, bindLongClause, bindShortClause, isLongForm } from './clause.ts';
import type { BindContext } from './context.ts';
import { bindCount, bindMatcher } from './matcher.ts';
import { bindSelection } from './selection.ts';

const edgeForms = new Set(stateForms.filter(({ edgeOnly }) => edgeOnly).map(({ form }) => form));

/** Reads one event, short (`pod/web-0: Ready`) or long; `gap` is for orders only. */
export function bindEvent(node: Located, context: BindContext): Event | undefined {
  const map = node.kind === 'map' ? node : undefined;
  const [entry, ...others] = map?.entries ?? [];
  if (map === undefined || entry === undefined) {
    addWrongType(node, 'an event is `pod/web-0: Ready` or { of: …, is: … } or { of: …, changes: … }', context.problems);
    return undefined;
  }
  if (isLongForm(map)) {
    refuseGap(map, context);
    return bindLongEvent(map, context);
  }
  if (others.length > 0) {
    context.problems.add(
      'wrong-value',
      { keyOf: others[0] ?? entry },
      'one event is wanted here, found several',
      'write one entry for each',
    );
    return undefined;
  }
  const clause = bindShortClause(entry, context, true);
  return clause && edgeOf(clause);
}

/** Reads `{ of, is | changes, QUANTIFIER }`. */
export function bindLongEvent(node: LocatedMap, context: BindContext): Event | undefined {
  checkMap({ node, name: 'the event', validator: isEvent }, context.problems);
  const changes = entryOf(node, 'changes');
  if (changes === undefined) {
    const clause = bindLongClause(node, { context, edges: true });
    return clause && edgeOf(clause);
  }
  const clash = node.entries.find(({ key }) => key !== 'of' && key !== 'changes' && key !== 'gap');
  if (clash !== undefined) {
    context.problems.add('wrong-value', { keyOf: clash }, `\`${clash.key}\` and \`changes\` exclude each other`);
    return undefined;
  }
  const of = memberOf(node, 'of');
  const selection = of && bindSelection(of, context);
  return selection && bindChanges(node, { node: changes.value, selection }, context);
}

/** Reads an item of `never`: a clause that holds at no point, or an event that does not come. */
export function bindNeverItem(node: Located, context: BindContext): NeverItem | undefined {
  if (node.kind === 'map' && happens(node)) {
    const event = bindEvent(node, context);
    return event && { kind: 'event', event };
  }
  const group = bindGroup(node, context);
  return group && { kind: 'group', group };
}

/** The event that a clause becomes true. */
export function edgeOf(clause: Clause): EdgeEvent {
  return { kind: 'edge', clause, text: clause.text, span: clause.span };
}

/** Whether a map says what happens rather than what is: a change, or an edge-only word of one selection. */
function happens(node: LocatedMap): boolean {
  if (entryOf(node, 'changes') !== undefined) return true;
  if (isLongForm(node)) return edgeForms.has(textOf(memberOf(node, 'is')) ?? '');
  const [entry, ...others] = node.entries;
  return others.length === 0 && edgeForms.has(textOf(entry?.value) ?? '');
}

interface WrittenChanges {
  readonly node: Located;
  readonly selection: Selection;
}

function bindChanges(
  whole: LocatedMap,
  { node, selection }: WrittenChanges,
  context: BindContext,
): ChangeEvent | undefined {
  const map = checkMap({ node, name: 'changes', validator: isChanges }, context.problems);
  const fieldNode = memberOf(map, 'field');
  const field = textOf(fieldNode);
  if (map === undefined || fieldNode === undefined || field === undefined) return undefined;
  const parsed = parsePath(field);
  if (!parsed.ok) {
    context.problems.add('bad-path', fieldNode, `${quote(field)}, at character ${parsed.at + 1}: ${parsed.message}`);
    return undefined;
  }
  const from = memberOf(map, 'from');
  const to = memberOf(map, 'to');
  const by = memberOf(map, 'by');
  const matchers = {
    from: from && bindMatcher(from, context),
    to: to && bindMatcher(to, context),
    by: by && (by.kind === 'map' ? bindMatcher(by, context, 'scalar') : bindCount(by, context)),
  };
  const present = Object.fromEntries(Object.entries(matchers).filter(([, matcher]) => matcher !== undefined));
  return { kind: 'changes', selection, field, ...present, text: shownOf(whole), span: whole.span };
}

function refuseGap(node: LocatedMap, { problems }: BindContext): void {
  const gap = entryOf(node, 'gap');
  if (gap === undefined) return;
  problems.add('unknown-member', { keyOf: gap }, '`gap` is the time since the item before: it stands in `order` only');
}
