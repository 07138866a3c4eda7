import { describe, expect, test } from 'vitest';

import { bindInvariants, bindStep } from '../../src/scenario/bind.ts';
import { expandRuns, expandSteps } from '../../src/scenario/expand.ts';
import { loadScenario } from '../../src/scenario/load-scenario.ts';
import type { BoundStep, Scenario } from '../../src/scenario/model.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { bare, bindOnly, codesOf, tokenOf } from './bound-step.ts';

const folder = 'test/fixtures/scenarios/examples';
const remembered = {
  kept: 'pvc-7',
  lost: 'worker',
  oldIP: '10.0.0.9',
  victim: 'mynginx-5d-abcde',
  first: 'ss2-1',
  second: 'ss2-2',
};

function load(name: string): Scenario {
  const { scenario, problems } = loadScenario(`${folder}/${name}.scenario.yaml`, 'test/fixtures');
  expect(problems).toEqual([]);
  if (scenario === undefined) throw new Error('not read');
  return scenario;
}

function bindAll(scenario: Scenario): readonly BoundStep[] {
  return expandRuns(scenario).flatMap((run) =>
    expandSteps(scenario, run.variables).map(({ position, variables }) => {
      const { step, problems } = bindStep(scenario, position, { ...variables, ...remembered });
      expect(problems).toEqual([]);
      return step;
    }),
  );
}

describe('examples', () => {
  const names = ['001-identity', '003-static-and-deployment', 'c05-c06-rolling-canary', 'op-mongocluster'];

  test.each(names)('%s binds completely', (name) => {
    const scenario = load(name);

    const steps = bindAll(scenario);

    const rows = scenario.steps.map(({ each }) => Math.max(1, each.length));
    expect(steps).toHaveLength(rows.reduce((sum, row) => sum + row, 0));
    expect(steps.every(({ action }) => action !== undefined)).toBe(true);
    expect(steps.map((step) => step.name).some((text) => text.includes('$'))).toBe(false);
  });

  test.each(names)('without its manifests, %s lacks files and nothing else', (name) => {
    const missing = readScenario({
      file: 'x.scenario.yaml',
      text: load(name).source,
      root: '/',
      readFile: (path) => ({ kind: 'refused', code: 'missing-file', message: `there is no file ${path}` }),
    });

    expect(new Set(missing.problems.map(({ code }) => code))).toEqual(new Set(['missing-file']));
  });

  test('every order is spelled out in written order', () => {
    const steps = bindAll(load('c05-c06-rolling-canary'));

    const texts = steps[3]?.expect?.order.map((item) => item.events.map((event) => event.text).join(' or '));
    expect(texts).toEqual([
      'pod/ss2-1: Ready',
      ...['pod/ss2-2', 'pod/ss2-1', 'pod/ss2-0'].flatMap((pod) =>
        ['Terminating', 'Deleted', 'Created', 'Ready'].map((state) => `${pod}: ${state}`),
      ),
    ]);
  });

  test('rows of each make steps of their own, and selections take the values of the row', () => {
    const steps = bindAll(load('c05-c06-rolling-canary')).filter(({ position }) => position === 6);

    expect(steps.map(({ name }) => name)).toEqual(['partition 2', 'partition 1', 'partition 0']);
    expect(bare(steps[1]?.expect?.settled[1]?.clauses[0])).toMatchObject({
      selection: { kind: 'where', ordinal: { kind: 'compare', operator: 'lt', operand: { kind: 'value', value: 1 } } },
      quantifier: { kind: 'count', matcher: { kind: 'equals', operand: { kind: 'value', value: 1 } } },
    });
  });

  test('invariants are bound with kinds of their own and values of other objects', () => {
    const { invariants, problems } = bindInvariants(load('op-mongocluster'), {});

    expect(problems).toEqual([]);
    expect(bare(invariants?.never[0])).toMatchObject({
      kind: 'event',
      event: { kind: 'changes', field: 'spec.replicas', by: { kind: 'not', matcher: { kind: 'anyOf' } } },
    });
    expect(JSON.stringify(bare(invariants?.always[1]))).toContain(
      '"operand":{"kind":"valueOf","of":{"of":"statefulset.apps","name":"rs0"},"field":"spec.replicas","at":"now"}',
    );
  });

  test('spans are the author’s tokens', () => {
    const scenario = load('001-identity');
    const steps = bindAll(scenario);

    const [created, ready] = steps[0]?.expect?.order ?? [];
    expect([created, ready].map((item) => item && tokenOf(scenario, item.span))).toEqual(['Created', 'Ready']);
    const gap = steps[7]?.expect?.order[1];
    expect(gap && tokenOf(scenario, gap.span)).toBe('{ of: pod/web-1, is: Terminating, gap: { gte: 280s } }');
    expect(bare(gap?.gap)).toEqual({ kind: 'compare', operator: 'gte', operand: { kind: 'value', value: 280_000 } });
    const action = steps[7]?.action;
    expect(action && tokenOf(scenario, action.span)).toBe('fail: { target: node/$(lost), how: stop }');
  });
});

