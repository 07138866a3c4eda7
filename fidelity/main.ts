// `npm run fidelity [-- DIR…]`: carries out the recipes of folders of recordings on the simulator, compares with what was
// recorded on a real cluster, prints a table, and ends with 1 when anything differs that is not listed, or agrees though
// it is listed.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { projectRootOf } from '../src/runner/project-root.ts';
import { Expectations, readExpectations } from './expectations.ts';
import { RecordingError } from './recording.ts';
import { compareEntry } from './compare-entry.ts';
import { documentOf } from './document.ts';
import { hasKubectl } from './kubectl.ts';
import { failureLines, markdownTable } from './report.ts';
import { readFolder } from './recipe.ts';
import type { ExpectedDifference } from './expectations.ts';
import type { Row } from './report.ts';

const root = projectRootOf(fileURLToPath(import.meta.url));
const ownRecordings = join(root, 'test/fixtures/recordings');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    'seeds-max': { type: 'string', default: '12' },
    'no-write': { type: 'boolean', default: false },
  },
});

if (!hasKubectl()) {
  console.error('fidelity: kubectl is not on the PATH; recipes are command lines around it');
  process.exit(3);
}
try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof RecordingError)) throw error;
  console.error(`fidelity: ${error.message}`);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const folders = positionals.length === 0 ? [ownRecordings] : positionals.map((folder) => resolve(folder));
  const rows: Row[] = [];
  const unneeded: ExpectedDifference[] = [];
  for (const folder of folders) {
    const expected = readExpectations(join(folder, 'expected-differences.yaml'));
    const expectations = new Expectations(expected);
    const entries = readFolder(folder).filter(
      ({ recipe }) => values.only.length === 0 || values.only.includes(recipe.name),
    );
    if (entries.length === 0) throw new RecordingError(`${folder} holds no recipe with a recording beside it`);
    for (const entry of entries) {
      const row = await compareEntry({ entry, folder, expectations, seedsMax: Number(values['seeds-max']) });
      rows.push(row);
      console.error(`${entry.recipe.name}: ${summary(row)}`);
    }
    // An entry may be about a recording that was left out.
    if (values.only.length === 0) unneeded.push(...expectations.unneeded());
  }
  console.log(markdownTable(rows));
  const failures = failureLines(rows, unneeded);
  for (const line of failures) console.log(`\n${line}`);
  if (positionals.length === 0 && values.only.length === 0 && !values['no-write']) write(rows);
  console.log(failures.length === 0 ? '\nas expected' : `\n${failures.length} unexpected`);
  return failures.length === 0 ? 0 : 1;
}

function summary({ judged, seeds, problems }: Row): string {
  const { expected, unexpected } = judged;
  const told = `${expected.length} expected and ${unexpected.length} unexpected differences under ${seeds} seeds`;
  return problems.length === 0 ? told : `${told}; ${problems.join('; ')}`;
}

function write(rows: readonly Row[]): void {
  const file = join(root, 'docs/fidelity.md');
  mkdirSync(dirname(file), { recursive: true });
  const expected = readExpectations(join(ownRecordings, 'expected-differences.yaml'));
  writeFileSync(file, documentOf(rows, expected, readOr(file)));
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
