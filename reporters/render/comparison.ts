// A comparison of two backends as lines: one line where they agree; where they part, both histories side by side.

import { formatMoment, formatSpan } from './time.ts';
import { padRight } from './width.ts';
import type { Comparison, JudgedDivergence, SideSummary } from '../../src/runner/compare/comparison.ts';
import type { Palette } from './palette.ts';

/** More divergences than these are only counted: after the first, most follow from it. */
const divergencesShown = 5;

const signs = { same: '=', expected: '≈', diverges: '≠', inconclusive: '?', incomparable: '-' } as const;

/** The lines of one comparison: one where the sides agree; where they part, where that is, and how each went on. */
export function renderComparison(comparison: Comparison, palette: Palette): readonly string[] {
  const { outcome, left, right, divergences } = comparison;
  const paint = outcome === 'same' ? palette.good : outcome === 'diverges' ? palette.bad : palette.doubtful;
  const sides = [left, right].map((side) => sideText(side, palette)).join('   ');
  const head = `${paint(signs[outcome])} ${palette.strong(padRight(titleOf(comparison), 44))} ${sides}`;
  const facts = [...agreement(comparison), ...timing(comparison)].join('; ');
  if (divergences.length === 0) {
    return [`${head}${facts === '' ? '' : `   ${palette.faint(facts)}`}`, ...reasons(comparison, palette)];
  }
  const none = outcome === 'diverges' ? '   expected divergence? none recorded' : '';
  return [
    '',
    `${head}${partingText(comparison, palette)}`,
    ...histories(comparison, palette),
    ...list(divergences, palette),
    palette.faint(`  ${facts}.${none}`),
    '',
  ];
}

/** What came last before the sides part. */
function partingText({ left, agreed }: Comparison, palette: Palette): string {
  const [first] = left.history;
  if (first === undefined) return '';
  return agreed === 0 || first.decisive
    ? '   they part at once'
    : `   first divergence after  ${palette.strong(first.key)}`;
}

function titleOf({ scenario, row }: Comparison): string {
  return row === undefined ? scenario : `${scenario}#${row}`;
}

function sideText({ label, backend, kubernetes, outcome }: SideSummary, palette: Palette): string {
  const passed = outcome === 'pass' || outcome === 'flaky';
  const mark = passed ? palette.good('✓') : outcome === 'skipped' ? palette.doubtful('skipped') : palette.bad('✗');
  const version = kubernetes === '' ? '' : ` v${kubernetes}`;
  return `${label === backend ? `${backend}${version}` : label} ${mark}`;
}

function reasons({ left, right }: Comparison, palette: Palette): readonly string[] {
  return [left, right].flatMap(({ label, reason }) =>
    reason === undefined ? [] : [`  ${palette.faint(`${label}: ${reason}`)}`],
  );
}

function agreement({ outcome, agreed, milestones, left, right }: Comparison): readonly string[] {
  if (outcome === 'incomparable') return [];
  const gaps = left.gaps + right.gaps;
  const lost = gaps === 0 ? [] : [`${gaps} gaps in the watches: order across them is not known`];
  if (agreed === milestones) return [`${milestones} milestones agree`, ...lost];
  return [`agree up to ${agreed} of ${milestones} milestones`, ...lost];
}

/** How much longer the right side took, step by step: the median, and the step that differs most. */
function timing({ steps }: Comparison): readonly string[] {
  const ratios = steps.flatMap(({ name, leftMs, rightMs }) =>
    leftMs === undefined || rightMs === undefined || leftMs === 0 ? [] : [{ name, ratio: rightMs / leftMs }],
  );
  if (ratios.length === 0) return [];
  const sorted = ratios.toSorted((a, b) => a.ratio - b.ratio);
  const median = sorted[Math.floor(sorted.length / 2)];
  return median === undefined ? [] : [`steps take ${median.ratio.toFixed(2)} times as long`];
}

function histories({ left, right }: Comparison, palette: Palette): readonly string[] {
  if (left.history.length + right.history.length === 0) return [];
  const labels = [left, right].map(({ label }) => shortLabel(label));
  const width = Math.max(...labels.map((label) => label.length));
  return [left, right].map(({ history }, side) => {
    const moments = history.map(({ sinceStepMs, key, decisive }) => {
      const text = `${formatMoment(sinceStepMs)} ${key}`;
      return decisive ? palette.strong(text) : palette.faint(text);
    });
    const told = moments.length === 0 ? palette.faint('(shows nothing of it)') : moments.join('   ');
    return `    ${padRight(labels[side] ?? '', width)}   ${told}`;
  });
}

/** A trace by its file's name: the path stands in the first line. */
function shortLabel(label: string): string {
  return label.slice(label.lastIndexOf('/') + 1).replace(/\.jsonl$/, '');
}

function list(divergences: readonly JudgedDivergence[], palette: Palette): readonly string[] {
  const unknown = divergences.filter(({ known }) => known === undefined);
  const known = divergences.filter((one) => one.known !== undefined);
  return [
    ...someOf(
      unknown.filter(({ kind }) => kind === 'verdict'),
      palette,
    ),
    ...someOf(
      unknown.filter(({ kind }) => kind !== 'verdict'),
      palette,
    ),
    ...known
      .slice(0, divergencesShown)
      .map(({ subject, known: reason = '' }) => `  ${palette.doubtful('≈')} ${subject}   known: ${reason}`),
  ];
}

function someOf(divergences: readonly JudgedDivergence[], palette: Palette): readonly string[] {
  const lines = divergences
    .slice(0, divergencesShown)
    .map((one) => `  ${palette.bad('≠')} ${one.message}${placeOf(one, palette)}`);
  const more = divergences.length - lines.length;
  return more === 0 ? lines : [...lines, palette.faint(`    and ${more} more, most of which follow from the first`)];
}

function placeOf({ span }: JudgedDivergence, palette: Palette): string {
  return span === undefined ? '' : `   ${palette.place(`${span.file}:${span.line}:${span.column}`)}`;
}

/** The last line: how many scenarios came to what. */
export function renderComparisons(comparisons: readonly Comparison[], palette: Palette): string {
  const words = {
    diverges: 'diverge',
    inconclusive: 'inconclusive',
    expected: 'as expected',
    incomparable: 'not compared',
    same: 'agree',
  };
  const parts = Object.entries(words).flatMap(([outcome, word]) => {
    const count = comparisons.filter((one) => one.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const virtual = comparisons.reduce((sum, { left }) => sum + left.durationMs, 0);
  return `${parts.length === 0 ? 'nothing was compared' : parts.join(' · ')}   ${palette.faint(`${formatSpan(virtual)} on the left side`)}`;
}
