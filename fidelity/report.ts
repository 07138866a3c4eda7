// How the comparison went, as a table for people and for the documentation.

import type { Comparison } from './compare.ts';
import type { ExpectedDifference, Judged } from './expectations.ts';
import type { Outcome } from './finding.ts';

/** One recording's row. */
export interface Row {
  readonly comparison: Comparison;
  readonly judged: Judged;
  readonly seeds: number;
  /** What kept the recipe from being carried out as recorded. */
  readonly problems: readonly string[];
}

const header = [
  'recording',
  'milestones',
  'relations',
  'status sequences',
  'final objects',
  'events',
  'command answers',
  'seeds',
  'first difference',
];

/** The table in Markdown. Cells are `agreeing / compared`. */
export function markdownTable(rows: readonly Row[]): string {
  const cells = [header, ...rows.map(cellsOf), totalsOf(rows)];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)].join('\n');
}

/** Everything that makes a run fail, one line each. */
export function failureLines(rows: readonly Row[], unneeded: readonly ExpectedDifference[]): readonly string[] {
  const lines: string[] = [];
  for (const { comparison, judged, problems } of rows) {
    for (const problem of problems) lines.push(`${comparison.name}: ${problem}`);
    for (const { check, subject, message } of judged.unexpected) {
      lines.push(`${comparison.name}: ${check}: ${subject}: ${message}`);
    }
  }
  for (const { recipe, check, subject } of unneeded) {
    lines.push(`${recipe}: ${check}: ${subject}: listed as a difference, but it agrees now; take it off the list`);
  }
  return lines;
}

interface Score {
  readonly agreeing: number;
  readonly compared: number;
}

function scoresOf({ milestones, status, final, events, outputs }: Comparison): readonly Score[] {
  const [ofLives, ofRelations] = [
    milestones.findings.filter(({ subject }) => !subject.includes(' < ')),
    milestones.findings.filter(({ subject }) => subject.includes(' < ')),
  ];
  return [
    scoreOf({ ...milestones, findings: ofLives }),
    scoreOf({ ...milestones, compared: milestones.relations, findings: ofRelations }),
    scoreOf(status),
    scoreOf({ ...final, findings: distinctObjects(final) }),
    scoreOf(events),
    scoreOf(outputs),
  ];
}

/** Several fields of one object are one object that differs. */
function distinctObjects({ findings }: Outcome): Outcome['findings'] {
  const seen = new Set<string>();
  return findings.filter(({ subject }) => {
    const object = subject.split(' ')[0]!;
    return !seen.has(object) && seen.add(object);
  });
}

function scoreOf({ compared, findings }: Outcome): Score {
  return { agreeing: Math.max(0, compared - findings.length), compared };
}

function cellsOf({ comparison, judged, seeds }: Row): readonly string[] {
  return [comparison.name, ...scoresOf(comparison).map(text), `${seeds}`, shorten(firstDifference(judged))];
}

function firstDifference({ unexpected, expected }: Judged): string {
  const [first] = [...unexpected, ...expected];
  if (first === undefined) return 'none';
  return `${unexpected.length === 0 ? 'listed: ' : ''}${first.check}: ${first.subject}`;
}

function totalsOf(rows: readonly Row[]): readonly string[] {
  const scores = rows.map(({ comparison }) => scoresOf(comparison));
  const totals = (scores[0] ?? []).map((_, column) =>
    text({
      agreeing: scores.reduce((sum, row) => sum + row[column]!.agreeing, 0),
      compared: scores.reduce((sum, row) => sum + row[column]!.compared, 0),
    }),
  );
  return ['**all**', ...totals, '', ''];
}

function text({ agreeing, compared }: Score): string {
  return `${agreeing} / ${compared}`;
}

function shorten(difference: string): string {
  const plain = difference.replaceAll('|', '\\|').replaceAll('\n', ' ');
  return plain.length <= 100 ? plain : `${plain.slice(0, 99)}…`;
}
