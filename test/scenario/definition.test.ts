import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import { verbNames } from '../../src/scenario/bind/actions.ts';
import { publishedSchema, validatedNames } from '../../src/scenario/definition/index.ts';
import type { WrittenScenario } from '../../src/scenario/definition/language.ts';
import { stateForms, stateWords } from '../../src/scenario/definition/state-words.ts';
import { verbs } from '../../src/scenario/definition/verbs.ts';
import { manualTopics } from '../../src/scenario/generated/manual.js';
import { problemCodes } from '../../src/scenario/problem-codes.ts';
import { bindExpectOf, codesOf } from './bound-step.ts';

const published = JSON.parse(readFileSync('schema/scenario.schema.json', 'utf8')) as Record<string, unknown>;
const folder = 'test/fixtures/scenarios/examples';

function accepts(content: unknown): boolean {
  return new Ajv({ strict: false }).compile(published)(content);
}

describe('the published schema', () => {
  test('is what the definition makes', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(publishedSchema())));
  });

  test.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))('accepts %s', (name) => {
    const validate = new Ajv({ strict: false }).compile(published);

    validate(parse(readFileSync(join(folder, name), 'utf8')));
    expect(validate.errors).toBeNull();
  });

  test.each([
    ['an unknown verb', '{ scal: { target: sts/web, to: 3 } }'],
    ['two verbs', '{ scale: { target: sts/web, to: 3 }, delete: { target: pod/web-0 } }'],
    ['an unknown member of a verb', '{ scale: { target: sts/web, too: 3 } }'],
    ['a missing member of a verb', '{ scale: { target: sts/web } }'],
    ['an unknown word', '{ expect: { setled: { pod/web-0: Ready } } }'],
    ['an unknown state', '{ expect: { settled: { pod/web-0: Redy } } }'],
    ['an unknown word of a state', '{ expect: { settled: { pod/web-0: { raedy: true } } } }'],
    ['a duration without a unit', '{ expect: { within: "3 minutes" } }'],
    ['a wrong choice', '{ expect: { settled: { pod/web-0: { sinceStepStart: recreated } } } }'],
    ['two sorts of patch', '{ patch: { target: sts/web, merge: {}, json: [] } }'],
  ])('refuses %s', (_, step) => {
    expect(accepts({ scenario: 'x', steps: [parse(step)] })).toBe(false);
  });

  test('lets variables stand where values are', () => {
    const step =
      '{ each: [ { n: 1 } ], scale: { target: sts/web, to: $n }, expect: { settled: { pod/web-0: { ready: $r } } } }';
    expect(accepts({ scenario: 'x', steps: [parse(step)] })).toBe(true);
  });

  test('describes every member of a step and of an expect, for completion', () => {
    const { definitions } = published as {
      definitions: Record<string, { properties: Record<string, { $ref?: string; description?: string }> }>;
    };
    for (const part of ['File', 'Step', 'Expect', 'Clause', 'StateWords', 'Needs']) {
      expect([part, definitions[part]?.properties]).toEqual([part, expect.any(Object)]);
    }
    const described = Object.entries(definitions['Step']?.properties ?? {}).map(([name, { $ref, description }]) => {
      const target =
        $ref === undefined
          ? undefined
          : (definitions[$ref.replace('#/definitions/', '')] as { description?: string } | undefined);
      return [name, (description ?? target?.description ?? '') !== ''];
    });
    expect(described.filter(([, has]) => has !== true)).toEqual([]);
  });
});

