// The start of the report: guarantees against backends, and scenarios against backends. Each cell leads to the run that
// decides it.

import { formatReal, formatSpan } from '../../render/time.ts';
import { h, replace } from './dom.ts';
import { columnsOf, matrixOf, scenarioCells, scenarioTitle, shadeOfRun } from '../../matrix/matrix.ts';
import { runName } from './outline-model.ts';
import { badge } from './badge.ts';
import type { ReportDocument } from '../document.ts';
import type { Cell, Column, MatrixRow } from '../../matrix/matrix.ts';
import type { Shade } from '../../matrix/outcome.ts';

/** Opens a run by its position in the report, at the step that matters. */
type Open = (run: number, step: number | undefined) => void;

/** Shows the matrix; `open` is called with a position in the report's runs and the step that made the cell what it is. */
export function createMatrixView(report: ReportDocument, open: Open): HTMLElement {
  const element = h('section', { class: 'matrix', 'aria-label': 'Matrix' });
  const matrix = matrixOf(report);
  const counts = new Map<Shade, number>();
  for (const run of report.runs) {
    if (run.retried) continue;
    const shade = run.outcome === 'pass' && run.vacuous > 0 ? 'vacuous' : run.outcome;
    counts.set(shade, (counts.get(shade) ?? 0) + 1);
  }
  replace(
    element,
    h(
      'div',
      { class: 'matrix-head' },
      h('h1', { text: 'Report' }),
      h('div', { class: 'totals' }, ...[...counts].map(([shade, count]) => total(shade, count))),
    ),
    report.reason !== undefined && h('p', { class: 'reason', text: report.reason }),
    troubleTable(report, open),
    matrix.chapters.length > 0 && guaranteeTable(matrix, open),
    report.runs.length > 0 ? scenarioTable(report, open) : h('p', { class: 'empty', text: 'No scenario was run.' }),
    h('p', {
      class: 'small',
      text: `setpiece ${report.setpiece} · ${formatReal(report.realMs)} · exit code ${report.exitCode}`,
    }),
  );
  return element;
}

/** What calls for a look, first: one line a run, with the expectation that it broke on. */
function troubleTable({ runs }: ReportDocument, open: Open): HTMLElement | undefined {
  const rows = runs.flatMap((run, position) => {
    if (run.retried || run.outcome === 'pass' || run.outcome === 'skipped') return [];
    const step = run.steps.find(({ verdicts }) => verdicts.some(({ outcome }) => outcome !== 'pass'));
    const verdict = [...(step?.verdicts ?? []), ...run.invariants].find(({ outcome }) => outcome !== 'pass');
    const why = verdict?.explanation?.rule ?? run.reason ?? run.frames[0]?.split('\n')[0] ?? '';
    const seen = verdict?.explanation?.seen ?? '';
    const click = (): void => open(position, undefined);
    const link = h('button', { type: 'button', class: 'link', text: scenarioTitle(run), on: { click } });
    return [
      h(
        'tr',
        {},
        h('td', { class: 'sign-cell' }, badge(shadeOfRun(run))),
        h('th', { scope: 'row' }, link, h('div', { class: 'small', text: runName(run) })),
        h('td', { class: 'why' }, why, h('div', { class: 'small', text: seen })),
      ),
    ];
  });
  if (rows.length === 0) return undefined;
  return h(
    'div',
    { class: 'card' },
    h('table', { class: 'grid' }, h('caption', { text: 'Did not pass' }), h('tbody', {}, ...rows)),
  );
}

function total(shade: Shade, count: number): HTMLElement {
  return h(
    'span',
    { class: 'total' },
    badge(shade),
    h('b', { text: String(count) }),
    ` ${shade === 'pass' ? 'passed' : shade}`,
  );
}

function guaranteeTable({ columns, chapters }: ReturnType<typeof matrixOf>, open: Open): HTMLElement {
  return h(
    'div',
    { class: 'card' },
    h(
      'table',
      { class: 'grid' },
      h('caption', { text: 'Guarantees' }),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', text: 'Kubernetes promises' }), ...columns.map(columnHead))),
      ...chapters.map(({ title, rows }) =>
        h(
          'tbody',
          {},
          h('tr', { class: 'chapter' }, h('th', { colspan: columns.length + 1, scope: 'rowgroup', text: title })),
          ...rows.map((row) =>
            h(
              'tr',
              {},
              promiseHead(row),
              ...columns.map((column) => cell(row.id, column, row.cells.get(column.key), open)),
            ),
          ),
        ),
      ),
    ),
  );
}

function promiseHead({ id, guarantee }: MatrixRow): HTMLElement {
  if (guarantee === undefined) return h('th', { scope: 'row' }, h('code', { text: id }));
  // Only addresses of the web become links: the report may come from a file that somebody else made.
  const isWeb = /^https?:\/\//.test(guarantee.documented);
  const source =
    isWeb && h('a', { href: guarantee.documented, rel: 'noreferrer', target: '_blank', class: 'doc', text: 'docs' });
  return h('th', { scope: 'row' }, h('span', { text: guarantee.sentence }), ' ', h('code', { text: id }), ' ', source);
}

function columnHead({ backend, kubernetes }: Column): HTMLElement {
  return h(
    'th',
    { scope: 'col', class: 'column' },
    backend,
    kubernetes !== '' && h('small', { text: `v${kubernetes.replace(/^v/, '')}` }),
  );
}

function cell(row: string, column: Column, found: Cell | undefined, open: Open): HTMLElement {
  if (found === undefined) return h('td', { class: 'none' }, h('span', { class: 'unseen', text: 'not tried' }));
  const text =
    found.total === 1 ? '' : found.ofShade === found.total ? String(found.total) : `${found.ofShade}/${found.total}`;
  const label = `${row} on ${column.backend}: ${found.shade}, ${found.ofShade} of ${found.total}`;
  const click = (): void => open(found.runs[0] ?? 0, found.step);
  return h(
    'td',
    {},
    h(
      'button',
      { type: 'button', class: `cell shade-${found.shade}`, 'aria-label': label, title: label, on: { click } },
      badge(found.shade),
      text,
    ),
  );
}

function scenarioTable({ runs }: ReportDocument, open: Open): HTMLElement {
  const columns = columnsOf(runs);
  const rows = [...scenarioCells(runs)].map(([title, cells]) => {
    const first = runs[[...cells.values()][0]?.runs[0] ?? 0];
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, h('span', { text: first?.title ?? title }), ' ', h('code', { text: title })),
      ...columns.map((column) => cell(title, column, cells.get(column.key), open)),
      h('td', { class: 'number', text: first === undefined ? '' : formatSpan(first.virtualMs) }),
      h('td', { class: 'number', text: String(first?.records ?? '') }),
    );
  });
  const head = h(
    'tr',
    {},
    h('th', { scope: 'col', text: 'Scenario' }),
    ...columns.map(columnHead),
    h('th', { scope: 'col', class: 'number', text: 'time' }),
    h('th', { scope: 'col', class: 'number', text: 'records' }),
  );
  return h(
    'div',
    { class: 'card' },
    h('table', { class: 'grid' }, h('caption', { text: 'Scenarios' }), h('thead', {}, head), h('tbody', {}, ...rows)),
  );
}