describe('actions', () => {
  test.each([
    ['apply: a.yaml', { verb: 'apply', as: 'server', changes: [], sources: [{ kind: 'file', path: 'a.yaml' }] }],
    [
      'apply: [a.yaml, { file: b.yaml, change: { sts/web: { spec: { replicas: 2 } } } }]',
      {
        verb: 'apply',
        as: 'server',
        changes: [{ of: 'statefulset.apps', name: 'web', patch: { spec: { replicas: 2 } } }],
        sources: [
          { kind: 'file', path: 'a.yaml' },
          { kind: 'file', path: 'b.yaml' },
        ],
      },
    ],
    [
      'apply: { file: [a.yaml, m/b.yaml], as: client, change: { sts/web: { spec: { replicas: 2 } } } }',
      {
        verb: 'apply',
        as: 'client',
        sources: [
          { kind: 'file', path: 'a.yaml' },
          { kind: 'file', path: 'm/b.yaml' },
        ],
        changes: [{ of: 'statefulset.apps', name: 'web', patch: { spec: { replicas: 2 } } }],
      },
    ],
    [
      'create: [ { apiVersion: v1, kind: ConfigMap, metadata: { name: x } } ]',
      {
        verb: 'create',
        sources: [{ kind: 'object', object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } } }],
      },
    ],
    [
      'replace: { target: cm/x, object: { apiVersion: v1, kind: ConfigMap } }',
      { verb: 'replace', object: { kind: 'ConfigMap' } },
    ],
    [
      'patch: { target: sts/web, json: [ { op: remove, path: /spec } ], subresource: status }',
      { type: 'json', subresource: 'status', body: [{ op: 'remove' }] },
    ],
    [
      'scale: { target: sts/web, to: 5 }',
      { verb: 'scale', to: 5, target: { of: 'statefulset.apps', kind: 'names', names: ['web'] } },
    ],
    [
      'setImage: { target: deploy/a, containers: { c: "nginx:1.27" } }',
      { verb: 'setImage', containers: { c: 'nginx:1.27' } },
    ],
    ['rollout: { target: sts/web, undo: { toRevision: 2 } }', { verb: 'rollout', undo: { toRevision: 2 } }],
    ['rollout: { target: sts/web, restart: true }', { verb: 'rollout', restart: true }],
    [
      'delete: { target: pod/web-*, grace: 1m, propagation: orphan, preconditions: { uid: u } }',
      {
        graceSeconds: 60,
        propagation: 'orphan',
        preconditions: { uid: 'u' },
        target: { kind: 'pattern', pattern: 'web-*' },
      },
    ],
    ['evict: { target: pod/web-0, grace: 0 }', { verb: 'evict', graceSeconds: 0 }],
    ['label: { target: pod/web-0, set: { a: b }, remove: [c] }', { verb: 'label', set: { a: 'b' }, remove: ['c'] }],
    ['annotate: { target: pod/web-0, remove: [c] }', { verb: 'annotate', set: {}, remove: ['c'] }],
    ['cordon: { target: node/a }', { verb: 'cordon' }],
    ['uncordon: { target: node/a }', { verb: 'uncordon' }],
    ['drain: { target: node/a }', { verb: 'drain' }],
    [
      'fail: { target: pod/web-0, how: crash, container: c, times: 3 }',
      { how: 'crash', container: 'c', times: 3, lasting: 'object' },
    ],
    ['fail: { target: pod/web-0, how: notReady, lasting: name }', { how: 'notReady', lasting: 'name' }],
    ['recover: { target: node/a }', { verb: 'recover' }],
    [
      'get: { target: { kind: pod, labels: { app: web } }, list: true }',
      { verb: 'get', list: true, target: { kind: 'where', of: 'pod' } },
    ],
    ['resolve: { name: web-1.nginx, type: SRV }', { verb: 'resolve', name: 'web-1.nginx', type: 'SRV' }],
    ['exec: { target: pod/web-0, command: [cat, /etc/hosts] }', { verb: 'exec', command: ['cat', '/etc/hosts'] }],
    ['advance: 1m30s', { verb: 'advance', ms: 90_000 }],
  ])('%s', (text, wanted) => {
    expect(bare(bindOnly(text).action)).toMatchObject(wanted);
  });

  test('wait is a step that watches, with eventually', () => {
    const step = bindOnly('wait: { pod/web-0: Ready }');

    expect(step.action).toBeUndefined();
    expect(step.expect?.eventually.map(({ text }) => text)).toEqual(['pod/web-0: Ready']);
  });

  test.each([
    ['patch: { target: sts/web, merge: {}, json: [] }', 'wrong-value'],
    ['patch: { target: sts/web }', 'missing-member'],
    ['delete: pod/web-0', 'wrong-type'],
    ['delete: { target: pod/web-0, grace: -1 }', 'wrong-value'],
    ['fail: { target: pod/web-0, how: notReady, times: 3 }', 'bad-fault'],
    ['fail: { target: pod/web-0, how: sick }', 'wrong-value'],
    ['advance: 5', 'bad-duration'],
    ['resolve: { name: x, type: MX }', 'wrong-value'],
    ['apply: []', 'wrong-type'],
    ['apply: { kind: ConfigMap }', 'missing-member'],
  ])('%s is %s', (text, code) => {
    expect(codesOf(text)).toEqual([code]);
  });
});

