// The documents tell the truth: generated parts are fresh, command lines do what is said beside them, scenarios can be read,
// links and paths lead to something.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readScenario } from '../src/scenario/read-scenario.ts';
import { buildPackage, packageRoot } from './cli/built-package.ts';
import { Desk } from './cli/desk.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 200_000 });

interface Block {
  readonly document: string;
  readonly language: string;
  readonly line: number;
  readonly text: string;
}

const documents = ['README.md', ...readdirSync(join(packageRoot, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md') && existsSync(join(packageRoot, name)),
);

function textOf(document: string): string {
  return readFileSync(join(packageRoot, document), 'utf8');
}

function blocksOf(document: string, language: string): readonly Block[] {
  const text = textOf(document);
  return [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)]
    .map(({ 1: found = '', 2: body = '', index }) => ({
      document,
      language: found,
      line: text.slice(0, index).split('\n').length,
      text: body,
    }))
    .filter((block) => block.language === language);
}

/** A `$` line of a console block, without the installation in front of it, and the exit code that is stated beside it. */
function callsOf(document: string): readonly { readonly line: string; readonly code: number }[] {
  return blocksOf(document, 'console')
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => /^\$ .*\bsetpiece /.test(line))
    .map((line) => ({
      line: line.slice(line.lastIndexOf('setpiece ')).replace(/\s+#.*$/, ''),
      code: Number(/#.*\bexit (?:code )?(\d+)/.exec(line)?.[1] ?? 0),
    }));
}

beforeAll(buildPackage);

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.clear());

describe('documents', () => {
  test('generated parts are as the definition, the profile and a run make them', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(packageRoot, 'scripts/generate-docs.mjs'), '--check'],
      {
        encoding: 'utf8',
      },
    );

    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  test.each(documents)('%s: every command line ends as is said beside it', (document) => {
    const calls = callsOf(document);
    cpSync(join(packageRoot, 'scenarios'), join(desk.folder, 'scenarios'), { recursive: true });
    desk.scenario('web', 'settled: { statefulset/web: Ready }');
    desk.write('LESSON.md', '# A lesson\n\n```console\n$ kubectl get nodes --no-headers -o name\n```\n');

    const ended = calls.map(({ line }) => {
      const { code, err } = desk.shell(line);
      return `${line} ends with ${code}${code === 70 ? `: ${err}` : ''}`;
    });

    expect(ended).toEqual(calls.map(({ line, code }) => `${line} ends with ${code}`));
  });

  test.each(documents)('%s: commands and flags that the prose names exist', (document) => {
    const spans = [...textOf(document).matchAll(/`(?:npx )?setpiece ([a-z]+)([^`]*)`/g)];

    const wrong = spans.filter(([, command = '', rest = '']) => {
      const { code, out } = desk.call(command, '--help');
      return code !== 0 || (rest.match(/--[a-z-]+/g) ?? []).some((flag) => flag !== '--help' && !out.includes(flag));
    });

    expect(wrong.map(([span]) => span)).toEqual([]);
  });

  test.each(documents)('%s: every scenario, and every list of steps, is read without a problem', (document) => {
    const blocks = blocksOf(document, 'yaml');

    const problems = blocks.flatMap(({ text, line }) => {
      const steps = `scenario: of-a-document\ntitle: steps\nsteps:\n${text.replaceAll(/^(?=.)/gm, '  ')}`;
      const file = `${document}:${line}`;
      const whole = text.startsWith('- ') ? steps : text;
      const read = readScenario({ file: join(packageRoot, document), text: whole, root: packageRoot });
      return read.problems.map(({ code, message, span }) => `${file} + ${span.line}: ${code} ${message}`);
    });

    expect(problems).toEqual([]);
  });

  test.each(documents)('%s: files that are named are there', (document) => {
    const text = textOf(document);
    const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = '']) => join(dirname(document), link));
    const named = [...text.matchAll(/`((?:src|test|docs|reporters|scripts|schema)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    );

    expect([...links, ...named].filter((path) => !existsSync(join(packageRoot, path)))).toEqual([]);
  });
});
