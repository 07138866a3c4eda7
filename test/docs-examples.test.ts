// The examples of the documentation are read by those who will read them: GitHub's own parser of workflows, and our command
// line.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProgram } from '../src/cli/program.ts';
import type * as workflowParser from '@actions/workflow-parser';

const folder = mkdtempSync(join(tmpdir(), 'setpiece-workflow-'));
let parser: Pick<typeof workflowParser, 'NoOperationTraceWriter' | 'parseWorkflow'>;

/** The parser imports JSON as only bundlers let one. */
beforeAll(async () => {
  const entry = join(folder, 'entry.mjs');
  writeFileSync(entry, "export { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';");
  const modules = [join(import.meta.dirname, '../node_modules')];
  const bundle = await rolldown({ input: entry, platform: 'node', logLevel: 'silent', resolve: { modules } });
  const file = join(folder, 'parser.mjs');
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  await bundle.close();
  parser = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as typeof workflowParser;
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What GitHub would say of a workflow. */
function mistakesOf(text: string): readonly string[] {
  const { context } = parser.parseWorkflow({ name, content: text }, new parser.NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}

const name = 'docs/examples/github-actions.yaml';
const content = readFileSync(join(import.meta.dirname, '..', name), 'utf8');

test('the example for GitHub Actions is a workflow', () => {
  expect(mistakesOf(content)).toEqual([]);
});

test('a mistake in it would be seen', () => {
  expect(mistakesOf(content.replace('runs-on: ubuntu-latest', 'run-on: ubuntu-latest'))).not.toEqual([]);
});

test('every flag that it uses is a flag of its command', () => {
  const calls = [...content.matchAll(/npx setpiece (\w+(?: merge)?)((?:\s+(?!- )\S+)*)/g)];
  expect(calls.length).toBeGreaterThan(2);

  for (const [, words = '', rest = ''] of calls) {
    let command = createProgram();
    for (const word of words.split(' ')) {
      const found = command.commands.find((each) => each.name() === word);
      expect(found, `a command ${words}`).toBeDefined();
      command = found ?? command;
    }
    const known = command.options.map(({ long }) => long);
    for (const [flag] of rest.matchAll(/--[a-z-]+/g)) expect(known).toContain(flag);
  }
});
