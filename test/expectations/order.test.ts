import { describe, expect, test } from 'vitest';
import { outcome, play } from './stage.ts';
import type { Stage } from './stage.ts';

describe('order', () => {
  const oneByOne = '{ order: [ pod/web-0..1: [Created, Ready] ] }';

  test('passes when the events come in this order, others in between', () => {
    const { verdicts, end } = play({
      expect: oneByOne,
      script: (stage) =>
        stage.pod('web-0').wait(10).noise().ready('web-0').wait(10).pod('web-7').pod('web-1').wait(5).ready('web-1'),
    });

    expect(verdicts).toMatchObject([{ outcome: 'pass', atMs: 1025 }]);
    expect(end).toBe('decided');
  });

  test('fails at once when a later item is seen before an earlier one', () => {
    const { verdicts } = play({
      expect: '{ order: [ pod/web-3: Ready, pod/web-4: [Created, Ready] ] }',
      action: 'scale: { target: sts/web, to: 5 }',
      script: (stage) =>
        stage
          .wait(100)
          .pod('web-3')
          .wait(500)
          .pod('web-3', { phase: 'Running', node: 'n' })
          .wait(200)
          .pod('web-4')
          .wait(50)
          .ready('web-3'),
    });

    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 1800 }]);
    expect(verdicts[0]?.explanation).toMatchObject({
      rule: 'pod/web-3 must be Ready before pod/web-4 is Created',
      seen: 'at +1.8s pod/web-4 is Created, while pod/web-3 was Running, not Ready',
      lines: [
        { text: 'pod/web-3: Ready', remark: '← had not happened' },
        { text: 'pod/web-4: Created', remark: '← happened first' },
      ],
      history: [
        { atMs: 1000, what: 'scale sts/web to 5 requested', decisive: false },
        { atMs: 1100, object: 'pod/web-3', what: 'Created' },
        { atMs: 1600, object: 'pod/web-3', what: 'Scheduled, Running' },
        { atMs: 1800, object: 'pod/web-3', what: '(Running, not Ready)', decisive: false },
        { atMs: 1800, object: 'pod/web-4', what: 'Created', decisive: true },
      ],
    });
  });

  test('fails when an event is missing, at the end of the budget', () => {
    const { verdicts } = play({ expect: oneByOne, script: (stage) => stage.ready('web-0').wait(10).pod('web-1') });

    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 121_000 }]);
    expect(verdicts[0]?.explanation?.rule).toBe('pod/web-1 must be Ready after pod/web-1 is Created (4 of 4)');
  });

  test('hints that a missing event had happened before the window', () => {
    const { verdicts } = play({ expect: '{ order: [ pod/web-0: Ready ] }', setup: (stage) => stage.ready('web-0') });

    expect(verdicts[0]?.outcome).toBe('fail');
    expect(verdicts[0]?.explanation?.hint).toBe(
      'pod/web-0 is Ready had happened before the step began; an order needs it to happen in its window',
    );
  });

  test('gives no such hint where the object was replaced in the window', () => {
    const { verdicts } = play({
      expect: '{ order: [ pod/web-0: Ready ] }',
      setup: (stage) => stage.ready('web-0'),
      script: (stage) => stage.gone('web-0').wait(1).pod('web-0'),
    });

    expect(verdicts[0]?.outcome).toBe('fail');
    expect(verdicts[0]?.explanation).not.toHaveProperty('hint');
  });

  test('shows what the object was before the record that decided, where both events are its own', () => {
    const { verdicts } = play({
      expect: '{ order: [ pod/web-0: [Deleted, Ready] ] }',
      setup: (stage) => stage.pod('web-0', { phase: 'Running', node: 'node-1' }),
      script: (stage) => stage.wait(10).ready('web-0'),
    });

    expect(verdicts[0]?.explanation).toMatchObject({
      seen: expect.stringMatching(/pod\/web-0 is Ready, while pod\/web-0 was Running, not Ready$/) as string,
      history: expect.arrayContaining([expect.objectContaining({ what: '(Running, not Ready)' })]) as unknown,
    });
  });

  test('takes the k-th mention of an event as its k-th edge', () => {
    const expected = '{ order: [ pod/web-1: Ready, pod/web-0: Deleted, { of: pod/web-1, is: Ready } ] }';
    const setup = (stage: Stage): void => void stage.ready('web-0').pod('web-1');

    expect(
      outcome({
        expect: expected,
        setup,
        script: (stage) => stage.ready('web-1').wait(1).gone('web-0').wait(1).pod('web-1').ready('web-1'),
      }),
    ).toBe('pass');
    expect(
      outcome({
        expect: expected,
        setup,
        script: (stage) => stage.ready('web-1').pod('web-1').ready('web-1').wait(1).gone('web-0'),
      }),
    ).toBe('fail');
  });

  test('ignores edges beyond those that are mentioned', () => {
    expect(
      outcome({
        expect: '{ order: [ pod/web-0: Ready, pod/web-1: Created ] }',
        setup: (stage) => stage.pod('web-0'),
        script: (stage) => stage.ready('web-0').pod('web-0').ready('web-0').pod('web-1').pod('web-0').ready('web-0'),
      }),
    ).toBe('pass');
  });

  test('lets the members of a nested list come in any order', () => {
    const expected = '{ order: [ [ pod/web-0: Ready, pod/web-1: Ready ], pod/web-2: Created ] }';

    expect(outcome({ expect: expected, script: (stage) => stage.ready('web-1').ready('web-0').pod('web-2') })).toBe(
      'pass',
    );
    expect(outcome({ expect: expected, script: (stage) => stage.ready('web-1').pod('web-2').ready('web-0') })).toBe(
      'fail',
    );
  });

  test('lets edges of one record come in any order', () => {
    const setup = (stage: Stage): void => void stage.ready('web-0');

    expect(
      outcome({
        expect: '{ order: [ pod/web-0: [Deleted, Terminating] ] }',
        setup,
        script: (stage) => stage.gone('web-0'),
      }),
    ).toBe('pass');
    expect(
      outcome({
        expect: '{ order: [ pod/web-0: [Deleted, Terminating] ] }',
        setup,
        script: (stage) => stage.terminating('web-0').gone('web-0'),
      }),
    ).toBe('fail');
  });

  test('lets a DELETED record pass Terminating first', () => {
    expect(
      outcome({
        expect: '{ order: [ pod/web-0: [Terminating, Deleted, Created, Ready] ] }',
        setup: (stage) => stage.ready('web-0'),
        script: (stage) => stage.gone('web-0').wait(1).pod('web-0').ready('web-0'),
      }),
    ).toBe('pass');
  });

  test('counts edges between the step’s beginning and its answer', () => {
    expect(
      outcome({
        expect: '{ order: [ statefulset/web: Created, pod/web-0: Created ] }',
        request: (stage) => stage.set('web', { replicas: 0 }),
        script: (stage) => stage.pod('web-0'),
      }),
    ).toBe('pass');
  });

  test('takes changes of values as events', () => {
    const expected = '{ order: [ { of: pod/web-0, changes: { field: restarts, to: 2 } }, pod/web-0: Ready ] }';
    const setup = (stage: Stage): void => void stage.pod('web-0', { node: 'n' });
    const crash = (stage: Stage): Stage =>
      stage.pod('web-0', { node: 'n', restarts: 1 }).pod('web-0', { node: 'n', restarts: 2 });

    expect(outcome({ expect: expected, setup, script: (stage) => crash(stage).ready('web-0', { restarts: 2 }) })).toBe(
      'pass',
    );
    expect(outcome({ expect: expected, setup, script: (stage) => stage.ready('web-0') })).toBe('fail');
  });

  test('takes the edge of a quantified clause as one event', () => {
    const expected = '{ order: [ { of: pod/web-*, is: Ready, count: { gte: 2 } }, service/web: Created ] }';

    expect(
      outcome({ expect: expected, script: (stage) => stage.ready('web-0').ready('web-5').put('Service', 'web') }),
    ).toBe('pass');
    expect(
      outcome({ expect: expected, script: (stage) => stage.ready('web-0').put('Service', 'web').ready('web-1') }),
    ).toBe('fail');
  });

  test('is inconclusive across a gap on a kind that it watches, unless decided before', () => {
    expect(outcome({ expect: oneByOne, script: (stage) => stage.ready('web-0').gap().ready('web-1') })).toBe(
      'inconclusive',
    );
    expect(outcome({ expect: oneByOne, script: (stage) => stage.ready('web-0').gap('service').ready('web-1') })).toBe(
      'pass',
    );
    expect(outcome({ expect: oneByOne, script: (stage) => stage.ready('web-0').ready('web-1').gap() })).toBe('pass');
    expect(outcome({ expect: oneByOne, script: (stage) => stage.ready('web-1').gap() })).toBe('fail');
  });

  describe('gap', () => {
    const expected = '{ order: [ pod/web-0: Ready, { of: pod/web-1, is: Created, gap: { gte: 5s, lt: 8s } } ] }';
    const after = (ms: number) => (stage: Stage) => void stage.ready('web-0').wait(ms).pod('web-1');

    test('bounds the time since the item before', () => {
      expect(outcome({ expect: expected, script: after(5000) })).toBe('pass');
      expect(outcome({ expect: expected, script: after(4999) })).toBe('fail');
      expect(outcome({ expect: expected, script: after(8000) })).toBe('fail');
    });

    test('is widened by what the clocks may be off', () => {
      expect(outcome({ expect: expected, script: after(4000), options: { slackMs: 1000 } })).toBe('pass');
      expect(outcome({ expect: expected, script: after(3999), options: { slackMs: 1000 } })).toBe('fail');
      expect(outcome({ expect: expected, script: after(8999), options: { slackMs: 1000 } })).toBe('pass');
      expect(outcome({ expect: expected, script: after(9000), options: { slackMs: 1000 } })).toBe('fail');
    });

    test('of the first item counts from the answer', () => {
      const first = '{ order: [ { of: pod/web-0, is: Created, gap: { gte: 2s } } ] }';

      expect(outcome({ expect: first, script: (stage) => stage.wait(2000).pod('web-0') })).toBe('pass');
      expect(outcome({ expect: first, script: (stage) => stage.wait(1999).pod('web-0') })).toBe('fail');
    });

    test('says how long it took', () => {
      const { verdicts } = play({ expect: expected, script: after(100) });

      expect(verdicts[0]?.explanation).toMatchObject({
        rule: 'pod/web-1 must be Created >= 5s and < 8s after pod/web-0 is Ready',
        seen: 'it took 100ms',
      });
    });
  });
});
