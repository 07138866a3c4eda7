// Whatever is in a file: an answer, soon, and never an exception.

import * as fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { bindInvariants, bindStep } from '../../src/scenario/bind.ts';
import { expandRuns, expandSteps } from '../../src/scenario/expand.ts';
import { renderProblems } from '../../src/scenario/frame.ts';
import { lintScenario } from '../../src/scenario/lint.ts';
import { readManifests } from '../../src/scenario/manifests.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import type { ReadResult } from '../../src/scenario/read-scenario.ts';

const folder = 'test/fixtures/scenarios/examples';
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

function read(text: string): ReadResult {
  return readScenario({ file: `${folder}/hostile.scenario.yaml`, text, root: process.cwd() });
}

function codes(text: string): readonly string[] {
  return [...new Set(read(text).problems.map(({ code }) => code))];
}

describe('refused texts', () => {
  const bomb = (depth: number) =>
    [
      'a0: &a0 [x]',
      ...Array.from({ length: depth }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`),
    ].join('\n');

  test.each([
    ['an alias bomb', bomb(60), ['alias-not-allowed', 'missing-id', 'missing-member', 'unknown-member']],
    ['ten megabytes', `scenario: x\nabout: ${'y'.repeat(10_000_000)}\n`, ['file-too-large']],
    ['a million brackets', '['.repeat(1_000_000), ['too-deep']],
    ['a hundred thousand maps', '{a: '.repeat(100_000), ['too-deep']],
    ['a list in a list in a list', `${'- '.repeat(300_000)}x`, ['too-deep']],
    ['explicit keys in explicit keys', '? '.repeat(300_000), ['too-deep']],
    ['a deep map', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), ['too-deep']],
    ['NUL bytes', 'scenario: \0\0', ['binary-file']],
    ['an escape sequence', 'scenario: \u001b[31mx', ['binary-file']],
    ['nothing', '', ['empty-file']],
    ['spaces', ' \n \n', ['empty-file']],
    ['a word', 'scenario', ['wrong-type']],
    ['a list', '- scenario', ['wrong-type']],
    ['a manifest', 'apiVersion: v1\nkind: Pod\n', ['missing-id']],
    ['a directive', '%YAML 1.1\n---\nscenario: x\nsteps: [ wait: { pod/a: Ready } ]\n', []],
    ['a merge key', 'scenario: x\nsteps: []\n<<: { title: y }\n', ['unknown-member', 'wrong-value']],
    ['a step that is text', 'scenario: x\nsteps: [ scale ]\n', ['wrong-type']],
  ])('%s', (_, text, wanted) => {
    expect([...codes(text)].sort()).toEqual([...wanted].sort());
  });

  test('members of every object are no members of ours', () => {
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(codes(`scenario: x\n${key}: 1\nsteps: [ { ${key}: {} } ]\n`)).toEqual(['unknown-member', 'unknown-verb']);
      expect(codes(`scenario: x\nsteps: [ { expect: { ${key}: {} } } ]\n`)).toEqual(['no-such-word']);
      expect(codes(`scenario: x\nsteps: [ { wait: { pod/a: { ${key}: 1 } } } ]\n`)).toEqual(['unknown-state']);
      expect(codes(`scenario: x\nsteps: [ { wait: { pod/a: { ip: $${key} } } } ]\n`)).toEqual(['undefined-variable']);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('sixty thousand keys and as many mistakes are read in seconds', () => {
    const keys = Array.from({ length: 60_000 }, (_, at) => `k${at}: 1`).join('\n');

    const { problems } = read(`scenario: x\nsteps: []\n${keys}\n`);

    expect(problems.length).toBeGreaterThan(10);
  }, 20_000);

  test('ten thousand names and as many that nobody defined are read in seconds', () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `  name${at}: 1`).join('\n');
    const steps = Array.from({ length: 10_000 }, (_, at) => `  - { name: $nome${at} }`).join('\n');

    const { problems } = read(`scenario: x\nwith:\n${names}\nsteps:\n${steps}\n`);

    expect(problems).toHaveLength(500);
  }, 20_000);
});

describe('manifests', () => {
  test('a bomb of aliases is refused before it is expanded', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `  a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]`,
    );
    const text = `apiVersion: v1\nkind: ConfigMap\ndata:\n  a0: &a0 [x]\n${levels.join('\n')}\n`;

    expect(readManifests({ file: 'bomb.yaml', text }).problems.map(({ code }) => code)).toEqual(['bad-manifest']);
  });
});

const hostileTexts = [
  '',
  '$',
  '$x',
  '$(x',
  '$$',
  'pod/',
  '/web',
  'pod/a..',
  'pod/0..99999999',
  'pod/a-*..3',
  'Ready',
  '1m',
  '*',
  '{',
  'sts/web',
  '\u{1f600}/\u4e2d',
];

const hostileValues: readonly unknown[] = [
  null,
  true,
  -1,
  0.1,
  [],
  {},
  [[]],
  { of: {} },
  { of: [] },
  { kind: 'pod', where: {} },
  { not: { not: {} } },
  { valueOf: {} },
];

describe('properties', () => {
  const anyJson = fc.jsonValue({ maxDepth: 3 });
  const slips = fc.constantFrom<unknown>(...hostileTexts, ...hostileValues);

  test('any value in any place gives problems or a scenario', () => {
    const contents = examples.map((text) => read(text).scenario?.content);
    fc.assert(
      fc.property(
        fc.constantFrom(...contents),
        fc.nat(),
        fc.oneof(anyJson, slips),
        fc.boolean(),
        (content, at, value, asKey) => {
          const text = JSON.stringify(replaceAt(content, { at, value, asKey }));

          const { scenario, problems, sources } = read(text);

          expect(scenario === undefined).toBe(problems.length > 0);
          expect(renderProblems(problems, { source: (file) => sources.get(file) }).includes('undefined:')).toBe(false);
          if (scenario !== undefined) runThrough(scenario);
        },
      ),
      { numRuns: 300 },
    );
  }, 30_000);

  test('any text with characters changed gives problems or a scenario', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...examples),
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[]:*&!|>\'"%@`$-? \t\n#,/.0a'.split(''), '')), {
          minLength: 1,
          maxLength: 4,
        }),
        (text, changes) => {
          let changed = text;
          for (const [at, character] of changes) {
            const place = at % changed.length;
            changed = changed.slice(0, place) + character + changed.slice(place + 1);
          }

          const { scenario, problems } = read(changed);

          expect(scenario === undefined).toBe(problems.length > 0);
          for (const { span } of problems) {
            expect(span.line).toBeGreaterThan(0);
            expect(span.end).toBeGreaterThanOrEqual(span.start);
            expect(span.end).toBeLessThanOrEqual(changed.length);
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 30_000);
});

