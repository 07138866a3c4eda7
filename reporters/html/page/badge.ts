// An outcome as it is shown: a sign, a word, a colour.

import { h } from './dom.ts';
import type { Shade } from '../../matrix/outcome.ts';

const signs: Readonly<Record<Shade, string>> = {
  pass: '✓',
  vacuous: '∅',
  flaky: '~',
  fail: '✗',
  inconclusive: '?',
  skipped: '–',
  invalid: '✗',
  error: '!',
  interrupted: '!',
};

/** A sign with its word for those who do not see it; `worded` shows the word as well. */
export function badge(shade: Shade, { worded = false }: { readonly worded?: boolean } = {}): HTMLElement {
  return h(
    'span',
    { class: `badge shade-${shade}` },
    h('span', { class: 'sign', 'aria-hidden': 'true', text: signs[shade] }),
    h('span', { class: worded ? 'word' : 'unseen', text: shade }),
  );
}
