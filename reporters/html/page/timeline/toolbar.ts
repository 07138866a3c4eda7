// The buttons above a timeline, and what its signs mean.

import { h, replace } from '../dom.ts';
import { trackLetter } from './labels.ts';
import type { TimelineWords } from './words.ts';

/** What the buttons do. */
export interface ToolbarActions {
  readonly zoom: (factor: number) => void;
  readonly all: () => void;
  /** Shows or hides lanes to which nothing happened. */
  readonly unchanged: (wanted: boolean) => void;
}

/** The toolbar, and the legend that stands over the labels; both are empty until they speak. */
export class Toolbar {
  readonly element = h('div', { class: 'tl-toolbar', role: 'group' });
  readonly legend = h('div', { class: 'tl-legend' });
  readonly #actions: ToolbarActions;
  readonly #player: HTMLElement;
  readonly #runs = h('div', { class: 'tl-runs' });
  readonly #box: HTMLInputElement;
  readonly #unchanged = h('span', {});
  #hidden = 0;
  #words: TimelineWords;

  constructor(actions: ToolbarActions, { player, words }: { player: HTMLElement; words: TimelineWords }) {
    this.#actions = actions;
    this.#player = player;
    this.#words = words;
    this.#box = h('input', { type: 'checkbox', on: { change: () => actions.unchanged(this.#box.checked) } });
    this.speak(words);
  }

  /** Builds the buttons in these words; what was chosen stays. */
  speak(words: TimelineWords): void {
    this.#words = words;
    const { zoom, all } = this.#actions;
    const signs = (['request', 'refused', 'fault', 'decided'] as const).map((kind) => sign(kind, words.signs[kind]));
    this.element.setAttribute('aria-label', words.toolbar);
    replace(
      this.element,
      button('−', words.zoomOut, () => zoom(1 / 0.6)),
      button('+', words.zoomIn, () => zoom(0.6)),
      button(words.all, words.showAll, all),
      this.#player,
      h('label', { class: 'tl-unchanged' }, this.#box, this.#unchanged),
      h('span', { class: 'tl-signs' }, ...signs),
    );
    replace(this.legend, this.#runs, h('div', {}, h('span', { text: words.object }), h('span', { text: words.state })));
    this.tellHidden(this.#hidden);
  }

  /** Names the runs, where there are several. */
  tellRuns(names: readonly string[]): void {
    const letters = names.length > 1 ? names : [];
    replace(this.#runs, ...letters.map((name, at) => h('div', {}, h('b', { text: trackLetter(at) }), name)));
  }

  /** Says to how many lanes nothing happened. */
  tellHidden(count: number): void {
    this.#hidden = count;
    this.#unchanged.textContent = this.#words.unchanged(count);
    this.#box.disabled = count === 0;
  }
}

function button(text: string, label: string, click: () => void): HTMLElement {
  return h('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, text, on: { click } });
}

function sign(kind: string, text: string): HTMLElement {
  return h('span', { class: 'tl-sign' }, h('i', { class: `sign-${kind}`, 'aria-hidden': 'true' }), text);
}
