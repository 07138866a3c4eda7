import { describe, expect, test } from 'vitest';

import { bare, bindExpectOf, codesOf } from './bound-step.ts';

const is = (value: unknown) => ({ kind: 'equals', operand: { kind: 'value', value } });

describe('selections', () => {
  test.each([
    ['pod/web-0', { kind: 'names', of: 'pod', names: ['web-0'] }],
    ['pv/pv-008..010', { kind: 'names', of: 'persistentvolume', names: ['pv-008', 'pv-009', 'pv-010'] }],
    ['po/web-2..0', { kind: 'names', of: 'pod', names: ['web-2', 'web-1', 'web-0'] }],
    ['pod/web-9..11', { kind: 'names', of: 'pod', names: ['web-9', 'web-10', 'web-11'] }],
    ['sts/web-*', { kind: 'pattern', of: 'statefulset.apps', pattern: 'web-*' }],
    ['mongocluster.db.example.com/rs0', { kind: 'names', of: 'mongocluster.db.example.com', names: ['rs0'] }],
    ['{ kind: pvc, name: www-* }', { kind: 'pattern', of: 'persistentvolumeclaim', pattern: 'www-*' }],
    ['{ kind: pod }', { kind: 'where', of: 'pod' }],
    ['{ kind: pod, name: web-0..1 }', { kind: 'where', name: { kind: 'anyOf', matchers: [is('web-0'), is('web-1')] } }],
    [
      '{ kind: pod, name: "w.b-*", labels: { a: b } }',
      {
        kind: 'where',
        name: { kind: 'text', operator: 'matches', operand: { kind: 'value', value: String.raw`^w\.b-.*$` } },
        labels: { kind: 'members', members: [['a', is('b')]] },
      },
    ],
    [
      '{ kind: pod, ownedBy: deploy/a, ordinal: { lt: 2 }, where: Ready }',
      { ownedBy: { of: 'deployment.apps', name: 'a' }, where: { words: [{ word: 'ready' }] } },
    ],
    ['$web', { kind: 'pattern', of: 'pod', pattern: 'web-*' }],
  ])('%s', (text, wanted) => {
    const { settled } = bindExpectOf(`settled: [ { of: ${text}, is: Terminating } ]`, 'objects: { web: pod/web-* }');

    expect(bare(settled[0]?.clauses[0]?.selection)).toMatchObject(wanted);
  });
});

describe('states', () => {
  test.each([
    ['pod/a', 'Running', 'phase', is('Running')],
    ['pod/a', 'NotReady', 'ready', is(false)],
    ['pvc/a', 'Bound', 'phase', is('Bound')],
    ['deploy/a', 'Available', 'conditions', { kind: 'members', members: [['Available', is(true)]] }],
    [
      'pod/a',
      '{ conditions: { Ready: "True", A: Unknown, B: false } }',
      'conditions',
      {
        kind: 'members',
        members: [
          ['Ready', is(true)],
          ['A', is('Unknown')],
          ['B', is(false)],
        ],
      },
    ],
    ['sts/a', '{ ownedBy: deploy/b }', 'ownedBy', is('deployment.apps/b')],
    ['sts/a', '{ ownedBy: none }', 'ownedBy', is('none')],
    ['event/a', '{ about: sts/b }', 'about', is('statefulset.apps/b')],
    ['pod/a', '{ image: { db: "mongo:7" } }', 'image', { kind: 'members', members: [['db', is('mongo:7')]] }],
    ['pod/a', '{ image: { not: "mongo:7" } }', 'image', { kind: 'not', matcher: is('mongo:7') }],
    [
      'pod/a',
      '{ containers: { db: { restarts: { gte: 1 }, waiting: CrashLoopBackOff } } }',
      'containers',
      { kind: 'members', members: [['db', { kind: 'members' }]] },
    ],
    ['svc/a', '{ endpoints: { exactly: [web-0] } }', 'endpoints', { kind: 'exactly', items: [is('web-0')] }],
    [
      'pod/a',
      '{ fields: { count: { gt: 1, lt: 5 } } }',
      'fields',
      { kind: 'members', members: [['count', { kind: 'allOf' }]] },
    ],
    [
      'pod/a',
      '{ fields: { list: [], not: 1 } }',
      'fields',
      {
        kind: 'members',
        members: [
          ['list', { kind: 'items', items: [] }],
          ['not', is(1)],
        ],
      },
    ],
    [
      'pod/a',
      '{ fields: { a: { valueOf: { of: it, field: spec.x, at: start } } } }',
      'fields',
      { members: [['a', { operand: { kind: 'valueOf', of: 'it', field: 'spec.x', at: 'start' } }]] },
    ],
  ])('%s %s', (of, state, word, matcher) => {
    const { settled } = bindExpectOf(`settled: { ${of}: ${state} }`);

    expect(bare(settled[0]?.clauses[0]?.is?.words[0])).toMatchObject({ word, matcher });
  });

  test('a state keeps the author’s words', () => {
    const { settled } = bindExpectOf('settled: { pvc/a: { phase: Bound, sinceStepStart: same }, pod/b: NotReady }');

    expect(settled[0]?.clauses.map(({ text }) => text)).toEqual([
      'pvc/a: { phase: Bound, sinceStepStart: same }',
      'pod/b: NotReady',
    ]);
  });

  test.each([
    ['settled: { pod/a: { phase: { foo: 1 } } }', 'unknown-operator'],
    ['settled: { pod/a: { fields: { a: { gt: 1, foo: 2 } } } }', 'unknown-operator'],
    ['settled: { pod/a: { ready: "true" } }', 'wrong-type'],
    ['settled: { pod/a: { conditions: { Ready: yes } } }', 'wrong-value'],
    ['settled: { pod/a: { replicas: 3 } }', 'unknown-state'],
    ['settled: { sts/a: { revision: update } }', 'unknown-state'],
    ['settled: { pod/a: { containers: { db: { redy: true } } } }', 'unknown-state'],
    ['settled: { pod/a: [Ready, Running] }', 'wrong-type'],
    ['settled: { pod/a: }', 'missing-member'],
    ['settled: {}', 'wrong-type'],
    ['settled: [ { of: pod/a-*, field: spec.x } ]', 'missing-member'],
    ['settled: [ { of: pod/a-*, is: Created, count: 1 } ]', 'edge-word-as-state'],
    ['settled: [ { of: pod/a, changes: { field: spec.x } } ]', 'unknown-member'],
    ['never: [ { of: pod/a, is: Ready, gap: 1s } ]', 'unknown-member'],
    ['order: { pod/a: Ready }', 'bad-order'],
    ['order: [ { of: pod/a, changes: { field: spec.x }, is: Ready } ]', 'wrong-value'],
    ['order: [ { of: pod/a, is: Created, count: 2 } ]', 'edge-word-as-state'],
    ['rejected: { code: 422 }', 'answer-without-request'],
    ['whenever: { when: { pod/a: Ready }, then: { pod/b: Created } }', 'edge-word-as-state'],
  ])('%s is %s', (text, code) => {
    expect(codesOf(`expect: { ${text} }`)).toEqual([code]);
  });
});

