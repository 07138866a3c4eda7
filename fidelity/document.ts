// The page about fidelity: its table and its list of differences are written anew, the rest is left as people wrote it.

import { markdownTable } from './report.ts';
import type { ExpectedDifference } from './expectations.ts';
import type { Row } from './report.ts';

const begin = '<!-- fidelity: begin; written by `npm run fidelity` -->';
const end = '<!-- fidelity: end -->';

const preamble = `# Fidelity

Each row is a recording of a real kind cluster (Kubernetes v1.36.2). Its recipe, shell lines around kubectl, is carried out
on the simulator by the same kubectl, and what is seen is compared with the recording. Cells are \`agreeing / compared\`.

- **milestones**: those that were recorded are simulated, no others, in the same order within each object.
- **relations**: pairs of milestones of different objects in the recorded order. Orders that Kubernetes guarantees (pods of
  an ordered set, claims before their pod) must hold under every seed; any other pair that was recorded more than 30 ms apart
  under some seed; closer ones are concurrent.
- **status sequences**: the status values of each object, up to coalescing.
- **final objects**: those that exist at the end and the last states of the others, field by field, up to what a cluster
  makes up (\`fidelity/masks.ts\` lists the rest, with reasons).
- **events**: about whom, from whom, type, reason, message, and how often.
- **command answers**: output, errors and exit code, up to ages and the client's own wording.

A difference counts when every seed that was tried shows it. Those that remain are listed with their causes in
\`test/fixtures/recordings/expected-differences.yaml\`; any other difference fails \`npm run fidelity\`, and so does one that
is listed but no longer occurs.
`;

/** The page with a new table; `current` is the page as it is, or empty. */
export function documentOf(rows: readonly Row[], expected: readonly ExpectedDifference[], current: string): string {
  const causes = expected.map(
    ({ recipe, check, subject, cause }) => `- \`${recipe}\`, ${check}, \`${subject}\`: ${cause}`,
  );
  const list = causes.length === 0 ? 'No differences are listed.' : `Listed differences:\n\n${causes.join('\n')}`;
  const written = `${begin}\n\n${markdownTable(rows)}\n\n${list}\n\n${end}`;
  const page = current === '' ? `${preamble}\n${begin}\n${end}\n` : current;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) return `${page}\n${written}\n`;
  return page.slice(0, from) + written + page.slice(to + end.length);
}
