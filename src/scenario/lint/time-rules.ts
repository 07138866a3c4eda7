// Rules about order and time: what cannot come, what has come already, what waits for nothing.

import { formatDuration } from '../../kubernetes/duration.ts';
import { itemsOf, memberOf } from '../located.ts';
import type { BoundStep, Event } from '../model.ts';
import { edgeKey, milestoneOf, nameOf, wantedClauses } from './rule.ts';
import type { Rule } from './rule.ts';

/** Nobody waits longer for a step; more is a slip of the unit. */
const withinMaxMs = 3_600_000;

/** A step that starts slow machinery is quiet before the machinery moves. */
export const settledWithoutAnchor: Rule = ({ steps }, warnings) => {
  for (const { action, expect } of steps) {
    if (action?.verb !== 'fail' && action?.verb !== 'advance') continue;
    const [settled] = expect?.settled ?? [];
    if (expect === undefined || settled === undefined) continue;
    if (expect.order.length > 0 || expect.eventually.length > 0 || expect.holds.length > 0) continue;
    warnings.add(
      'settled-without-anchor',
      settled,
      `after \`${action.verb}\` it may be quiet before anything has moved`,
      'await what must happen first, with `order` or `eventually`',
    );
  }
};

/** A budget of more than an hour. */
export const withinTooLarge: Rule = ({ scenario, steps }, warnings) => {
  for (const { expect, position } of steps) {
    if (expect === undefined || expect.withinMs <= withinMaxMs) continue;
    const written = memberOf(memberOf(itemsOf(memberOf(scenario.tree, 'steps'))[position], 'expect'), 'within');
    const budget = formatDuration(expect.withinMs);
    warnings.add(
      'within-too-large',
      written ?? expect,
      `a budget of ${budget} is more than an hour`,
      'is the unit right?',
    );
  }
};

/** `order` wants what `never` forbids, or wants the beginning of an object's life behind its end. */
export const contradictingOrder: Rule = ({ steps, makeable }, warnings) => {
  for (const { expect, position } of steps) {
    if (expect === undefined) continue;
    const events = expect.order.flatMap((item) => item.events);
    const forbidden = new Map(
      expect.never.flatMap((item) => forbiddenEvents(item)).map((event) => [edgeKey(event), event] as const),
    );
    for (const event of events) {
      const key = edgeKey(event);
      const clash = key === undefined ? undefined : forbidden.get(key);
      if (clash === undefined) continue;
      warnings.add('contradicting-order', event, `\`order\` wants what \`never\` forbids in line ${clash.span.line}`);
    }
    const firstLives = events.filter((event) => {
      const selection = event.kind === 'edge' ? event.clause.selection : event.selection;
      const [name] = selection.kind === 'names' ? selection.names : [];
      return name !== undefined && makeable.firstStep(selection.of, name) === position;
    });
    for (const { earlier, later } of backwards(firstLives)) {
      warnings.add(
        'contradicting-order',
        later,
        `${later.text} comes before ${earlier.text} in the life of an object that this step makes`,
        `first in line ${earlier.span.line}`,
      );
    }
  }
};

/** Verbs that make nothing new of an object that is there. */
const gentle = new Set([
  'wait',
  'advance',
  'get',
  'resolve',
  'exec',
  'label',
  'annotate',
  'create',
  'recover',
  'uncordon',
  'apply',
]);

/** An order waits for the creation of an object that an earlier step has seen, and nothing can have removed it since. */
export const alreadyHappened: Rule = ({ steps, placeholder }, warnings) => {
  const seen = new Map<string, BoundStep>();
  for (const step of steps) {
    const scaling = step.action?.verb;
    if (scaling !== undefined && !gentle.has(scaling)) {
      seen.clear();
    }
    const ended = new Set<string>();
    for (const event of step.expect?.order.flatMap((item) => item.events) ?? []) {
      const name = nameOf(event);
      if (name === undefined || name.includes(placeholder)) continue;
      const before = seen.get(name);
      if (/^(terminating|deleted) /.test(milestoneOf(event) ?? '')) ended.add(name);
      // That it was seen says that it was created; it need not have found a node.
      else if (before !== undefined && !ended.has(name) && milestoneOf(event)?.startsWith('created ') === true) {
        warnings.add(
          'already-happened',
          event,
          `${event.text} belongs to an earlier step: ${before.name} (line ${before.span.line}) has seen the object`,
          'an order counts what happens in its own step only',
        );
        ended.add(name);
      }
    }
    remember(step, seen);
  }
};

/** The same expectation twice under one word. */
export const duplicateExpectation: Rule = ({ steps, invariants }, warnings) => {
  const blocks = [...steps.flatMap(({ expect }) => expect ?? []), ...invariants];
  for (const { eventually, settled, never, always } of blocks) {
    const neverGroups = never.map((item) => (item.kind === 'group' ? item.group : item.event));
    for (const list of [eventually, settled, neverGroups, always]) {
      const first = new Map<string, number>();
      for (const { text, span } of list) {
        const line = first.get(text);
        if (line !== undefined)
          warnings.add('duplicate-expectation', { span }, `the same stands in line ${line}`, 'once is enough');
        first.set(text, line ?? span.line);
      }
    }
  }
};

/** What each clause of a step shows to exist when the step is over. */
function remember({ expect, ...step }: BoundStep, seen: Map<string, BoundStep>): void {
  if (expect === undefined) return;
  for (const { selection, is, quantifier } of wantedClauses(expect)) {
    if (selection.kind !== 'names' || quantifier.kind !== 'each' || is === undefined) continue;
    const gone = is.words.some(({ word }) => ['deleted', 'exists', 'terminating'].includes(word));
    for (const name of selection.names) {
      if (gone) seen.delete(`${selection.of}/${name}`);
      else seen.set(`${selection.of}/${name}`, step);
    }
  }
}

/** Milestones of one life, in the order in which they come. */
const life = ['created', 'scheduled', 'phase', 'ready', 'terminating', 'deleted'];

/** Pairs of first mentions of one object that stand the wrong way round. */
function backwards(events: readonly Event[]): readonly { readonly earlier: Event; readonly later: Event }[] {
  const reached = new Map<string, { rank: number; event: Event }>();
  const mentioned = new Set<string>();
  const found: { earlier: Event; later: Event }[] = [];
  for (const event of events) {
    const name = nameOf(event);
    const milestone = milestoneOf(event);
    const key = edgeKey(event);
    if (name === undefined || milestone === undefined || key === undefined || mentioned.has(key)) continue;
    mentioned.add(key);
    const rank = life.indexOf(isProgress(milestone));
    const last = reached.get(name);
    if (rank < 0) continue;
    if (last !== undefined && rank < last.rank) found.push({ earlier: last.event, later: event });
    else reached.set(name, { rank, event });
  }
  return found;
}

/** Of phases only Running is a station on the way to Ready; of readiness only the gain. */
function isProgress(milestone: string): string {
  const word = milestone.slice(0, milestone.indexOf(' '));
  if (word === 'phase') return milestone.includes('"Running"') ? word : '';
  return word === 'ready' && milestone.includes('false') ? '' : word;
}

function forbiddenEvents(item: NonNullable<BoundStep['expect']>['never'][number]): readonly Event[] {
  if (item.kind === 'event') return [item.event];
  const [clause, ...others] = item.group.clauses;
  if (clause === undefined || others.length > 0) return [];
  const { selection } = clause;
  if (selection.kind !== 'names') return [];
  return selection.names.map((name) => ({
    kind: 'edge',
    clause: { ...clause, selection: { ...selection, names: [name] } },
    text: clause.text,
    span: clause.span,
  }));
}
