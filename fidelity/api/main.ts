// `npm run fidelity:api [-- FILE…]`: asks a served simulator the questions that a real API server was asked, prints how the
// answers compare, and ends with 1 when anything differs that is not listed, or agrees though it is listed.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { projectRootOf } from '../../src/runner/project-root.ts';
import { RecordingError } from '../recording.ts';
import { askQuestions } from './ask-questions.ts';
import { compareAnswer } from './compare-answer.ts';
import { readExpectedDifferences, unexpectedOf } from './expected-differences.ts';
import { readRecordedAnswers } from './recorded-answer.ts';
import { answersTable, pageWithAnswers } from './report.ts';
import type { ExpectedDifference } from './expected-differences.ts';
import type { RecordedAnswer } from './recorded-answer.ts';

const root = projectRootOf(fileURLToPath(import.meta.url));
const ownFile = join(root, 'test/fixtures/recordings/api-answers.jsonl');

try {
  process.exitCode = await main();
} catch (error) {
  const usage = (error as { readonly code?: unknown }).code;
  const wrongOption = typeof usage === 'string' && usage.startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof RecordingError) && !wrongOption) throw error;
  console.error(`fidelity:api: ${(error as Error).message}`);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'no-write': { type: 'boolean', default: false } },
  });
  const files = positionals.length === 0 ? [ownFile] : positionals.map((file) => resolve(file));
  const failures: string[] = [];
  for (const file of files) {
    const recorded = readRecordedAnswers(file);
    const given = await askQuestions(recorded);
    const compared = recorded.map((each, index) => compareAnswer(each, given[index]!));
    const expected = expectedOf(file, recorded);
    console.log(`${file}\n\n${answersTable(compared)}`);
    failures.push(...unexpectedOf(compared, expected));
    if (positionals.length > 0 || values['no-write']) continue;
    const page = join(root, 'docs/fidelity.md');
    writeFileSync(page, pageWithAnswers(readFileSync(page, 'utf8'), { compared, expected }));
  }
  for (const line of failures) console.log(`\n${line}`);
  console.log(failures.length === 0 ? '\nas expected' : `\n${failures.length} unexpected`);
  return failures.length === 0 ? 0 : 1;
}

/** The list beside the file; where there is none, what our own list says of the same questions. */
function expectedOf(file: string, recorded: readonly RecordedAnswer[]): readonly ExpectedDifference[] {
  const list = 'expected-api-differences.yaml';
  const beside = join(dirname(file), list);
  if (existsSync(beside)) return readExpectedDifferences(beside);
  const asked = new Set(recorded.map(({ name }) => name));
  return readExpectedDifferences(join(dirname(ownFile), list)).filter(({ request }) => asked.has(request));
}