describe('the manual', () => {
  test('has every verb, word, state, operator and code, each with its meaning', () => {
    const topics = new Map(manualTopics.map((topic) => [topic.topic, topic.rows]));

    expect([...topics.keys()]).toEqual(['verbs', 'words', 'states', 'matchers', 'capabilities', 'codes']);
    expect(
      topics
        .get('verbs')
        ?.map(({ name }) => name)
        .sort(),
    ).toEqual([...verbNames].sort());
    expect(topics.get('codes')?.map(({ name }) => name)).toEqual(problemCodes);
    expect(topics.get('states')).toHaveLength(stateForms.length + stateWords.length);
    const empty = manualTopics.flatMap(({ rows }) => rows).filter(({ meaning }) => meaning === '');
    expect(empty).toEqual([]);
    expect(topics.get('verbs')?.find(({ name }) => name === 'scale')).toEqual({
      name: 'scale',
      shape: '{ target, to }',
      meaning: 'Changes the number of replicas, through the scale subresource.',
      example: 'scale: { target: sts/web, to: 5 }',
    });
  });

  test('shows examples of verbs and words that can be read', () => {
    const topics = new Map(manualTopics.map((topic) => [topic.topic, topic.rows]));
    const requests = new Map([
      ['rejected', 'scale: { target: sts/web, to: 1 }'],
      ['answered', 'resolve: { name: web, type: A }'],
    ]);

    for (const { example } of topics.get('verbs') ?? []) {
      expect([example, codesOf(example, 'with: { node: a }')]).toEqual([example, []]);
    }
    for (const { name, example } of topics.get('words') ?? []) {
      const step = `${requests.get(name) ?? ''}\nexpect: { ${example} }`;
      expect([example, codesOf(step)]).toEqual([example, []]);
    }
  });

  test('shows examples of operators that can be read', () => {
    const rows = manualTopics.find(({ topic }) => topic === 'matchers')?.rows ?? [];

    for (const { example } of rows) {
      const codes = codesOf(`expect: { settled: { cm/x: { fields: { a: ${example} } } } }`, 'with: { oldIP: a }');
      expect([example, codes]).toEqual([example, []]);
    }
  });

  test('shows examples of states that can be read', () => {
    const kinds = {
      any: 'cm',
      pod: 'pod',
      set: 'sts',
      deployment: 'deploy',
      claim: 'pvc',
      volume: 'pv',
      service: 'svc',
      node: 'node',
      controllerrevision: 'controllerrevision',
      event: 'event',
    };
    for (const { example, families } of stateWords) {
      const head = 'with: { kept: a, lost: b, oldIP: c }';
      const kind = kinds[families[0] ?? 'any'];
      expect(bindExpectOf(`settled: { ${kind}/x: { ${example} } }`, head).settled).toHaveLength(1);
    }
  });
});

describe('generated code', () => {
  test('there is a verb in the binder for each of the definition', () => {
    expect([...verbNames].sort()).toEqual(Object.keys(verbs).sort());
  });

  test('nothing that the reader loads loads typebox or the compiler of ajv', () => {
    const loaded = importsOf('src/scenario/load-scenario.ts', importsOf('src/scenario/lint.ts'));

    expect([...loaded].filter((name) => !name.startsWith('src/') && !name.startsWith('node:'))).toEqual(['yaml']);
    expect([...loaded].filter((name) => name.includes('definition/')).sort()).toEqual([
      'src/scenario/definition/capabilities.ts',
      'src/scenario/definition/operators.ts',
      'src/scenario/definition/state-words.ts',
    ]);
  });

  test('shapes of the definition have a validator each', () => {
    const types = readFileSync('src/scenario/generated/validators.d.ts', 'utf8');

    expect(types.match(/export declare const/g)).toHaveLength(validatedNames.length);
  });

  test('the written form has a type', () => {
    const written: WrittenScenario = { scenario: 'x', steps: [{ name: 'a step' }] };

    // @ts-expect-error -- an id is text
    const wrong: WrittenScenario = { scenario: 1, steps: [] };
    expect([written.scenario, wrong.scenario]).toEqual(['x', 1]);
  });
});

/** Everything that a file loads at run time, through all files of ours. */
function importsOf(path: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  if (!path.startsWith('src/') || path.endsWith('.js')) return seen;
  const text = readFileSync(path, 'utf8').replaceAll(/^(?:import|export) type [^;]*;$/gm, '');
  for (const [, target = ''] of text.matchAll(/^(?:import|export)[^;']* from '([^']+)';$/gm)) {
    importsOf(target.startsWith('.') ? join(dirname(path), target) : target, seen);
  }
  return seen;
}
