// The list of keys, and the switch for those of one letter (WCAG 2.1.4).

import { h } from './dom.ts';

const keys: readonly (readonly [keys: string, what: string])[] = [
  ['Tab', 'outline → time → timeline → records → selected record'],
  ['← →', 'on the timeline: record before, record behind'],
  ['↑ ↓', 'on the timeline: lane above, below; in lists: line above, below'],
  ['Home End', 'first, last record'],
  ['+ − 0', 'on the timeline: zoom in, out, show everything'],
  ['← → PgUp PgDn', 'on the time handle: move through the run'],
  ['Ctrl + wheel', 'zoom; Shift + wheel: move'],
  ['drag', 'on the lanes: scrub; on the axis or the overview: zoom to that part'],
  ['m', 'matrix'],
  ['n', 'next expectation that did not pass'],
  ['/', 'filter scenarios'],
  ['t', 'light or dark'],
  ['?', 'this list'],
];

/** The dialog, closed. */
export function createHelp(): { readonly element: HTMLDialogElement; readonly letters: () => boolean; open(): void } {
  const letters = h('input', { type: 'checkbox' });
  letters.checked = true;
  const rows = keys.map(([combination, what]) =>
    h(
      'tr',
      {},
      h(
        'th',
        { scope: 'row' },
        ...combination
          .split(' ')
          .map((key) => (/^[→+]$/.test(key) && combination.includes('Ctrl') ? ` ${key} ` : h('kbd', { text: key }))),
      ),
      h('td', { text: what }),
    ),
  );
  const close = h('button', { type: 'button', class: 'tool', text: 'Close', on: { click: () => element.close() } });
  const element = h(
    'dialog',
    { class: 'help', 'aria-label': 'Keyboard' },
    h('h2', { text: 'Keyboard and pointer' }),
    h('table', {}, h('tbody', {}, ...rows)),
    h('footer', {}, h('label', {}, letters, 'single letters are shortcuts'), close),
  );
  return { element, letters: () => letters.checked, open: () => element.showModal() };
}
