import { describe, expect, test } from 'vitest';
import { createJudge } from '../../src/expectations/index.ts';
import { bound, play, Stage } from './stage.ts';

const calm = '{ never: [ pod/web-*: Terminating ] }';

describe('the window of a step', () => {
  test('W-1 begins with the state at the answer; what was before serves same and replaced, changes and edges', () => {
    const { verdicts } = play({
      expect: `{ within: 20s,
        eventually: [ { pod/web-0: NotReady }, { pod/web-0: { sinceStepStart: replaced } } ],
        order: [ pod/web-0: Deleted, { of: statefulset/web, changes: { field: spec.replicas, to: 5 } } ] }`,
      setup: (stage) => stage.ready('web-0').set('web', { spec: 3 }),
      request: (stage) => stage.pod('web-0').gone('web-0').ready('web-0').set('web', { spec: 5 }),
    });

    expect(verdicts.map(({ word, outcome }) => `${word} ${outcome}`)).toEqual([
      'order pass',
      'eventually fail',
      'eventually pass',
    ]);
  });

  test('W-2 ends as soon as the positive words are decided, when nothing lasts', () => {
    expect(play({ expect: '{ eventually: { pod/web-0: Ready } }', setup: (stage) => stage.ready('web-0') }).end).toBe(
      'decided',
    );
    expect(play({}).end).toBe('decided');
    expect(play({ expect: '{}' }).end).toBe('decided');
  });

  test('W-2 ends at the first quiet point after they are decided, when something lasts', () => {
    const { verdicts, end } = play({
      expect: '{ order: [ pod/web-0: Created ], never: [ pod/web-*: Terminating ] }',
      setup: (stage) => stage.ready('web-1'),
      // Quiet for long, but the order is not decided.
      script: (stage) => stage.wait(40_000).ready('web-0').wait(5_001).terminating('web-0'),
    });

    expect(end).toBe('quiet');
    expect(verdicts.map(({ word, outcome, atMs }) => `${word} ${outcome} ${atMs}`)).toEqual([
      'order pass 41000',
      'never pass 46000',
    ]);
  });

  test('W-2 goes on to the quiet point after a positive word has failed', () => {
    const { end } = play({
      expect: '{ order: [ pod/web-0: Ready, pod/web-1: Created ], settled: { pod/web-0: Ready } }',
      script: (stage) => stage.pod('web-1').wait(10).ready('web-0'),
    });

    expect(end).toBe('quiet');
  });

  test('stays open while the time of `advance` passes, and sees what happens meanwhile', () => {
    const seen = (expect: string, ms: number) =>
      play({
        action: 'advance: 60s',
        expect,
        setup: (stage) => stage.ready('web-0').ready('web-1'),
        script: (stage) => stage.wait(ms).terminating('web-0', { grace: 0 }).gone('web-0'),
      });
    const never = '{ never: [ pod/web-*: Terminating ] }';

    expect(seen(never, 40_000).verdicts).toMatchObject([{ outcome: 'fail', atMs: 41_000 }]);
    expect(seen(never, 61_000)).toMatchObject({ verdicts: [{ outcome: 'pass', atMs: 61_000 }], end: 'quiet' });
    expect(seen(never, 58_000).verdicts).toMatchObject([{ outcome: 'fail', atMs: 59_000 }]);
    expect(seen('{ settled: { pod/web-0: Ready } }', 59_000).verdicts).toMatchObject([
      { outcome: 'fail', atMs: 65_000 },
    ]);
    expect(seen('{ eventually: { pod/web-1: Ready } }', 0)).toMatchObject({
      verdicts: [{ outcome: 'pass', atMs: 1000 }],
      end: 'decided',
    });
  });

  test('of `advance` has its budget behind the time that passes, and cannot be ended before by `until`', () => {
    const { verdicts } = play({ action: 'advance: 5m', expect: '{ within: 10s, eventually: { pod/web-9: Ready } }' });
    const ended = play({ action: 'advance: 1m', expect: '{ until: 10s, never: [ pod/web-9: Ready ] }' });

    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 311_000 }]);
    expect(ended.verdicts).toMatchObject([{ atMs: 61_000 }]);
  });

  test('goes on to the quiet point when nothing more can happen; what is awaited fails early', () => {
    const { verdicts, end } = play({
      expect: '{ eventually: { pod/web-9: Ready }, never: [ pod/web-*: Terminating ], settled: { pod/web-0: Ready } }',
      script: (stage) => stage.wait(100).ready('web-0').wait(30),
      idle: true,
    });

    expect(end).toBe('quiet');
    expect(verdicts.map(({ word, outcome, atMs }) => `${word} ${outcome} ${atMs}`)).toEqual([
      'eventually fail 1130',
      'settled pass 6100',
      'never pass 6100',
    ]);
  });

  test('counts in whole microseconds, so that a deadline is not missed by a rounding', () => {
    for (let micros = 1_000_003; micros < 2_000_000; micros += 9973) {
      const judge = createJudge({ quietMs: 5000, slackMs: 0, patience: 1 });
      judge.beginStep(bound({ expect: calm }).step, micros / 1000);
      judge.openWindow(micros / 1000, []);

      expect(judge.nextMs).toBe((micros + 5_000_000) / 1000);
    }
  });

  test('W-4 has a budget of two minutes, times the patience', () => {
    const expected = { expect: '{ eventually: { pod/web-0: Ready } }' };

    expect(play(expected).verdicts[0]?.atMs).toBe(121_000);
    expect(play({ ...expected, options: { patience: 3 } }).verdicts[0]?.atMs).toBe(361_000);
    expect(play({ expect: '{ within: 10s, eventually: { pod/web-0: Ready } }' }).verdicts[0]?.atMs).toBe(11_000);
  });

  test('W-4 decides before a record that comes at the very end of the budget', () => {
    const late = (ms: number) =>
      play({
        expect: '{ within: 10s, eventually: { pod/web-0: Ready } }',
        script: (stage) => stage.wait(ms).ready('web-0'),
      }).verdicts[0]?.outcome;

    expect(late(9_999)).toBe('pass');
    expect(late(10_000)).toBe('fail');
  });

  test('W-5 gives records behind its end to the next baseline only', () => {
    const { step } = bound({ expect: calm });
    const next = bound({ expect: '{ eventually: { pod/web-0: { sinceStepStart: same } } }' }).step;
    const judge = createJudge({ quietMs: 5000, slackMs: 0, patience: 1 });
    const stage = new Stage((record) => judge.observe(record));
    stage.ready('web-0');
    judge.beginStep(step, 0);
    judge.openWindow(0, []);
    stage.wait(6000).terminating('web-0').gone('web-0').ready('web-0');

    expect(judge.windowEnd).toBe('quiet');
    expect(judge.endStep()).toMatchObject([{ outcome: 'pass' }]);
    judge.beginStep(next, stage.nowMs);
    judge.openWindow(stage.nowMs, []);
    expect(judge.endStep()).toMatchObject([{ outcome: 'pass' }]);
  });

  test('does not depend on how often time is told', () => {
    const scripted = (tick: number | undefined) =>
      play({
        expect:
          '{ order: [ pod/web-0: Created ], settled: { pod/web-0: Ready }, holds: [ { for: 7s, state: { pod/web-0: Ready } } ] }',
        script: (stage, judge) => {
          stage.wait(3000).ready('web-0');
          if (tick === undefined) return;
          for (let ms = stage.nowMs; ms < 30_000; ms += tick) judge.advance(ms);
        },
      });

    const once = scripted(undefined);

    expect(scripted(1).verdicts).toEqual(once.verdicts);
    expect(scripted(777).verdicts).toEqual(once.verdicts);
    expect(once.verdicts.map(({ atMs }) => atMs)).toEqual([4000, 11_000, 11_000]);
  });

  test('tells when time may change something', () => {
    const { step } = bound({
      expect: '{ within: 30s, eventually: { pod/web-0: Ready }, settled: { pod/web-0: Ready } }',
    });
    const judge = createJudge({ quietMs: 5000, slackMs: 0, patience: 1 });
    const stage = new Stage((record) => judge.observe(record));

    judge.beginStep(step, 0);
    expect(judge.nextMs).toBeUndefined();
    judge.openWindow(100, []);
    expect(judge.nextMs).toBe(30_100);
    stage.wait(2000).ready('web-0');
    expect(judge.nextMs).toBe(7000);
    judge.advance(7000);
    expect([judge.windowEnd, judge.nextMs]).toEqual(['quiet', undefined]);
  });
});
