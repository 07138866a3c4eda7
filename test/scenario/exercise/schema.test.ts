import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { publishedExerciseSchema } from '../../../src/scenario/definition/index.ts';

const published = JSON.parse(readFileSync('schema/exercise.schema.json', 'utf8')) as Record<string, unknown>;
const validate = new Ajv({ strict: false }).compile(published);

const files = ['test/fixtures/exercises', 'exercises']
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name, 'exercise.yaml')))
  .filter((file) => existsSync(file));

describe('the published schema of exercises', () => {
  test('is what the definition makes', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(publishedExerciseSchema())));
  });

  test.each(files)('accepts %s', (file) => {
    validate(parse(readFileSync(file, 'utf8')));

    expect(validate.errors).toBeNull();
  });

  test.each([
    ['a level that is none', (text: string) => text.replace('level: 1', 'level: 6')],
    ['a step with a verb beside its answer', (text: string) => text.replace('- answer:', '- scale: {}\n    answer:')],
    ['a check without a hint', (text: string) => text.replace(/hint: \{[^}]*\}/, '')],
    ['an unknown word', (text: string) => text.replace('order: [pod/web-0', 'ordre: [pod/web-0')],
    ['a title in no language', (text: string) => text.replace(/title: .*/, 'title: one')],
  ])('refuses %s', (_, change) => {
    const text = readFileSync('test/fixtures/exercises/01-first-set/exercise.yaml', 'utf8');
    expect(change(text)).not.toBe(text);

    expect(validate(parse(change(text)))).toBe(false);
  });
});
