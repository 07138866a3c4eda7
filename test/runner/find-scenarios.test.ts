import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findScenarios } from '../../src/runner/find-scenarios.ts';

describe('find scenarios', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'setpiece-'));
    mkdirSync(join(folder, 'deep/er'), { recursive: true });
    for (const name of ['b.scenario.yaml', 'a.scenario.yml', 'deep/er/c.scenario.yaml', 'deep/manifest.yaml']) {
      writeFileSync(join(folder, name), '');
    }
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('a folder gives its scenario files, sorted, those of its folders too', async () => {
    const found = await findScenarios([folder]);

    expect(found).toEqual({
      kind: 'files',
      files: ['a.scenario.yml', 'b.scenario.yaml', 'deep/er/c.scenario.yaml'].map((name) => join(folder, name)),
    });
  });

  test('a file is taken whatever it is called, and once', async () => {
    const file = join(folder, 'deep/manifest.yaml');

    expect(await findScenarios([file, file, `${folder}/deep/../deep/manifest.yaml`])).toMatchObject({
      kind: 'files',
      files: { 0: file },
    });
  });

  test('links to folders are not followed, since they may lead in a circle', async () => {
    symlinkSync(folder, join(folder, 'deep/circle'));

    const found = await findScenarios([folder]);

    expect(found.kind === 'files' && found.files).toHaveLength(3);
  });

  test.each([
    ['nowhere', /nowhere does not exist/],
    ['b.scenario.yaml/below', /does not exist/],
    ['deep/empty', /no \*\.scenario\.yaml in the folder/],
  ])('%s is said to be nothing, in one line', async (name, reason) => {
    mkdirSync(join(folder, 'deep/empty'));

    const found = await findScenarios([join(folder, name)]);

    expect(found.kind === 'nothing' && found.reason).toMatch(reason);
  });

  test('a link that leads to itself is said to be one', async () => {
    symlinkSync(join(folder, 'self'), join(folder, 'self'));

    const found = await findScenarios([join(folder, 'self')]);

    expect(found.kind === 'nothing' && found.reason).toMatch(/lead in a circle/);
  });
});
