// What existed at a time, and in which state. Rows stay in the document while the scrubber moves: only what differs is
// written.

import { h } from './dom.ts';
import { formatExact } from './format-exact.ts';
import { barAt, shortKind } from './timeline/index.ts';
import type { Lane, LaneModel } from './timeline/index.ts';

interface Row {
  readonly lane: Lane;
  readonly element: HTMLElement;
  readonly chip: HTMLElement;
  readonly since: HTMLElement;
}

/** The table of one run. */
export class WorldTable {
  readonly element: HTMLElement;
  readonly model: LaneModel;
  readonly #title = h('h2', {});
  readonly #empty = h('p', { class: 'empty', text: 'Nothing that changes in this run exists then.' });
  readonly #rows: readonly Row[];
  #atMs = 0;

  /** `select` is called with the record that led to the state. */
  constructor(model: LaneModel, select: (record: number) => void) {
    this.model = model;
    const lanes = model.groups
      .flatMap((group) => group.lanes)
      .filter(({ changed, bars }) => changed && bars.length > 0);
    this.#rows = lanes.map((lane) => {
      const click = (): void => {
        const last = lane.ticks.findLast(({ atMs, event }) => atMs <= this.#atMs && !event);
        if (last !== undefined) select(last.record);
      };
      return rowOf(lane, click);
    });
    const head = h(
      'tr',
      {},
      ...['', 'object', 'state', 'since'].map((title) => h('th', { scope: 'col', text: title })),
    );
    const body = h('tbody', {}, ...this.#rows.map(({ element }) => element));
    this.element = h(
      'section',
      {},
      this.#title,
      this.#empty,
      h('table', { class: 'world' }, h('thead', {}, head), body),
    );
  }

  show(atMs: number): void {
    this.#atMs = atMs;
    this.#title.textContent = `State at ${formatExact(atMs)}`;
    let shown = 0;
    for (const { lane, element, chip, since } of this.#rows) {
      const bar = barAt(lane, atMs);
      if (element.hidden !== (bar === undefined)) element.hidden = bar === undefined;
      if (bar === undefined) continue;
      shown += 1;
      write(chip, bar.detail === '' ? bar.word : `${bar.word} ${bar.detail}`);
      if (chip.dataset['tone'] !== bar.tone) chip.dataset['tone'] = bar.tone;
      write(since, formatExact(bar.startMs));
    }
    this.#empty.hidden = shown > 0;
  }
}

function rowOf(lane: Lane, click: () => void): Row {
  const chip = h('span', { class: 'chip' });
  const since = h('td', { class: 'number' });
  const name = h('button', { type: 'button', class: 'link', text: lane.name, title: lane.name, on: { click } });
  const kind = h('td', { class: 'kind', text: shortKind(lane.kind) });
  const element = h('tr', { hidden: true }, kind, h('th', { scope: 'row' }, name), h('td', {}, chip), since);
  return { lane, element, chip, since };
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
