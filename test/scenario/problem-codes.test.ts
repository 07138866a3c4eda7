// Every code of a problem has a scenario that shows it and the report that it gives. `UPDATE_FIXTURES=1 npx vitest run
// test/scenario/problem-codes.test.ts` writes the reports anew; read the difference before you keep it.

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { renderProblems } from '../../src/scenario/frame.ts';
import { readCatalogue } from '../../src/scenario/guarantees.ts';
import { findDuplicateIds, lintScenario } from '../../src/scenario/lint.ts';
import { loadScenario } from '../../src/scenario/load-scenario.ts';
import { problemCodes } from '../../src/scenario/problem-codes.ts';
import type { Problem } from '../../src/scenario/problem.ts';
import { readProjectFile } from '../../src/scenario/project-files.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import type { ReadResult } from '../../src/scenario/read-scenario.ts';

const folder = 'test/fixtures/scenario-errors';

describe('problem codes', () => {
  test('every code has a fixture pair, and every pair a code', () => {
    const files = readdirSync(folder).filter((name) => name !== 'manifests' && name !== 'guarantees.yaml');

    const wanted = problemCodes.flatMap((code) => [`${code}.txt`, `${code}.yaml`]);
    expect(files.sort()).toEqual(wanted.sort());
  });

  test.each(problemCodes)('%s is reported as its fixture says', (code) => {
    const { problems, sources } = problemsOf(code);
    const report = `${renderProblems(problems, { source: (file) => sources.get(file) })}\n`;
    const path = join(folder, `${code}.txt`);

    if (process.env['UPDATE_FIXTURES'] === '1') writeFileSync(path, report);
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(report).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '');
  });

  test.each(problemCodes)('the fixture of %s has no problem of another code', (code) => {
    const { problems } = problemsOf(code);

    expect(problems.filter((problem) => problem.code !== code)).toEqual([]);
  });
});

function problemsOf(code: string): { problems: readonly Problem[]; sources: ReadonlyMap<string, string> } {
  const path = join(folder, `${code}.yaml`);
  if (code === 'bad-guarantee') {
    const { problems, text } = readCatalogue({ file: path, text: readFileSync(path, 'utf8') });
    return { problems, sources: new Map([[path, text]]) };
  }
  const result = read(path);
  const { scenario, manifests, sources } = result;
  if (scenario === undefined) return result;
  if (code !== 'duplicate-id') return { problems: lintScenario(scenario, manifests), sources };
  const other = read(join(folder, 'manifests/duplicate-id.yaml')).scenario;
  return { problems: findDuplicateIds(other === undefined ? [scenario] : [other, scenario]), sources };
}

/** `# bytesMax: n` in the first line stands for a file of a MiB. */
function read(path: string): ReadResult {
  const file = readProjectFile(path, folder);
  const bytesMax = file.kind === 'text' ? /^# bytesMax: (\d+)/.exec(file.text)?.[1] : undefined;
  if (file.kind !== 'text' || bytesMax === undefined) return loadScenario(path, folder);
  return readScenario({ file: path, text: file.text, root: folder, bytesMax: Number(bytesMax) });
}
