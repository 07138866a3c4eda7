import { describe, expect, test } from 'vitest';
import { outcome, play } from './stage.ts';
import type { Stage } from './stage.ts';

describe('settled', () => {
  test('passes when the state holds at the first quiet point', () => {
    const { verdicts, end } = play({
      expect: '{ settled: { pod/web-0: Ready } }',
      script: (stage) => stage.pod('web-0').wait(4000).ready('web-0'),
    });

    expect(verdicts).toMatchObject([{ outcome: 'pass', atMs: 10_000 }]);
    expect(end).toBe('quiet');
  });

  test('fails when the state does not hold then, though it did before and would later', () => {
    const { verdicts } = play({
      expect: '{ settled: { pod/web-0: Ready } }',
      script: (stage) =>
        stage.ready('web-0').wait(100).pod('web-0', { phase: 'Running', node: 'n' }).wait(6000).ready('web-0'),
    });

    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 6100 }]);
    expect(verdicts[0]?.explanation).toMatchObject({
      rule: 'once everything is quiet, pod/web-0: Ready must hold',
      seen: 'quiet, but pod/web-0 is Running, not Ready',
      compared: [{ field: 'ready', expected: 'true', received: 'false' }],
    });
  });

  test('fails when it is not quiet in the budget, and lists what moves', () => {
    const { verdicts, end } = play({
      expect: '{ within: 10s, settled: { pod/web-0: Running } }',
      script: (stage) => stage.pod('web-0', { node: 'n', waiting: 'ContainerCreating' }),
    });

    expect(end).toBe('budget');
    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 11_000 }]);
    expect(verdicts[0]?.explanation).toMatchObject({
      seen: 'not quiet: the budget of 10s was spent at +11s, 1 still moving',
      waitingOn: ['pod/web-0  starting'],
    });
  });

  test('waits until order, eventually and holds are decided', () => {
    const { verdicts } = play({
      expect: '{ order: [ pod/web-0: Created ], settled: { pod/web-0: { exists: true } } }',
      script: (stage) => stage.wait(30_000).pod('web-0'),
    });

    expect(verdicts).toMatchObject([
      { word: 'order', outcome: 'pass' },
      { word: 'settled', outcome: 'pass', atMs: 36_000 },
    ]);
  });

  test('takes a quiet point that has come while a state was held', () => {
    const { verdicts } = play({
      expect: '{ within: 10s, holds: [ { for: 60s, state: { pod/web-0: Ready } } ], settled: { pod/web-0: Ready } }',
      script: (stage) => stage.wait(1000).ready('web-0'),
    });

    expect(verdicts).toMatchObject([
      { word: 'holds', outcome: 'pass', atMs: 62_000 },
      { word: 'settled', outcome: 'pass', atMs: 62_000 },
    ]);
  });

  test('hints at a longer wait only where something is still to come', () => {
    const hintOf = (script: (stage: Stage) => void): string | undefined =>
      play({
        expect:
          '{ settled: [ { of: pod/web-*, is: Ready, count: 2 }, { statefulset/web: { availableReplicas: 2 } } ] }',
        script,
      }).verdicts.find(({ outcome }) => outcome === 'fail')?.explanation?.hint;
    const three = (stage: Stage): Stage => stage.ready('web-0').ready('web-1').ready('web-2');

    expect(hintOf((stage) => three(stage).set('web', { spec: 3, status: { availableReplicas: 3 } }))).toBeUndefined();
    expect(hintOf((stage) => stage.ready('web-0').pod('web-1'))).toContain('longer than the quiet time');
    expect(hintOf((stage) => stage.ready('web-0').ready('web-1').set('web', { spec: 2 }))).toContain('longer than');
  });

  test('waits for the quiet point also when nothing but heartbeats can happen', () => {
    const { verdicts, end } = play({
      expect: '{ settled: { pod/web-0: Ready } }',
      script: (stage) => stage.wait(10).ready('web-0'),
      idle: true,
    });

    expect(end).toBe('quiet');
    expect(verdicts).toMatchObject([{ outcome: 'pass', atMs: 6010 }]);
  });

  test('fails when nothing can happen and something is still in flight', () => {
    const { verdicts } = play({
      expect: '{ settled: { statefulset/web: Ready } }',
      script: (stage) => stage.set('web', { generation: 2, observed: 1 }),
      idle: true,
    });

    expect(verdicts[0]).toMatchObject({ outcome: 'fail', atMs: 1000 });
    expect(verdicts[0]?.explanation?.waitingOn).toEqual(['statefulset/web  newest generation not observed']);
  });

  test('is not shaken by a gap: what is there afterwards is known', () => {
    expect(
      outcome({ expect: '{ settled: { pod/web-0: Ready } }', script: (stage) => stage.gap().ready('web-0') }),
    ).toBe('pass');
  });
});