describe('temporal words', () => {
  test('a map holds together, a list item by item', () => {
    const { eventually, settled } = bindExpectOf(
      'eventually: { pod/a: Ready, pod/b: Ready }\nsettled: [ pod/a: Ready, pod/b: Ready ]',
    );

    expect(eventually.map(({ clauses }) => clauses.length)).toEqual([2]);
    expect(settled.map(({ clauses }) => clauses.length)).toEqual([1, 1]);
  });

  test('an order has ranges name by name, groups without order, and gaps in milliseconds', () => {
    const { order } = bindExpectOf(
      'order: [ pod/web-1..0: [Created, Ready], [ pod/a: Ready, pod/b: [Running, Ready] ], { of: pod/web-0..1, is: Ready, gap: { gte: 1m, lt: 2m } }, { of: pod/web-0..1, is: Ready, count: 2 }, $set: Created ]',
      'objects: { set: pod/web-* }',
    );

    expect(order.map(({ events }) => events.map(({ text }) => text))).toEqual([
      ['pod/web-1: Created'],
      ['pod/web-1: Ready'],
      ['pod/web-0: Created'],
      ['pod/web-0: Ready'],
      ['pod/a: Ready', 'pod/b: Running', 'pod/b: Ready'],
      ['{ of: pod/web-0, is: Ready, gap: { gte: 1m, lt: 2m } }'],
      ['{ of: pod/web-1, is: Ready, gap: { gte: 1m, lt: 2m } }'],
      ['{ of: pod/web-0..1, is: Ready, count: 2 }'],
      ['$set: Created'],
    ]);
    expect(bare(order[5]?.gap)).toEqual({
      kind: 'allOf',
      matchers: [
        { kind: 'compare', operator: 'gte', operand: { kind: 'value', value: 60_000 } },
        { kind: 'compare', operator: 'lt', operand: { kind: 'value', value: 120_000 } },
      ],
    });
  });

  test('never takes states as groups, edges and changes as events', () => {
    const { never } = bindExpectOf(
      'never: [ pod/a: Terminating, pod/a: Deleted, { of: pod/a, changes: { field: restarts } }, { of: pod/*, is: Ready, count: { gt: 3 } } ]',
    );

    expect(never.map((item) => (item.kind === 'event' ? item.event.kind : item.kind))).toEqual([
      'group',
      'edge',
      'changes',
      'group',
    ]);
  });

  test('until is a time, or something that is reached', () => {
    expect(bindExpectOf('until: 10s').until).toMatchObject({ kind: 'duration', ms: 10_000 });
    expect(bindExpectOf('until: [ pod/a: Ready, pod/b: Ready ]').until).toMatchObject({
      kind: 'reached',
      groups: [{}, {}],
    });
  });

  test('within, holds, whenever and prints', () => {
    const expectation = bindExpectOf(
      'within: 3m\nholds: [ { for: 30s, state: { pod/a: Ready } } ]\nwhenever: [ { when: { pod/a: Created }, then: { pod/b: Ready } } ]\nprints: [ { kubectl: get pods, output: "NAME READY\\nweb-0 1/1\\n" } ]',
    );

    expect(expectation).toMatchObject({
      withinMs: 180_000,
      holds: [{ forMs: 30_000, group: { text: 'pod/a: Ready' } }],
      // oxlint-disable-next-line unicorn/no-thenable -- a word of the language
      whenever: [{ when: { text: 'pod/a: Created' }, then: { text: 'pod/b: Ready' } }],
      prints: [{ kubectl: 'get pods', output: 'NAME READY\nweb-0 1/1\n' }],
    });
  });

  test('without within the budget is two minutes', () => {
    expect(bindExpectOf('settled: { pod/a: Ready }').withinMs).toBe(120_000);
  });
});
