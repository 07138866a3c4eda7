// The buttons above a timeline, and what its signs mean.

import { h, replace } from '../dom.ts';
import { trackLetter } from './labels.ts';

/** What the buttons do. */
export interface ToolbarActions {
  readonly zoom: (factor: number) => void;
  readonly all: () => void;
  /** Shows or hides lanes to which nothing happened. */
  readonly unchanged: (wanted: boolean) => void;
}

/** A toolbar, and the legend that stands over the labels. */
export function createToolbar(
  actions: ToolbarActions,
  player: HTMLElement,
): {
  readonly element: HTMLElement;
  readonly legend: HTMLElement;
  tellHidden(count: number): void;
  /** Names the runs, where there are several. */
  tellRuns(names: readonly string[]): void;
} {
  const box = h('input', {
    type: 'checkbox',
    on: { change: (event: Event) => actions.unchanged((event.target as HTMLInputElement).checked) },
  });
  const text = h('span', {});
  const element = h(
    'div',
    { class: 'tl-toolbar', role: 'group', 'aria-label': 'Timeline view' },
    button('−', 'Zoom out', () => actions.zoom(1 / 0.6)),
    button('+', 'Zoom in', () => actions.zoom(0.6)),
    button('All', 'Show the whole run', actions.all),
    player,
    h('label', { class: 'tl-unchanged' }, box, text),
    h(
      'span',
      { class: 'tl-signs' },
      sign('request', 'request'),
      sign('refused', 'refused'),
      sign('fault', 'fault'),
      sign('decided', 'decided an expectation'),
    ),
  );
  const runs = h('div', { class: 'tl-runs' });
  return {
    element,
    legend: h(
      'div',
      { class: 'tl-legend' },
      runs,
      h('div', {}, h('span', { text: 'Object' }), h('span', { text: 'State at scrubber' })),
    ),
    tellRuns(names) {
      const letters = names.length > 1 ? names : [];
      replace(runs, ...letters.map((name, at) => h('div', {}, h('b', { text: trackLetter(at) }), name)));
    },
    tellHidden(count) {
      text.textContent = `${count} unchanged`;
      box.disabled = count === 0;
    },
  };
}

function button(text: string, label: string, click: () => void): HTMLElement {
  return h('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, text, on: { click } });
}

function sign(kind: string, text: string): HTMLElement {
  return h('span', { class: 'tl-sign' }, h('i', { class: `sign-${kind}`, 'aria-hidden': 'true' }), text);
}
