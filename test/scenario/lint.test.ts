// What lint must not say; what it says is in the fixtures of its codes.

import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { lintScenario } from '../../src/scenario/lint.ts';
import { loadScenario } from '../../src/scenario/load-scenario.ts';
import { readManifestFile } from '../../src/scenario/manifests.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';

const folder = 'test/fixtures/scenario-errors';

function lint(steps: string, head = ''): readonly string[] {
  const { scenario, problems } = readScenario({
    file: `${folder}/a-lint.yaml`,
    text: `scenario: a-lint\n${head}\nsteps:\n${steps}`,
    root: folder,
  });
  if (scenario === undefined) throw new Error(JSON.stringify(problems));
  const path = `${folder}/manifests/web.yaml`;
  return lintScenario(scenario, new Map([[path, readManifestFile(path, folder).objects]])).map(({ code }) => code);
}

const apply = '  - apply: manifests/web.yaml\n';

describe('lint is silent', () => {
  const examples = 'test/fixtures/scenarios/examples';

  test.each(readdirSync(examples).filter((name) => name.endsWith('.yaml')))('about %s', (name) => {
    const { scenario, manifests } = loadScenario(`${examples}/${name}`, 'test/fixtures');

    expect(scenario && lintScenario(scenario, manifests)).toEqual([]);
  });

  test.each([
    ['about pods and claims of a set', '    expect: { settled: { pod/web-0..2: Ready, pvc/www-web-2: Bound } }\n'],
    ['about pods that should not be', '    expect: { settled: { pod/web-3: { exists: false } } }\n'],
    [
      'about pods that a patch makes',
      '    expect: { settled: { pod/web-2: Ready } }\n  - patch: { target: sts/web, merge: { spec: { replicas: 9 } } }\n    expect: { order: [ pod/web-8: Ready ] }\n',
    ],
    [
      'about pods that nobody can know of',
      '  - patch: { target: sts/web, json: [ { op: replace, path: /spec/replicas, value: 9 } ] }\n    expect: { never: [ pod/web-8: Terminating ] }\n',
    ],
    [
      'about a request that is refused',
      '  - delete: { target: pod/nobody }\n    expect: { rejected: { code: 404 } }\n',
    ],
    [
      'about a pod that was seen and then finds a node',
      '    expect: { eventually: { pod/web-0: Pending } }\n  - label: { target: node/*, set: { disk: fast } }\n    expect: { order: [ pod/web-0: [Scheduled, Ready] ] }\n',
    ],
    [
      'about a new life',
      '  - delete: { target: pod/web-0 }\n    expect: { order: [ pod/web-0: [Terminating, Deleted, Created, Ready] ] }\n  - wait: { pod/web-0: Ready }\n',
    ],
    [
      'about settled behind something awaited',
      '  - fail: { target: pod/web-0, how: crash }\n    expect: { eventually: { pod/web-0: NotReady }, settled: { pod/web-0: Ready } }\n',
    ],
    [
      'about a number that a run remembers',
      '    remember: { n: { of: sts/web, field: spec.replicas } }\n  - scale: { target: sts/web, to: $n }\n    expect: { never: [ pod/web-7: Terminating ] }\n',
    ],
  ])('%s', (_, steps) => {
    expect(lint(apply + steps)).toEqual([]);
  });

  test('about objects that a controller of somebody else makes', () => {
    expect(
      lint(
        '  - apply: manifests/web.yaml\n    expect: { settled: { pod/other-0: Ready } }\n',
        'needs: { controllers: [a.example.com] }',
      ),
    ).toEqual([]);
  });

  test('about objects when it has not seen the manifests', () => {
    expect(lint('  - apply: elsewhere.yaml\n    expect: { never: [ pod/other-0: Terminating ] }\n')).toEqual([]);
  });
});

describe('lint warns', () => {
  test.each([
    ['of invariants about nobody', apply, 'invariants: { never: [ pod/nobody: Terminating ] }', ['will-be-vacuous']],
    [
      'of the higher ordinals of a matrix',
      `${apply}  - scale: { target: sts/web, to: $n }\n    expect: { order: [ pod/web-7: Ready ] }\n`,
      'matrix: [ { n: 5 }, { n: 7 } ]',
      ['unknown-object'],
    ],
    ['of an unknown target', `${apply}  - delete: { target: pod/web-9 }\n`, '', ['unknown-object']],
  ])('%s', (_, steps, head, codes) => {
    expect(lint(steps, head)).toEqual(codes);
  });
});
