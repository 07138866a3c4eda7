// The right side: the selected expectation and the selected record, or the state of everything at the scrubber's time.

import { formatExact } from './format-exact.ts';
import { subjectOf } from './decisions.ts';
import { describeRecord } from './describe-record.ts';
import { h, replace } from './dom.ts';
import { shadeOfVerdict } from '../../matrix/matrix.ts';
import { badge } from './badge.ts';
import { diffObjects, yamlOf } from './record-diff.ts';
import { verdictCard } from './verdict-card.ts';
import { WorldTable } from './world-table.ts';
import type { ShownRecord } from '../read-rows.ts';
import type { Judgement } from './decisions.ts';
import type { RunData } from './run-data.ts';

/** What the right side can lead to. */
export interface InspectorEvents {
  readonly toRecord: (record: number) => void;
  readonly toJudgement: (judgement: Judgement) => void;
}

/** The right side in the document. */
export class Inspector {
  readonly element = h('aside', { class: 'inspector', 'aria-label': 'Selected record', tabindex: -1 });
  readonly #events: InspectorEvents;
  #whole = false;
  #world: WorldTable | undefined;

  constructor(events: InspectorEvents) {
    this.#events = events;
  }

  /** Shows an expectation, a record, or both. */
  showRecord(
    data: RunData,
    { judgement, record }: { readonly judgement: Judgement | undefined; readonly record: number | undefined },
  ): void {
    const shown = record === undefined ? undefined : data.records[record];
    replace(
      this.element,
      judgement !== undefined && verdictCard(judgement, this.#events.toRecord),
      shown !== undefined && this.#record(data, shown, () => this.showRecord(data, { judgement, record })),
      judgement === undefined &&
        shown === undefined &&
        h('p', { class: 'empty', text: 'Select a record on the timeline or an expectation on the left.' }),
    );
  }

  /** Shows what existed at a time, and in which state. */
  showWorld(data: RunData, atMs: number): void {
    let world = this.#world;
    if (world?.model !== data.model) world = this.#world = new WorldTable(data.model, this.#events.toRecord);
    if (world.element.parentElement !== this.element) replace(this.element, world.element);
    world.show(atMs);
  }

  #record(data: RunData, shown: ShownRecord, again: () => void): HTMLElement {
    const { record, position, manager } = shown;
    const text = describeRecord(data, shown);
    const decided = data.judgements.filter((judgement) => judgement.record === position);
    const facts: readonly (readonly [string, string])[] = [
      ['time', formatExact(record.at)],
      ['step', record.step < 0 ? 'before the first' : `${record.step + 1}. ${data.run.steps[record.step]?.name ?? ''}`],
      ...(record.kind === 'observation' ? [['type', record.type] as const] : []),
      ...(text.version === '' ? [] : [['resourceVersion', text.version] as const]),
      ...(record.kind === 'observation' ? [['manager', manager ?? 'not recorded'] as const] : []),
      ['record', `${position + 1} of ${data.records.length}`],
    ];
    return h(
      'section',
      { class: 'record', 'aria-label': 'Record' },
      h(
        'h2',
        {},
        h('span', {
          class: 'subject',
          text: record.kind === 'observation' ? subjectOf(record.object) : text.subject,
        }),
        ' ',
        h('span', { class: 'what', text: text.what }),
      ),
      h(
        'dl',
        { class: 'facts' },
        ...facts.flatMap(([name, value]) => [h('dt', { text: name }), h('dd', { text: value })]),
      ),
      this.#decisions(decided),
      record.kind === 'observation'
        ? this.#diff(data, shown, again)
        : h('pre', { class: 'yaml', tabindex: 0, 'aria-label': 'Record as YAML', text: yamlOf(plainOf(record)) }),
    );
  }

  #decisions(judgements: readonly Judgement[]): HTMLElement {
    if (judgements.length === 0) return h('p', { class: 'small', text: 'It decided no expectation.' });
    const item = (judgement: Judgement): HTMLElement => {
      const { verdict, by } = judgement;
      const click = (): void => this.#events.toJudgement(judgement);
      const note = by === 'nearest' ? 'last seen of ' : verdict.outcome === 'pass' ? 'satisfied ' : 'broke ';
      return h(
        'li',
        {},
        badge(shadeOfVerdict(verdict)),
        ` ${note}`,
        h('button', { type: 'button', class: 'link', text: `${verdict.word} ${verdict.text}`, on: { click } }),
      );
    };
    return h(
      'ul',
      { class: 'decided', 'aria-label': 'Expectations that this record decided' },
      ...judgements.map(item),
    );
  }

  #diff(data: RunData, { record, position }: ShownRecord, again: () => void): HTMLElement {
    const before = data.records[data.previous.get(position) ?? -1]?.record;
    const [old, object] = [
      before?.kind === 'observation' ? before.object : undefined,
      record.kind === 'observation' ? record.object : undefined,
    ];
    const isGone = record.kind === 'observation' && record.type === 'DELETED';
    const lines = diffObjects(old, object, { whole: this.#whole });
    const toggle = h('input', { type: 'checkbox', on: { change: () => ((this.#whole = toggle.checked), again()) } });
    toggle.checked = this.#whole;
    const title = old === undefined ? 'Object' : isGone ? 'Object, and its last change' : 'Before and after';
    return h(
      'div',
      { class: 'diff' },
      h('header', {}, h('h3', { text: title }), old !== undefined && h('label', {}, toggle, 'whole object')),
      h('pre', { class: 'yaml', tabindex: 0, 'aria-label': `${title} as YAML` }, ...lines.map(diffLine)),
    );
  }
}

const signs = { same: ' ', added: '+', removed: '−', skip: ' ' } as const;

function diffLine({ kind, text, count }: ReturnType<typeof diffObjects>[number]): HTMLElement {
  if (kind === 'skip') return h('div', { class: 'skip', text: `⋯ ${count} unchanged` });
  const spoken = kind === 'added' ? 'added' : kind === 'removed' ? 'removed' : undefined;
  return h('div', { class: kind }, h('span', { class: 'sign', 'aria-label': spoken, text: signs[kind] }), text);
}

function plainOf(record: ShownRecord['record']): unknown {
  const { at: _at, step: _step, kind: _kind, ...rest } = record;
  return rest;
}