function runThrough(scenario: NonNullable<ReadResult['scenario']>): void {
  for (const run of expandRuns(scenario)) {
    bindInvariants(scenario, run.variables);
    for (const { position, variables } of expandSteps(scenario, run.variables)) bindStep(scenario, position, variables);
  }
  lintScenario(scenario, new Map());
}

interface Replacement {
  /** Number of the place, counted through the tree and around. */
  readonly at: number;
  readonly value: unknown;
  /** The value becomes the key of the place. */
  readonly asKey: boolean;
}

function replaceAt(content: unknown, { at, value, asKey }: Replacement): unknown {
  const copy = structuredClone(content) as Record<string, unknown>;
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const collect = (holder: Record<string, unknown>) => {
    for (const [key, member] of Object.entries(holder)) {
      places.push({ holder, key });
      if (typeof member === 'object' && member !== null) collect(member as Record<string, unknown>);
    }
  };
  collect(copy);
  const place = places[at % places.length];
  if (place === undefined) return value;
  if (asKey && !Array.isArray(place.holder)) {
    const member = place.holder[place.key];
    delete place.holder[place.key];
    place.holder[typeof value === 'string' ? value : (JSON.stringify(value) ?? '')] = member;
  } else place.holder[place.key] = value;
  return copy;
}
