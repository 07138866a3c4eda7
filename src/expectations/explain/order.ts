// Why an order failed: which two events, which rule, and what was seen of both objects.

import { phraseHappening, phraseRequired } from './phrase.ts';
import { describeObject, formatSubject } from './describe.ts';
import { describeEnd, explanationOf, formatTime } from './explanation.ts';
import { historyOf } from './history.ts';
import { waitingOn } from './waiting.ts';
import { formatGap } from '../clauses/gap.ts';
import { isSelected, selectNames } from '../clauses/select.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Event, Matcher, OrderItem, Selection } from '../../scenario/model.ts';
import type { Observation, WindowEnd } from '../../trace/record.ts';
import type { Mention } from '../order.ts';
import type { Scene, Subject } from '../scene.ts';
import type { Explanation, HistoryRow } from '../verdict.ts';

/** A later event came before an earlier one. */
export function explainSwapped(
  { earlier, early }: { readonly earlier: Mention; readonly early: Mention },
  scene: Scene,
): Explanation {
  const awaited = subjectsOf(earlier, scene);
  const [first] = awaited;
  const record = early.seen?.record;
  const state = first === undefined ? 'not there' : describeObject(first.kind, objectBefore(first, record, scene));
  const atMs = record?.at ?? scene.nowMs;
  const rows = historyOf(scene, {
    subjects: [...awaited, ...subjectsOf(early, scene)],
    decisive: record,
    remark: phraseHappening(early.event),
  });
  return explanationOf({
    rule: `${phraseRequired(earlier.event)}${times(earlier)} before ${phraseHappening(early.event)}${times(early)}`,
    seen: `at +${formatTime(atMs)} ${phraseHappening(early.event)}, while ${nameOf(earlier, first)} was ${state}`,
    lines: [
      { span: earlier.event.span, text: earlier.event.text, remark: '← had not happened' },
      { span: early.event.span, text: early.event.text, remark: '← happened first' },
    ],
    history:
      first === undefined
        ? rows
        : withState(rows, { atMs, object: formatSubject(first), what: `(${state})`, decisive: false }),
    ...hintOf(earlier, scene),
  });
}

/** An event never came. */
export function explainMissing(
  options: {
    readonly missing: Mention;
    readonly end: WindowEnd;
    readonly items: readonly OrderItem[];
    readonly mentions: readonly (readonly Mention[])[];
  },
  scene: Scene,
): Explanation {
  const { missing, end, items, mentions } = options;
  const subjects = subjectsOf(missing, scene);
  const before = mentions[missing.item - 1]?.[0];
  const [first] = subjects;
  const state =
    first === undefined
      ? ''
      : `; ${formatSubject(first)} is ${describeObject(first.kind, scene.world.get(first.kind, first.name))}`;
  const after = before === undefined ? '' : ` after ${phraseHappening(before.event)}`;
  const lines = [{ span: missing.event.span, text: missing.event.text, remark: '← never happened' }];
  return explanationOf({
    rule: `${phraseRequired(missing.event)}${times(missing)}${after} (${missing.item + 1} of ${items.length})`,
    seen: `${describeEnd(end, scene)} without it${state}`,
    lines:
      before === undefined
        ? lines
        : [{ span: before.event.span, text: before.event.text, remark: '← the last that did' }, ...lines],
    history: historyOf(scene, {
      subjects: [...(before === undefined ? [] : subjectsOf(before, scene)), ...subjects],
    }),
    waitingOn: waitingOn(scene, subjects),
    ...hintOf(missing, scene),
  });
}

/** The time between two events is not as demanded. */
export function explainGap(
  options: {
    readonly mention: Mention;
    readonly before: Mention | undefined;
    readonly gap: Matcher;
    readonly elapsedMs: number;
  },
  scene: Scene,
): Explanation {
  const { mention, before, gap, elapsedMs } = options;
  const since = before === undefined ? 'the request was answered' : phraseHappening(before.event);
  const slack = scene.slackMs === 0 ? '' : ` (clocks may be off by ${formatTime(scene.slackMs)})`;
  const lines = [{ span: mention.event.span, text: mention.event.text, remark: `← after ${formatTime(elapsedMs)}` }];
  return explanationOf({
    rule: `${phraseRequired(mention.event)} ${formatGap(gap)} after ${since}`,
    seen: `it took ${formatTime(elapsedMs)}${slack}`,
    lines: before === undefined ? lines : [{ span: before.event.span, text: before.event.text }, ...lines],
    history: historyOf(scene, {
      subjects: [...(before === undefined ? [] : subjectsOf(before, scene)), ...subjectsOf(mention, scene)],
      decisive: mention.seen?.record,
    }),
    compared: [{ field: 'gap', expected: formatGap(gap), received: formatTime(elapsedMs) }],
  });
}

/** The object to which it happened; before that, those to which it could happen. */
function subjectsOf({ event, seen }: Mention, scene: Scene): readonly Subject[] {
  const selection = selectionOf(event);
  if (seen !== undefined && seen.name !== '') return [{ kind: selection.of, name: seen.name }];
  return selectNames(selection, scene.world)
    .map((name) => ({ kind: selection.of, name }))
    .slice(0, 3);
}

function selectionOf(event: Event): Selection {
  return event.kind === 'edge' ? event.clause.selection : event.selection;
}

function nameOf({ event }: Mention, subject: Subject | undefined): string {
  return subject === undefined ? selectionOf(event).text : formatSubject(subject);
}

/** ` (2nd time)`, where an event is mentioned more than once. */
function times({ occurrence, watch }: Mention): string {
  if (watch.mentions.length < 2) return '';
  const suffix = occurrence === 1 ? 'st' : occurrence === 2 ? 'nd' : occurrence === 3 ? 'rd' : 'th';
  return ` (${occurrence}${suffix} time)`;
}

function hintOf({ event, watch }: Mention, scene: Scene): { readonly hint?: string } {
  if (watch.edges > 0 || !watch.live.heldAtStart || wasReplaced(selectionOf(event), scene)) return {};
  return {
    hint: `${phraseHappening(event)} had happened before the step began; an order needs it to happen in its window`,
  };
}

/** Whether an object of the selection came or went in the window: what it was before says nothing of its successor. */
function wasReplaced(selection: Selection, scene: Scene): boolean {
  return scene.changes().some(({ kind, before, after }) => {
    if (kind !== selection.of || (before !== undefined && after !== undefined)) return false;
    const object = after ?? before;
    return object !== undefined && isSelected(selection, object, scene.world);
  });
}

/** The object as it was before a record, also where the record is its own; the world stands behind the record already. */
function objectBefore(
  { kind, name }: Subject,
  record: Observation | undefined,
  scene: Scene,
): KubernetesObject | undefined {
  const own = scene
    .changes()
    .find((change) => change.record === record && change.kind === kind && change.name === name);
  return own === undefined ? scene.world.get(kind, name) : own.before;
}

/** What the awaited object was in, beside the event that came too early. */
function withState(rows: readonly HistoryRow[], state: HistoryRow): readonly HistoryRow[] {
  const at = rows.findIndex(({ decisive }) => decisive);
  return at < 0 ? [...rows, state] : [...rows.slice(0, at), state, ...rows.slice(at)];
}
