// The list of exercises, from easy to hard.

import { h } from '../../../../reporters/html/page/dom.ts';
import { bestPoints } from './best-points.ts';
import { textIn } from './words/words.ts';
import type { ExerciseList, ExerciseSummary } from '../wire.ts';
import type { PageContext } from './app.ts';
import type { Words } from './words/en.ts';

/** The list as the page's main part. */
export function listView({ exercises, broken }: ExerciseList, { words, language, settings }: PageContext): HTMLElement {
  const heads = [
    ['', 'number'],
    [words.exercise, ''],
    [words.level, ''],
    [words.checks, 'number'],
    [words.best, 'number'],
  ] as const;
  const table = h(
    'table',
    { class: 'ex-table' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ...heads.map(([text, name]) => (text === '' ? h('td') : h('th', { scope: 'col', class: name, text }))),
      ),
    ),
    h('tbody', {}, ...exercises.map((exercise, at) => row(exercise, { number: at + 1, words, language }))),
  );
  return h(
    'main',
    { class: 'ex-list' },
    h('h1', { text: words.title }),
    h('p', { class: 'small' }, `${words.work} `, h('code', { text: settings.work })),
    exercises.length === 0 ? h('p', { class: 'faint', text: words.none }) : table,
    broken.length > 0 && h('p', { class: 'faint', text: words.broken }),
    broken.length > 0 && h('ul', { class: 'ex-broken' }, ...broken.map((text) => h('li', { text }))),
  );
}

function row(
  { id, level, title, checks, max }: ExerciseSummary,
  { number, words, language }: { readonly number: number; readonly words: Words; readonly language: string },
): HTMLElement {
  const best = bestPoints(id);
  const points = words.pointsOf(best ?? 0, max);
  return h(
    'tr',
    { class: best === max ? 'ex-done' : undefined },
    h('td', { class: 'number faint', text: String(number) }),
    h('th', { scope: 'row' }, h('a', { href: `#/${encodeURIComponent(id)}`, text: textIn(title, language) })),
    h(
      'td',
      {},
      h(
        'span',
        { class: 'ex-level', role: 'img', 'aria-label': words.levelOf(level), title: words.levelOf(level) },
        ...[1, 2, 3, 4, 5].map((dot) => h('i', { class: dot <= level ? 'ex-on' : undefined })),
      ),
    ),
    h('td', { class: 'number', text: String(checks) }),
    h(
      'td',
      { class: 'number' },
      best === max && h('span', { class: 'ex-tick', 'aria-hidden': 'true', text: '✓ ' }),
      h('span', { 'aria-hidden': 'true', text: `${best ?? '–'} / ${max}` }),
      h('span', { class: 'unseen', text: points }),
    ),
  );
}
