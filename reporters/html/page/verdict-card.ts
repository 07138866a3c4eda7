// An expectation and why it came out so: the rule, what was seen, the author's lines, what was compared, and its record.

import { formatMoment } from '../../render/time.ts';
import { h } from './dom.ts';
import { shadeOfVerdict } from '../../matrix/matrix.ts';
import { badge } from './badge.ts';
import { nearDifferences } from '../../render/transcript.ts';
import type { Explanation, HistoryRow, Transcript } from '../../../src/expectations/verdict.ts';
import type { Judgement } from './decisions.ts';

/** Shows one expectation; `toRecord` goes to the record that decided it. */
export function verdictCard({ verdict, by, record }: Judgement, toRecord: (record: number) => void): HTMLElement {
  const { explanation, span, word, text, atMs } = verdict;
  const seen =
    explanation?.seen ?? (verdict.vacuous ? 'Nothing ever matched it, so nothing could have broken it.' : undefined);
  return h(
    'section',
    { class: `verdict shade-${shadeOfVerdict(verdict)}`, 'aria-label': 'Expectation' },
    h(
      'header',
      {},
      badge(shadeOfVerdict(verdict), { worded: true }),
      h('span', { class: 'when', text: `at ${formatMoment(atMs)}` }),
    ),
    h('h3', {}, h('b', { text: word }), ` ${text}`),
    h('p', { class: 'place', text: `${span.file}:${span.line}:${span.column}` }),
    explanation !== undefined && explanation.rule !== text && h('p', { text: explanation.rule }),
    seen !== undefined && h('p', { class: 'seen' }, h('b', { text: 'Seen: ' }), seen),
    explanation !== undefined && details(explanation),
    record !== undefined && by !== 'none' && recordLink(by, () => toRecord(record)),
    by === 'none' &&
      verdict.outcome !== 'pass' &&
      h('p', { class: 'small', text: 'Time decided it; no record of it was seen.' }),
  );
}

function recordLink(by: 'decided' | 'nearest', click: () => void): HTMLElement {
  const text = by === 'decided' ? 'Go to the deciding record' : 'Go to the last record of it';
  return h('button', { type: 'button', class: 'link', text, on: { click } });
}

function details({ lines, compared, waitingOn, history, hint, transcript }: Explanation): HTMLElement {
  return h(
    'div',
    { class: 'details' },
    lines.length > 0 &&
      h(
        'pre',
        { class: 'lines', tabindex: 0, 'aria-label': 'Lines of the scenario' },
        ...lines.map(({ span, text, remark }) =>
          h(
            'div',
            {},
            h('span', { class: 'line', text: String(span.line) }),
            text,
            remark !== undefined && h('em', { text: `  ${remark}` }),
          ),
        ),
      ),
    compared.length > 0 &&
      h(
        'table',
        { class: 'compared' },
        h(
          'thead',
          {},
          h('tr', {}, ...['field', 'expected', 'received'].map((title) => h('th', { scope: 'col', text: title }))),
        ),
        h(
          'tbody',
          {},
          ...compared.map(({ field, expected, received }) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row', text: field }),
              h('td', { class: 'expected', text: expected }),
              h('td', { class: 'received', text: received }),
            ),
          ),
        ),
      ),
    transcript !== undefined && transcriptDiff(transcript),
    history.length > 0 && historyTable(history),
    waitingOn.length > 0 &&
      h('ul', { class: 'waiting', 'aria-label': 'Waiting on' }, ...waitingOn.map((text) => h('li', { text }))),
    hint !== undefined && h('p', { class: 'hint', text: hint }),
  );
}

const diffSigns = { same: ' ', skipped: ' ', missing: '−', extra: '+' } as const;

/** What `prints` expected against what was printed, at the author's lines. */
function transcriptDiff({ lines }: Transcript): HTMLElement {
  return h(
    'pre',
    { class: 'lines', tabindex: 0, 'aria-label': 'Transcript: expected lines with a minus, printed ones with a plus' },
    ...nearDifferences(lines).map((line) =>
      line === 'left out'
        ? h('div', { text: '⋮' })
        : h(
            'div',
            { class: line.kind === 'missing' ? 'expected' : line.kind === 'extra' ? 'received' : undefined },
            h('span', { class: 'line', text: String(line.line ?? '') }),
            `${diffSigns[line.kind]} ${line.text}`,
            line.remark !== undefined && h('em', { text: `  ${line.remark}` }),
          ),
    ),
  );
}

function historyTable(history: readonly HistoryRow[]): HTMLElement {
  return h(
    'table',
    { class: 'history' },
    h('caption', { class: 'unseen', text: 'Shortest history' }),
    h(
      'thead',
      {},
      h('tr', {}, ...['t', 'rv', 'object', 'what'].map((title) => h('th', { scope: 'col', text: title }))),
    ),
    h(
      'tbody',
      {},
      ...history.map((row) =>
        h(
          'tr',
          { class: row.decisive ? 'decisive' : undefined },
          h('td', { class: 'number', text: formatMoment(row.atMs) }),
          h('td', { text: row.resourceVersion ?? '' }),
          h('td', { text: row.object ?? '' }),
          h('td', { text: row.decisive ? `${row.what}  ✗` : row.what }),
        ),
      ),
    ),
  );
}
