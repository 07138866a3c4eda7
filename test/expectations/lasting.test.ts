import { describe, expect, test } from 'vitest';
import { outcome, play } from './stage.ts';
import type { Stage } from './stage.ts';

const two = (stage: Stage): void => void stage.ready('web-0').ready('web-1');

describe('never', () => {
  const calm = '{ never: [ { of: pod/web-*, is: Terminating } ] }';

  test('passes when no point shows the state until the window ends', () => {
    const { verdicts, end } = play({ expect: calm, setup: two, script: (stage) => stage.wait(2000).noise() });

    expect(end).toBe('quiet');
    expect(verdicts).toMatchObject([{ outcome: 'pass', vacuous: false, atMs: 8000 }]);
  });

  test('fails at the first point', () => {
    const { verdicts } = play({
      expect: calm,
      setup: two,
      script: (stage) => stage.wait(10).terminating('web-1').wait(10).terminating('web-0'),
    });

    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 1010 }]);
    expect(verdicts[0]?.explanation).toMatchObject({
      rule: '{ of: pod/web-*, is: Terminating } must hold at no point',
      seen: 'at +1.01s pod/web-1 is Running, Ready, Terminating',
      history: [{ atMs: 1010, object: 'pod/web-1', what: 'Terminating', decisive: true }],
    });
  });

  test('names three of the objects that it saw, and counts the others', () => {
    const { verdicts } = play({
      expect: '{ never: [ { of: pod/web-*, is: Ready, count: { gt: 4 } } ] }',
      setup: (stage) => void stage.ready('web-0').ready('web-1').ready('web-2').ready('web-3').ready('web-4'),
    });

    expect(verdicts[0]?.explanation?.seen).toBe(
      'already so when the window opened, at +1s: pod/web-0 is Running, Ready, pod/web-1 is Running, Ready, pod/web-2 is Running, Ready, and 2 more',
    );
  });

  test('sees the state at the answer', () => {
    expect(outcome({ expect: calm, setup: (stage) => stage.terminating('web-0') })).toBe('fail');
  });

  test('does not see states before the answer', () => {
    expect(
      outcome({ expect: calm, setup: (stage) => stage.terminating('web-0'), request: (stage) => stage.ready('web-0') }),
    ).toBe('pass');
  });

  test('sees that a DELETED record passes Terminating', () => {
    expect(outcome({ expect: calm, setup: two, script: (stage) => stage.gone('web-1') })).toBe('fail');
  });

  test('is vacuous when nothing ever matched the selection', () => {
    expect(outcome({ expect: calm, setup: (stage) => stage.ready('db-0') })).toBe('vacuous');
    expect(outcome({ expect: calm, script: (stage) => stage.ready('web-0') })).toBe('pass');
  });

  test('is never vacuous with a count', () => {
    expect(outcome({ expect: '{ never: [ { of: pod/web-*, is: Ready, count: { gt: 1 } } ] }' })).toBe('pass');
    expect(outcome({ expect: '{ never: [ { of: pod/web-*, is: Ready, count: { gt: 1 } } ] }', setup: two })).toBe(
      'fail',
    );
  });

  test('takes a map of clauses together', () => {
    const both = '{ never: [ { pod/web-0: NotReady, pod/web-1: NotReady } ] }';

    expect(
      outcome({ expect: both, setup: two, script: (stage) => stage.pod('web-0').ready('web-0').pod('web-1') }),
    ).toBe('pass');
    expect(outcome({ expect: both, setup: two, script: (stage) => stage.pod('web-0').pod('web-1') })).toBe('fail');
  });

  test('takes edge words as edges, those of the request too', () => {
    const created = '{ never: [ pod/web-0: Created ] }';

    expect(outcome({ expect: created, setup: two })).toBe('pass');
    expect(outcome({ expect: created, setup: two, script: (stage) => stage.gone('web-0').pod('web-0') })).toBe('fail');
    expect(outcome({ expect: created, request: (stage) => stage.pod('web-0') })).toBe('fail');
    expect(
      outcome({ expect: '{ never: [ pod/web-0: Deleted ] }', setup: two, script: (stage) => stage.gone('web-0') }),
    ).toBe('fail');
    expect(
      outcome({
        expect: '{ never: [ pod/web-*: Scheduled ] }',
        setup: (stage) => stage.pod('web-0'),
        script: (stage) => stage.ready('web-0'),
      }),
    ).toBe('fail');
  });

  test('edge words alone, of named objects, are promises that are kept even where nothing ever was', () => {
    expect(outcome({ expect: '{ never: [ pod/web-0: Created ] }' })).toBe('pass');
    expect(outcome({ expect: '{ never: [ pod/web-0..3: Scheduled ] }' })).toBe('pass');
    expect(outcome({ expect: '{ never: [ pod/web-*: Created ] }' })).toBe('vacuous');
    expect(outcome({ expect: '{ never: [ pod/web-0: Ready ] }' })).toBe('vacuous');
  });

  test('says what was so already when the window opened', () => {
    const { verdicts } = play({ expect: calm, setup: (stage) => stage.terminating('web-0') });

    expect(verdicts[0]?.explanation?.seen).toMatch(/^already so when the window opened, at \+1s: pod\/web-0 is /);
  });

  test('takes changes: creation and deletion change no value', () => {
    const steps =
      '{ never: [ { of: statefulset/web, changes: { field: spec.replicas, by: { not: { anyOf: [1, -1] } } } } ] }';
    const grow =
      (...sizes: number[]) =>
      (stage: Stage): void =>
        sizes.forEach((spec) => void stage.set('web', { spec }));

    expect(outcome({ expect: steps, script: grow(3, 4, 3) })).toBe('pass');
    expect(outcome({ expect: steps, script: grow(3, 5) })).toBe('fail');
    expect(
      outcome({
        expect: steps,
        setup: grow(3),
        script: (stage) => stage.remove('StatefulSet', 'web').set('web', { spec: 7 }),
      }),
    ).toBe('pass');
  });

  test('cannot pass over a gap, but can fail behind one', () => {
    expect(outcome({ expect: calm, setup: two, script: (stage) => stage.gap() })).toBe('inconclusive');
    expect(outcome({ expect: calm, setup: two, script: (stage) => stage.gap().terminating('web-0') })).toBe('fail');
    expect(outcome({ expect: calm, setup: two, script: (stage) => stage.gap('service') })).toBe('pass');
  });

  test('is no longer bound when the window has ended', () => {
    const { verdicts } = play({ expect: calm, setup: two, script: (stage) => stage.wait(5001).terminating('web-0') });

    expect(verdicts).toMatchObject([{ outcome: 'pass', atMs: 6000 }]);
  });
});

