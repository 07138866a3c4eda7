// The timeline as a table, which also says it to those who do not see the canvas. Only rows in sight are in the document.

import { h, replace } from './dom.ts';
import { describeRecord } from './describe-record.ts';
import { directionOf } from './timeline/keys.ts';
import type { RunData } from './run-data.ts';

/** Height of a row, CSS pixels; the style sheet has the same. */
const rowHeight = 22;
const around = 12;

/** The table in the document. */
export class RecordsTable {
  readonly element: HTMLElement;
  readonly #events: { readonly select: (record: number) => void };
  readonly #body = h('tbody', {});
  readonly #table: HTMLTableElement;
  readonly #scroller: HTMLElement;
  readonly #count = h('span', { class: 'small' });
  #data: RunData | undefined;
  #shown: readonly number[] = [];
  #all = false;
  #selected: number | undefined;
  #drawn = '';

  constructor(events: { readonly select: (record: number) => void }) {
    this.#events = events;
    const head = h(
      'tr',
      {},
      ...['t', 'rv', 'object', 'what happened', 'by'].map((title) => h('th', { scope: 'col', text: title })),
    );
    this.#table = h(
      'table',
      { role: 'grid', 'aria-label': 'Records', class: 'records' },
      h('thead', {}, head),
      this.#body,
    );
    this.#scroller = h('div', { class: 'records-scroll' }, this.#table);
    const all = h('input', { type: 'checkbox', on: { change: () => ((this.#all = all.checked), this.#choose()) } });
    this.element = h(
      'section',
      { class: 'records-panel', 'aria-label': 'Records' },
      h('header', {}, h('h3', { text: 'Records' }), this.#count, h('label', {}, all, 'also without milestone')),
      this.#scroller,
    );
    this.#scroller.addEventListener('scroll', () => this.#draw(), { passive: true });
    this.#body.addEventListener('keydown', (event) => this.#onKey(event));
    new ResizeObserver(() => this.#draw()).observe(this.#scroller);
  }

  show(data: RunData): void {
    this.#data = data;
    this.#selected = undefined;
    this.#scroller.scrollTop = 0;
    this.#choose();
  }

  select(record: number | undefined): void {
    this.#selected = record;
    const at = record === undefined ? -1 : this.#shown.indexOf(record);
    if (record !== undefined && at < 0 && !this.#all) this.#choose();
    else if (at >= 0) this.#reveal(at);
    this.#draw(true);
  }

  #choose(): void {
    const data = this.#data;
    if (data === undefined) return;
    this.#shown = data.records
      .filter(
        (shown) =>
          this.#all ||
          shown.position === this.#selected ||
          data.decisive.has(shown.position) ||
          describeRecord(data, shown).notable,
      )
      .map(({ position }) => position);
    this.#count.textContent = `${this.#shown.length} of ${data.records.length}`;
    this.#table.setAttribute('aria-rowcount', String(this.#shown.length + 1));
    if (this.#selected !== undefined) this.#reveal(this.#shown.indexOf(this.#selected));
    this.#draw(true);
  }

  #reveal(at: number): void {
    const { scrollTop, clientHeight } = this.#scroller;
    const y = at * rowHeight;
    if (at >= 0 && (y < scrollTop || y + rowHeight * 2 > scrollTop + clientHeight))
      this.#scroller.scrollTop = y - clientHeight / 3;
  }

  #draw(always = false): void {
    const data = this.#data;
    if (data === undefined) return;
    const { scrollTop, clientHeight } = this.#scroller;
    const from = Math.max(0, Math.floor(scrollTop / rowHeight) - around);
    const to = Math.min(this.#shown.length, Math.ceil((scrollTop + clientHeight) / rowHeight) + around);
    const drawn = `${from}-${to}`;
    if (!always && drawn === this.#drawn) return;
    this.#drawn = drawn;
    const hadFocus = this.#body.contains(document.activeElement);
    const stop =
      this.#selected !== undefined && this.#shown.includes(this.#selected) ? this.#selected : this.#shown[from];
    const rows = this.#shown.slice(from, to).map((position, at) => this.#row(data, position, { at: from + at, stop }));
    replace(this.#body, spacer(from), ...rows, spacer(this.#shown.length - to));
    if (hadFocus) this.#body.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus({ preventScroll: true });
  }

  #row(
    data: RunData,
    position: number,
    { at, stop }: { readonly at: number; readonly stop: number | undefined },
  ): HTMLElement {
    const shown = data.records[position];
    if (shown === undefined) return spacer(1);
    const { time, version, subject, what, manager } = describeRecord(data, shown);
    const verdict = data.decisive.get(position);
    return h(
      'tr',
      {
        class: `of-${shown.record.kind} ${verdict === undefined ? '' : `decided-${verdict}`}`,
        'aria-rowindex': at + 2,
        'aria-selected': String(position === this.#selected),
        tabindex: position === stop ? 0 : -1,
        on: { click: () => this.#events.select(position) },
      },
      h('td', { class: 'number', text: time }),
      h('td', { class: 'number', text: version }),
      h('td', { text: subject }),
      h(
        'td',
        { class: 'what' },
        what,
        verdict !== undefined && h('span', { class: 'mark', text: verdict === 'pass' ? ' ✓ decided' : ' ✗ decided' }),
      ),
      h('td', { text: manager }),
    );
  }

  #onKey(event: KeyboardEvent): void {
    const direction = directionOf(event.key);
    const at = this.#selected === undefined ? -1 : this.#shown.indexOf(this.#selected);
    const targets = {
      above: at - 1,
      below: at + 1,
      first: 0,
      last: this.#shown.length - 1,
      before: undefined,
      behind: undefined,
    };
    const to =
      direction === undefined
        ? event.key === 'Enter' || event.key === ' '
          ? Math.max(at, 0)
          : undefined
        : targets[direction];
    const record = to === undefined ? undefined : this.#shown[to];
    if (record === undefined) return;
    event.preventDefault();
    this.#events.select(record);
  }
}

function spacer(rows: number): HTMLElement {
  const element = h('tr', { 'aria-hidden': 'true', class: 'spacer' });
  element.style.height = `${rows * rowHeight}px`;
  return element;
}