describe('variables', () => {
  test('alone they keep their type, in texts and keys they are text, $$ is a dollar sign', () => {
    const step = bindOnly(
      'patch: { target: "sts/$(name)", merge: { spec: { replicas: $n, "a$(n)": "$$n $(n)$$", o: $map } } }',
      {
        variables: { map: { a: [1] } },
        head: 'with: { n: 3, name: web, map: { a: [1] } }',
      },
    );

    expect(step.action).toMatchObject({ body: { spec: { replicas: 3, a3: '$n 3$', o: { a: [1] } } } });
  });

  test('with is weaker than matrix, matrix than each', () => {
    const { scenario } = readScenario({
      file: 'x.scenario.yaml',
      root: '/',
      text: 'scenario: x\nwith: { a: 1, b: 1, c: 1 }\nmatrix: [ { b: 2, c: 2 }, { b: 3, c: 3 } ]\nsteps: [ { name: $(a)$(b)$(c), each: [ { c: 4 }, { c: 5 } ] } ]\n',
    });
    if (scenario === undefined) throw new Error('not read');

    const names = expandRuns(scenario).map((run) =>
      expandSteps(scenario, run.variables).map(
        ({ position, variables }) => bindStep(scenario, position, variables).step.name,
      ),
    );
    expect(names).toEqual([
      ['124', '125'],
      ['134', '135'],
    ]);
    expect(expandRuns(scenario).map(({ row }) => row)).toEqual([0, 1]);
  });

  test('a remembered value that does not fit is a problem of the run', () => {
    const { scenario } = readScenario({
      file: 'x.scenario.yaml',
      root: '/',
      text: 'scenario: x\nsteps: [ { remember: { n: { of: pod/a, field: x } } }, { scale: { target: sts/web, to: $n } } ]\n',
    });
    if (scenario === undefined) throw new Error('not read');

    expect(bindStep(scenario, 1, { n: 3 }).problems).toEqual([]);
    expect(bindStep(scenario, 1, { n: 'three' }).problems.map(({ code }) => code)).toEqual(['wrong-type']);
    expect(bindStep(scenario, 1, {}).problems.map(({ code }) => code)).toEqual(['undefined-variable']);
  });

  test('a selection that is made of itself is refused', () => {
    const head = 'objects: { a: { kind: pod, where: { ownedBy: none } }, b: $b }';
    expect(codesOf('wait: { $a: Ready }', head)).toEqual(['bad-reference']);
  });
});