describe('always', () => {
  const ready = '{ always: [ pod/web-*: Ready ] }';

  test('passes when the state holds at every point', () => {
    expect(outcome({ expect: ready, setup: two, script: (stage) => stage.noise().gone('web-1') })).toBe('pass');
  });

  test('fails at the first point at which it does not', () => {
    const { verdicts } = play({
      expect: ready,
      setup: two,
      script: (stage) => stage.wait(7).pod('web-1').wait(1).pod('web-0'),
    });

    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 1007 }]);
    expect(verdicts[0]?.explanation?.seen).toBe('at +1.007s pod/web-1 is Pending, not scheduled');
  });

  test('skips points at which the selection is empty', () => {
    expect(
      outcome({
        expect: ready,
        setup: (stage) => stage.ready('web-0'),
        script: (stage) => stage.gone('web-0').noise().ready('web-0'),
      }),
    ).toBe('pass');
  });

  test('is vacuous when there is no point to ask at', () => {
    expect(outcome({ expect: ready })).toBe('vacuous');
  });

  test('with a count asks at every point', () => {
    const one = '{ always: [ { of: pod/web-*, is: Ready, count: { gte: 1 } } ] }';

    expect(outcome({ expect: one })).toBe('fail');
    expect(outcome({ expect: one, setup: two, script: (stage) => stage.pod('web-0') })).toBe('pass');
    expect(outcome({ expect: one, setup: two, script: (stage) => stage.pod('web-0').pod('web-1') })).toBe('fail');
  });

  test('cannot pass over a gap', () => {
    expect(outcome({ expect: ready, setup: two, script: (stage) => stage.gap() })).toBe('inconclusive');
  });

  test('follows values of other objects', () => {
    const truthful = `{ always: [ { of: mongocluster.db.example.com/rs0, is: { fields: { status: { ready: { lte: { valueOf: { of: statefulset/rs0, field: spec.replicas } } } } } } } ] }`;
    const report = (stage: Stage, count: number): Stage =>
      stage.put('MongoCluster', 'rs0', { status: { ready: count } });
    const setup = (stage: Stage): void => void report(stage.set('rs0', { spec: 3 }), 3);

    expect(outcome({ expect: truthful, setup, script: (stage) => report(stage.set('rs0', { spec: 4 }), 4) })).toBe(
      'pass',
    );
    expect(outcome({ expect: truthful, setup, script: (stage) => report(stage, 4) })).toBe('fail');
    expect(outcome({ expect: truthful, setup, script: (stage) => stage.set('rs0', { spec: 2 }) })).toBe('fail');
  });
});

