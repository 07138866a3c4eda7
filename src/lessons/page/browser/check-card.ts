// One check: what is asked, how it came out, why, and its hints.

import { formatMoment } from '../../../../reporters/render/time.ts';
import { h, replace } from '../../../../reporters/html/page/dom.ts';
import { withCode } from './with-code.ts';
import { textIn } from './words/words.ts';
import type { HistoryRow } from '../../../expectations/verdict.ts';
import type { CheckFault, CheckResult } from '../../exercises/exercise.ts';
import type { AskedCheck, Texts } from '../wire.ts';
import type { Words } from './words/en.ts';

/** What a card shows, and what can be done on it. */
export interface CheckCard {
  readonly asked: AskedCheck;
  /** Undefined before the first check. */
  readonly result: CheckResult | undefined;
  /** Hints that were handed out. */
  readonly hints: readonly Texts[];
  readonly words: Words;
  readonly language: string;
  /** Of the grade, which may have been given before the page's language was changed. */
  readonly gradeLanguage: string;
  readonly onHint: () => void;
  /** Undefined where no record shows it. */
  readonly onTimeline: (() => void) | undefined;
}

const signs: Readonly<Record<CheckResult['outcome'], string>> = {
  pass: '✓',
  fail: '✗',
  inconclusive: '?',
  notJudged: '○',
};

/** The card as an item of the list of checks. */
export function checkCard(card: CheckCard): HTMLElement {
  const { asked, result, words, language } = card;
  const outcome = result?.outcome ?? 'notJudged';
  const isOpen = outcome === 'fail' || outcome === 'inconclusive';
  const points =
    result === undefined || outcome === 'notJudged' ? `${asked.points}` : `${result.points}/${asked.points}`;
  const item = h(
    'li',
    { class: `ex-check ex-${outcome}`, 'data-check': asked.id },
    h(
      'div',
      { class: 'ex-asks' },
      h('span', { class: 'ex-sign', 'aria-hidden': 'true', text: signs[outcome] }),
      h('span', { class: 'unseen', text: `${words.outcomes[outcome]}: ` }),
      h('span', { class: 'ex-text' }, ...withCode(textIn(asked.asks, language))),
      h('span', { class: 'number', 'aria-hidden': 'true', text: points }),
      h('span', { class: 'unseen', text: words.pointsOf(result?.points ?? 0, asked.points) }),
    ),
  );
  if (!isOpen) return item;
  item.append(...(result?.faults ?? []).map((fault) => faultOf(fault, card)));
  if (card.hints.length > 0) item.append(hintList(card));
  const buttons = h('div', { class: 'ex-buttons' });
  replace(buttons, hintButton(card), card.onTimeline !== undefined && button(words.inTimeline, card.onTimeline));
  if (buttons.childElementCount > 0) item.append(buttons);
  return item;
}

function hintList({ hints, words, asked, language }: CheckCard): HTMLElement {
  return h(
    'ul',
    { class: 'ex-hints', tabindex: -1 },
    ...hints.map((hint, at) =>
      h('li', {}, h('b', { text: `${words.hint(at + 1, asked.hints)}: ` }), ...withCode(textIn(hint, language))),
    ),
  );
}

function hintButton({ hints, asked, words, onHint }: CheckCard): HTMLElement | undefined {
  return hints.length < asked.hints ? button(words.hint(hints.length + 1, asked.hints), onHint) : undefined;
}

function button(text: string, click: () => void): HTMLElement {
  return h('button', { type: 'button', class: 'tool', text, on: { click } });
}

function faultOf(
  { expected, seen, explanation }: CheckFault,
  { words, gradeLanguage }: Pick<CheckCard, 'words' | 'gradeLanguage'>,
): HTMLElement {
  const pair = (name: string, text: string): readonly HTMLElement[] => [
    h('dt', { text: name }),
    h('dd', { lang: gradeLanguage, text }),
  ];
  const { history = [], waitingOn = [], compared = [] } = explanation ?? {};
  return h(
    'div',
    { class: 'ex-fault' },
    h(
      'dl',
      {},
      ...pair(words.expected, expected),
      ...pair(words.seen, seen),
      ...compared.flatMap(({ field, expected: wanted, received }) =>
        pair('≠', `${field}: ${received}; ${words.expected.toLowerCase()} ${wanted}`),
      ),
      ...(waitingOn.length > 0 ? pair(words.waiting, waitingOn.join('\n')) : []),
    ),
    history.length > 0 && historyTable(history, words),
  );
}

function historyTable(history: readonly HistoryRow[], words: Words): HTMLElement {
  const row = ({ atMs, object = '', what, decisive }: HistoryRow): HTMLElement =>
    h(
      'tr',
      { class: decisive ? 'ex-decisive' : undefined },
      h('td', { class: 'number', text: formatMoment(atMs) }),
      h('td', { text: object }),
      h('td', { text: decisive ? `${what} ✗` : what }),
    );
  return h(
    'table',
    { class: 'ex-history', lang: 'en' },
    h('caption', { class: 'unseen', text: words.history }),
    h('tbody', {}, ...history.map(row)),
  );
}
