// The column beside the lanes: what each row is, and the state of its object at the scrubber's time. Only rows in sight are in
// the document.

import { h, replace } from '../dom.ts';
import { barAt } from './lane-model.ts';
import { headingText, stateText } from './words.ts';
import type { Track } from './draw-plot.ts';
import type { GroupRow, LaneRow, Row } from './rows.ts';
import type { TimelineWords } from './words.ts';

/** What the column shows. */
export interface LabelView {
  readonly rows: readonly Row[];
  readonly tracks: readonly Track[];
  readonly scrollTop: number;
  readonly height: number;
  readonly cursorMs: number;
  readonly words: TimelineWords;
}

/** Keeps the labels of the rows in sight. */
export class Labels {
  readonly element = h('div', { class: 'tl-labels' });
  readonly #toggle: (title: string) => void;
  #rows: readonly Row[] | undefined;
  #words: TimelineWords | undefined;
  #shown = '';
  #chips: { readonly chip: HTMLElement; readonly row: LaneRow; readonly track: number }[] = [];

  constructor(toggle: (title: string) => void) {
    this.#toggle = toggle;
  }

  show(view: LabelView): void {
    const { rows, scrollTop, height, words } = view;
    const visible = rows.filter((row) => row.y + row.height >= scrollTop - 60 && row.y <= scrollTop + height + 60);
    const shown = `${visible[0]?.y}-${visible.at(-1)?.y}`;
    if (rows !== this.#rows || shown !== this.#shown || words !== this.#words) {
      this.#rows = rows;
      this.#words = words;
      this.#shown = shown;
      this.#chips = [];
      const focused = this.element.contains(document.activeElement) ? document.activeElement?.textContent : undefined;
      replace(this.element, ...visible.map((row) => this.#label(row, words)));
      // A heading that was just used to hide its lanes keeps the focus.
      if (focused !== undefined) this.#refocus(focused);
    }
    for (const { chip, row, track } of this.#chips) updateChip(chip, view, { row, track });
  }

  #refocus(text: string | null): void {
    for (const button of this.element.querySelectorAll('button')) if (button.textContent === text) button.focus();
  }

  #label(row: Row, words: TimelineWords): HTMLElement {
    const element = row.kind === 'group' ? this.#heading(row, words) : this.#lane(row);
    element.style.top = `${row.y}px`;
    element.style.height = `${row.height}px`;
    return element;
  }

  #heading({ title, count, collapsed }: GroupRow, words: TimelineWords): HTMLElement {
    const toggle = (): void => this.#toggle(title);
    return h(
      'button',
      { class: 'tl-group', type: 'button', 'aria-expanded': String(!collapsed), on: { click: toggle } },
      h('span', { class: 'tl-twist', 'aria-hidden': 'true' }),
      h('span', { class: 'tl-name', text: headingText(title, words) }),
      h('span', { class: 'tl-count', text: String(count) }),
    );
  }

  #lane(row: LaneRow): HTMLElement {
    const chips = row.lanes.map((_, track) => {
      const chip = h('span', { class: 'chip' });
      this.#chips.push({ chip, row, track });
      const letter = row.lanes.length > 1 && h('b', { text: trackLetter(track) });
      return h('span', { class: 'tl-chip' }, chip, letter);
    });
    return h(
      'div',
      { class: 'tl-label', title: row.key },
      h('span', { class: 'kind', text: row.kindWord }),
      h('span', { class: 'tl-name', text: row.name }),
      h('span', { class: 'tl-chips' }, ...chips),
    );
  }
}

function updateChip(
  chip: HTMLElement,
  { tracks, cursorMs, words }: LabelView,
  { row, track }: { readonly row: LaneRow; readonly track: number },
): void {
  const lane = row.lanes[track];
  const atMs = tracks[track]?.alignment.fromAxis(cursorMs) ?? cursorMs;
  const bar = lane === undefined ? undefined : barAt(lane, atMs);
  const text = bar === undefined ? '·' : stateText(bar, words);
  if (chip.textContent !== text) chip.textContent = text;
  const tone = bar?.tone ?? 'none';
  if (chip.dataset['tone'] !== tone) chip.dataset['tone'] = tone;
}

/** `A`, `B`: how runs beside each other are called. */
export function trackLetter(track: number): string {
  return String.fromCharCode(65 + track);
}