describe('whenever', () => {
  const rule = '{ whenever: [ { when: { pod/web-0: Terminating }, then: { pod/web-1: Ready } } ] }';

  test('passes when `then` holds at each point at which `when` happens', () => {
    expect(
      outcome({ expect: rule, setup: two, script: (stage) => stage.terminating('web-0').gone('web-0').pod('web-1') }),
    ).toBe('pass');
  });

  test('fails at the first point at which it does not', () => {
    const { verdicts } = play({
      expect: rule,
      setup: two,
      script: (stage) =>
        stage.terminating('web-0').gone('web-0').ready('web-0').wait(10).pod('web-1').wait(10).terminating('web-0'),
    });

    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 1020 }]);
    expect(verdicts[0]?.explanation).toMatchObject({
      rule: 'whenever pod/web-0 is Terminating, pod/web-1: Ready must hold',
      seen: 'at +1.02s pod/web-0 is Terminating, but pod/web-1 is Pending, not scheduled',
    });
  });

  test('is vacuous without the event', () => {
    expect(outcome({ expect: rule, setup: two, script: (stage) => stage.pod('web-1') })).toBe('vacuous');
  });

  test('cannot pass over a gap', () => {
    expect(outcome({ expect: rule, setup: two, script: (stage) => stage.terminating('web-0').gap() })).toBe(
      'inconclusive',
    );
  });

  test('takes changes as events', () => {
    const grown =
      '{ whenever: [ { when: { of: statefulset/web, changes: { field: spec.replicas, to: 5 } }, then: { pod/web-0..1: Ready } } ] }';
    const setup = (stage: Stage): void => two(stage.set('web', { spec: 3 }));

    expect(outcome({ expect: grown, setup, script: (stage) => stage.set('web', { spec: 5 }) })).toBe('pass');
    expect(outcome({ expect: grown, setup, script: (stage) => stage.pod('web-1').set('web', { spec: 5 }) })).toBe(
      'fail',
    );
  });
});

describe('invariants', () => {
  const one = '{ always: [ { of: pod/web-*, is: Terminating, count: { lte: 1 } } ] }';
  const invariantOf = (options: Parameters<typeof play>[0]) =>
    play({ ...options, invariants: one }).invariants[0]?.outcome;

  test('hold over the whole run, before the step and behind its window', () => {
    expect(invariantOf({ setup: two })).toBe('pass');
    expect(invariantOf({ setup: (stage) => stage.terminating('web-0').terminating('web-1') })).toBe('fail');
    expect(invariantOf({ script: (stage) => stage.wait(50_000).terminating('web-0').terminating('web-1') })).toBe(
      'fail',
    );
  });

  test('of values count each value once', () => {
    const distinct = '{ always: [ { of: pvc/www-*, field: spec.volumeName, values: { distinct: true } } ] }';
    const claims = (...volumes: (string | undefined)[]) =>
      play({
        invariants: distinct,
        script: (stage) => volumes.forEach((volume, at) => void stage.claim(`www-${at}`, 'Bound', volume)),
      });

    expect(claims('a', 'b', undefined, undefined).invariants[0]?.outcome).toBe('pass');
    expect(claims('a', 'b', 'a').invariants[0]?.outcome).toBe('fail');
    expect(
      play({
        invariants: distinct,
        script: (stage) => stage.claim('www-0', 'Bound', 'a').claim('www-0', 'Bound', 'b').claim('www-1', 'Bound', 'a'),
      }).invariants[0]?.outcome,
    ).toBe('pass');
  });
});
