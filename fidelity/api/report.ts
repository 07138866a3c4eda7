// How the comparison of answers went, as a table, and the block of the page about fidelity that holds it.

import { answerKinds, facets } from './compare-answer.ts';
import type { ComparedAnswer } from './compare-answer.ts';
import type { ExpectedDifference } from './expected-differences.ts';

/** The table in Markdown: a row for each kind of answer. Cells are `agreeing / compared`. */
export function answersTable(compared: readonly ComparedAnswer[]): string {
  const rows = answerKinds
    .map((kind) => [kind, compared.filter((answer) => answer.kind === kind)] as const)
    .filter(([, answers]) => answers.length > 0)
    .map(([kind, answers]) => [kind as string].concat(cellsOf(answers)));
  const cells = [['answer', 'questions', ...facets], ...rows, ['**all**', ...cellsOf(compared)]];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)].join('\n');
}

function cellsOf(answers: readonly ComparedAnswer[]): readonly string[] {
  const agreeing = answers.filter(({ outcomes }) => [...outcomes.values()].every((told) => told === undefined));
  const counts = facets.map((facet) => {
    const compared = answers.filter(({ outcomes }) => outcomes.has(facet));
    const equal = compared.filter(({ outcomes }) => outcomes.get(facet) === undefined);
    return compared.length === 0 ? '' : `${equal.length} / ${compared.length}`;
  });
  return [`${agreeing.length} / ${answers.length}`, ...counts];
}

const begin = '<!-- fidelity:api: begin; written by `npm run fidelity:api` -->';
const end = '<!-- fidelity:api: end -->';

const preamble = `## Answers of the API

\`npm run fidelity:api [-- FILE…]\` asks a served simulator the questions that a real API server was asked, in the same
order, and compares the answers: the code, the headers Content-Type and Warning, of a refusal its reason, message and causes,
of a Table its columns and cells, and all else of the body, up to what a cluster makes up
(\`fidelity/api/comparable-answer.ts\`). What is known to differ is listed with its cause in
\`test/fixtures/recordings/expected-api-differences.yaml\`; anything else fails, and so does an entry that is no longer needed.
`;

/** The page with a new block; the rest is left as people wrote it, or as `npm run fidelity` did. */
export function pageWithAnswers(
  page: string,
  {
    compared,
    expected,
  }: { readonly compared: readonly ComparedAnswer[]; readonly expected: readonly ExpectedDifference[] },
): string {
  const causes = expected.map(
    ({ request, facets: listed, cause }) => `- \`${request}\`, ${listed.join(', ')}: ${cause}`,
  );
  const list = causes.length === 0 ? 'No differences are listed.' : `Listed differences:\n\n${causes.join('\n')}`;
  const written = `${begin}\n\n${answersTable(compared)}\n\n${list}\n\n${end}`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${preamble}\n${written}\n`;
  return page.slice(0, from) + written + page.slice(to + end.length);
}
