// Reads an order, and spells it out: ranges name by name, lists of states one after another, nested lists as groups.

import { addWrongType } from '../check-shape.ts';
import { entryOf, itemsOf, spanAcross } from '../located.ts';
import type { Located, LocatedEntry, LocatedMap } from '../located.ts';
import type { Clause, Event, Matcher, NamesSelection, OrderItem, Selection } from '../model.ts';
import { isLongForm, isMissingState } from './clause.ts';
import type { BindContext } from './context.ts';
import { bindGap } from './duration.ts';
import { bindLongEvent, edgeOf } from './event.ts';
import { bindKeySelection } from './selection.ts';
import { bindState } from './state.ts';

/** Reads an order. */
export function bindOrder(node: Located, context: BindContext): readonly OrderItem[] {
  if (node.kind !== 'list') {
    const hint = 'order: [ pod/web-0: Ready, pod/web-1: Created ]';
    if (node.kind !== 'map') addWrongType(node, 'an order is a list of events', context.problems);
    else context.problems.add('bad-order', node, 'a map does not say what comes first: an order is a list', hint);
    return [];
  }
  return node.items.flatMap((item) => bindItem(item, context));
}

function bindItem(node: Located, context: BindContext): readonly OrderItem[] {
  if (node.kind === 'list') {
    const events = node.items.flatMap((item) => bindGrouped(item, context));
    return events.length === 0 ? [] : [{ events, span: node.span }];
  }
  const gap = node.kind === 'map' ? entryOf(node, 'gap') : undefined;
  const matcher: Matcher | undefined = gap && bindGap(gap.value, context);
  return bindTurn(node, context).map((event): OrderItem => {
    const item = { events: [event], span: event.span };
    return matcher === undefined ? item : Object.assign(item, { gap: matcher });
  });
}

function bindGrouped(node: Located, context: BindContext): readonly Event[] {
  const gap = node.kind === 'map' ? entryOf(node, 'gap') : undefined;
  if (gap !== undefined) {
    context.problems.add(
      'bad-order',
      { keyOf: gap },
      'the events of a nested list have no order among themselves, and so no `gap`',
    );
  }
  if (node.kind === 'list') {
    context.problems.add('bad-order', node, 'a group of an order holds events, not further lists');
    return [];
  }
  return bindTurn(node, context);
}

/** The events of one entry, in the order in which they are spelled out. */
function bindTurn(node: Located, context: BindContext): readonly Event[] {
  if (node.kind !== 'map') {
    addWrongType(node, 'an event is `pod/web-0: Ready` or { of: …, is: … }', context.problems);
    return [];
  }
  if (isLongForm(node)) {
    const event = bindLongEvent(node, context);
    return event === undefined ? [] : spellOutEvent(event);
  }
  const [entry, second] = node.entries;
  if (entry === undefined || second !== undefined) {
    addUnordered(node, second, context);
    return [];
  }
  return bindMilestones(entry, context);
}

function addUnordered(node: LocatedMap, second: LocatedEntry | undefined, { problems }: BindContext): void {
  const place = second === undefined ? node : { keyOf: second };
  problems.add(
    'bad-order',
    place,
    second === undefined
      ? 'an item of an order says what happens'
      : 'a map does not say which of its members comes first',
    'one item each: `- pod/web-0: Ready`; a nested list if the order is open',
  );
}

/** `REF: [S1, S2]`: S1 then S2 for each name in turn. */
function bindMilestones(entry: LocatedEntry, context: BindContext): readonly Event[] {
  const selection = bindKeySelection(entry, context);
  if (isMissingState(entry, context)) return [];
  const states = itemsOf(entry.value).map((node) => ({
    node,
    state: bindState(node, { of: selection?.of, edges: true }, context),
  }));
  if (selection === undefined) return [];
  if (states.length === 0) addWrongType(entry.value, 'at least one state is wanted here', context.problems);
  return nameByName(selection).flatMap((one) =>
    states.flatMap(({ node, state }) => {
      if (state === undefined) return [];
      const text = `${one.text}: ${state.text}`;
      // In a list of states the state itself is what a report points at.
      const span = entry.value.kind === 'list' ? node.span : spanAcross(entry.keySpan, node.span);
      return [edgeOf({ selection: one, is: state, quantifier: { kind: 'each' }, text, span })];
    }),
  );
}

/** `{ of: pod/web-0..2, is: Ready }` is one event a name; with a quantifier it is one event of them all. */
function spellOutEvent(event: Event): readonly Event[] {
  if (event.kind === 'changes') {
    return nameByName(event.selection).map((selection) => Object.assign({}, event, { selection }));
  }
  const { clause } = event;
  if (clause.quantifier.kind !== 'each') return [event];
  return nameByName(clause.selection).map((selection) => edgeOf(ofOne(clause, selection)));
}

function ofOne(clause: Clause, selection: Selection): Clause {
  if (selection === clause.selection) return clause;
  return { ...clause, selection, text: clause.text.replace(clause.selection.text, selection.text) };
}

function nameByName(selection: Selection): readonly Selection[] {
  if (selection.kind !== 'names' || selection.names.length === 1) return [selection];
  const slash = selection.text.indexOf('/');
  const kind = selection.text.startsWith('$') || slash < 0 ? selection.of : selection.text.slice(0, slash);
  return selection.names.map((name): NamesSelection => ({ ...selection, names: [name], text: `${kind}/${name}` }));
}
