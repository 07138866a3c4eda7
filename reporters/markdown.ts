// The report for a job summary: what was promised against where it was tried, then what went wrong.

import { Gatherer, titleOf } from './gather.ts';
import { RunGatherer } from './html/gather-runs.ts';
import { matrixOf } from './matrix/matrix.ts';
import { scenarioText } from './plain-text.ts';
import { formatReal } from './render/time.ts';
import type { Message, Reporter, RunFinished, ScenarioOutcome } from '../src/runner/messages.ts';
import type { Guarantee } from '../src/scenario/guarantees.ts';
import type { ScenarioReport } from './gather.ts';
import type { ReportDocument } from './html/document.ts';
import type { Cell, Column, Matrix, MatrixRow } from './matrix/matrix.ts';

const signs: Readonly<Record<Cell['shade'], string>> = {
  pass: '✅',
  vacuous: '∅',
  flaky: '〰️',
  skipped: '⏭️',
  inconclusive: '❔',
  fail: '❌',
  invalid: '❌',
  error: '⚠️',
  interrupted: '⏹️',
};

/** More failures than these are only named: a job summary holds 1 MiB. */
const failuresShown = 20;
const failureCharactersMax = 6000;

/** Hands the document to `write` at the run's end. */
export function createMarkdownReporter(write: (text: string) => void): Reporter {
  const runs = new RunGatherer();
  const gatherer = new Gatherer();
  const red: ScenarioReport[] = [];
  let finished: RunFinished | undefined;

  return {
    on(message: Message): void {
      runs.take(message);
      if (message.kind === 'runFinished') finished = message;
      const report = gatherer.take(message);
      if (report !== undefined && isRed(report)) red.push(report);
    },
    end(): void {
      const gathered = runs.report();
      if (gathered === undefined || finished === undefined) return;
      write(`${[...head(finished), ...matrix(gathered.document), ...failures(red)].join('\n')}\n`);
    },
  };
}

function isRed({ finished }: ScenarioReport): boolean {
  return !['pass', 'flaky', 'skipped'].includes(finished.outcome) && finished.retried !== true;
}

function head({ counts, vacuous, realMs, exitCode, reason }: RunFinished): readonly string[] {
  const outcomes = Object.entries(counts) as readonly (readonly [ScenarioOutcome, number])[];
  const parts = outcomes.flatMap(([outcome, count]) => (count === 0 ? [] : [`${signs[outcome]} ${count} ${outcome}`]));
  const told = vacuous > 0 ? [...parts, `∅ ${vacuous} vacuous`] : parts;
  const facts = `${told.length === 0 ? 'no scenario was run' : told.join(' · ')} in ${formatReal(realMs)}, exit code ${exitCode}`;
  return ['## setpiece', '', facts, ...(reason === undefined ? [] : ['', escapeText(reason)])];
}

function matrix(document: ReportDocument): readonly string[] {
  const table: Matrix = matrixOf(document);
  if (table.chapters.length === 0) return [];
  const columns = table.columns.map(({ backend, kubernetes }) => [backend, kubernetes].filter(Boolean).join(' '));
  return [
    '',
    '### Guarantees',
    '',
    row(['guarantee', ...columns]),
    row(['---', ...columns.map(() => ':---:')]),
    ...table.chapters.flatMap(({ title, rows }) => {
      const chapter = row([`**${escapeText(title)}**`, ...columns.map(() => '')]);
      return [chapter].concat(rows.map((one) => guaranteeRow(one, table.columns)));
    }),
  ];
}

function guaranteeRow({ id, guarantee, cells }: MatrixRow, columns: readonly Column[]): string {
  return row([nameOf(id, guarantee), ...columns.map(({ key }) => cellText(cells.get(key)))]);
}

function nameOf(id: string, guarantee: Guarantee | undefined): string {
  if (guarantee === undefined) return `\`${id}\``;
  return `[${escapeText(guarantee.sentence)}](${encodeURI(guarantee.documented)}) \`${id}\``;
}

function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  const part = cell.ofShade === cell.total ? cell.total : `${cell.ofShade} of ${cell.total}`;
  return `${signs[cell.shade]} ${part}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function failures(red: readonly ScenarioReport[]): readonly string[] {
  if (red.length === 0) return [];
  const shown = red.slice(0, failuresShown).flatMap((report) => {
    const { finished } = report;
    const text = scenarioText(report).slice(0, failureCharactersMax);
    const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
    const summary = `${signs[finished.outcome]} <code>${escapeText(titleOf(finished.id))}</code> on ${finished.id.backend}`;
    return ['', `<details><summary>${summary}</summary>`, '', `${fence}text`, text, fence, '', '</details>'];
  });
  const rest = red
    .slice(failuresShown)
    .map(({ finished }) => `- \`${titleOf(finished.id)}\` on ${finished.id.backend}`);
  return ['', '### What did not pass', ...shown, ...(rest.length === 0 ? [] : ['', ...rest])];
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Text of authors is text: neither a table's border nor a tag. */
function escapeText(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|`*_[\]<>]/g, (character) => `\\${character}`);
}
