import { describe, expect, test } from 'vitest';
import { outcome, play } from './stage.ts';

describe('eventually', () => {
  test('passes at the first point at which the state holds', () => {
    const { verdicts, end } = play({
      expect: '{ eventually: { pod/web-0: Ready } }',
      script: (stage) => stage.wait(500).pod('web-0').wait(500).ready('web-0').wait(500).noise(),
    });

    expect(verdicts).toMatchObject([{ outcome: 'pass', vacuous: false, atMs: 2000 }]);
    expect(end).toBe('decided');
  });

  test('counts the state at the answer as a point', () => {
    expect(outcome({ expect: '{ eventually: { pod/web-0: Ready } }', setup: (stage) => stage.ready('web-0') })).toBe(
      'pass',
    );
  });

  test('does not count what held only before the answer', () => {
    expect(
      outcome({
        expect: '{ eventually: { pod/web-0: Ready } }',
        setup: (stage) => stage.ready('web-0'),
        request: (stage) => stage.pod('web-0'),
      }),
    ).toBe('fail');
  });

  test('fails when the budget is spent, and says what it waited for', () => {
    const { verdicts, end } = play({
      expect: '{ within: 1m, eventually: { statefulset/web: Ready } }',
      script: (stage) => {
        stage.set('web', { spec: 3, replicas: 3, ready: 2 });
        stage.wait(200).pod('web-2', { owner: 'StatefulSet/web' });
        stage.put('Event', 'web-2.1', {
          type: 'Warning',
          reason: 'FailedScheduling',
          message: '0/3 nodes available: 3 Insufficient memory',
          count: 9,
          involvedObject: { apiVersion: 'v1', kind: 'Pod', name: 'web-2' },
        });
      },
    });

    expect(end).toBe('budget');
    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 61_000 }]);
    expect(verdicts[0]?.explanation).toMatchObject({
      rule: 'statefulset/web: Ready must hold at some point within 1m',
      compared: [{ field: 'status.readyReplicas', expected: '3', received: '2' }],
      waitingOn: [
        'pod/web-2  Pending, not scheduled since +1.2s  FailedScheduling ×9: 0/3 nodes available: 3 Insufficient memory',
      ],
    });
  });

  test('fails when nothing but heartbeats can happen', () => {
    const { verdicts, end } = play({
      expect: '{ eventually: { pod/web-0: Ready } }',
      script: (stage) => stage.wait(100).pod('web-0'),
      idle: true,
    });

    expect(end).toBe('idle');
    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 1100 }]);
  });

  test('wants the clauses of a map at one point', () => {
    const script = (stage: Parameters<NonNullable<Parameters<typeof play>[0]['script']>>[0]) =>
      void stage.ready('web-0').wait(10).pod('web-0').wait(10).ready('web-1');

    expect(outcome({ expect: '{ eventually: { pod/web-0: Ready, pod/web-1: Ready } }', script })).toBe('fail');
  });

  test('wants each member of a list at some point', () => {
    const { verdicts } = play({
      expect: '{ eventually: [ { pod/web-0: Ready }, { pod/web-1: Ready } ] }',
      script: (stage) => stage.ready('web-0').wait(10).pod('web-0').wait(10).ready('web-1'),
    });

    expect(verdicts.map(({ outcome: result }) => result)).toEqual(['pass', 'pass']);
  });

  test('cannot tell after a gap whether the state held in it', () => {
    const expected = '{ eventually: { pod/web-0: Ready } }';

    expect(outcome({ expect: expected, script: (stage) => stage.gap() })).toBe('inconclusive');
    expect(outcome({ expect: expected, script: (stage) => stage.gap('service') })).toBe('fail');
    expect(outcome({ expect: expected, script: (stage) => stage.gap().ready('web-0') })).toBe('pass');
  });

  test('is inconclusive when the run stops first', () => {
    expect(outcome({ expect: '{ eventually: { pod/web-0: Ready } }', rest: 100 })).toBe('inconclusive');
  });
});
