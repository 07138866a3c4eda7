import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { loadScenario } from '../../src/scenario/load-scenario.ts';

let outside = '';
let root = '';

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'setpiece-'));
  root = join(outside, 'project');
  mkdirSync(join(root, 'folder.yaml'), { recursive: true });
  writeFileSync(join(outside, 'secret.yaml'), 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\n');
  writeFileSync(join(root, 'inside.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n');
  symlinkSync(join(outside, 'secret.yaml'), join(root, 'link.yaml'));
  symlinkSync(join(root, 'inside.yaml'), join(root, 'good-link.yaml'));
  symlinkSync('round.yaml', join(root, 'round.yaml'));
  writeFileSync(join(root, 'large.yaml'), `# ${'x'.repeat(1 << 20)}`);
  symlinkSync(outside, join(root, 'up'));
});

afterAll(() => {
  rmSync(outside, { recursive: true, force: true });
});

function codesOf(path: string): readonly string[] {
  const file = join(root, 'a.scenario.yaml');
  writeFileSync(file, `scenario: a\nsteps: [ { apply: ${path} } ]\n`);
  return loadScenario(file, root).problems.map(({ code }) => code);
}

test.each([
  ['inside.yaml', []],
  ['./good-link.yaml', []],
  ['up/project/inside.yaml', []],
  ['../secret.yaml', ['path-outside-project']],
  ['/etc/hostname', ['path-outside-project']],
  ['link.yaml', ['path-outside-project']],
  ['up/secret.yaml', ['path-outside-project']],
  ['nowhere.yaml', ['missing-file']],
  ['inside.yaml/x', ['missing-file']],
  ['folder.yaml', ['missing-file']],
  ['round.yaml', ['missing-file']],
  ['large.yaml', ['file-too-large']],
  ['a.scenario.yaml', ['scenario-as-manifest']],
  ['sub/../a.scenario.yaml', ['scenario-as-manifest']],
])('a manifest %s gives %j', (path, codes) => {
  expect(codesOf(path)).toEqual(codes);
});

test('a scenario outside of the project, a folder, and a file that is not there are problems', () => {
  expect(loadScenario(join(outside, 'secret.yaml'), root).problems.map(({ code }) => code)).toEqual([
    'path-outside-project',
  ]);
  expect(loadScenario(root, root).problems.map(({ code }) => code)).toEqual(['missing-file']);
  expect(loadScenario(join(root, 'b.scenario.yaml'), root).problems.map(({ code }) => code)).toEqual(['missing-file']);
});

test('manifests come with the scenario, each read once', () => {
  writeFileSync(
    join(root, 'b.scenario.yaml'),
    'scenario: b\nsteps: [ { apply: inside.yaml }, { apply: [inside.yaml] } ]\n',
  );

  const { scenario, manifests, sources } = loadScenario(join(root, 'b.scenario.yaml'), root);

  expect(scenario?.id).toBe('b');
  expect([...manifests.values()].map((objects) => objects.map(({ manifest }) => manifest.kind))).toEqual([['Pod']]);
  expect(sources.size).toBe(2);
});
