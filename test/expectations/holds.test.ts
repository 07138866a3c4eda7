import { describe, expect, test } from 'vitest';
import { outcome, play } from './stage.ts';

const thirty = '{ within: 1m, holds: [ { for: 30s, state: { pod/web-0: Ready } } ] }';

describe('holds', () => {
  test('passes when the state holds unbroken for that long', () => {
    const { verdicts, end } = play({
      expect: thirty,
      script: (stage) => stage.wait(1000).ready('web-0').wait(10_000).noise(),
    });

    expect(end).toBe('decided');
    expect(verdicts).toMatchObject([{ outcome: 'pass', atMs: 32_000 }]);
  });

  test('fails at the first break after the first point at which it holds', () => {
    const { verdicts } = play({
      expect: thirty,
      script: (stage) => stage.ready('web-0').wait(29_999).pod('web-0').wait(1).ready('web-0'),
    });

    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 30_999 }]);
    expect(verdicts[0]?.explanation?.seen).toBe(
      'it broke after 29.999s, at +30.999s: pod/web-0 is Pending, not scheduled',
    );
  });

  test('fails when it never began', () => {
    const { verdicts, end } = play({
      expect: thirty,
      script: (stage) => stage.pod('web-0').wait(60_001).ready('web-0'),
    });

    expect(end).toBe('budget');
    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 61_000 }]);
  });

  test('must begin within the budget and may end behind it', () => {
    const { verdicts, end } = play({ expect: thirty, script: (stage) => stage.wait(59_000).ready('web-0') });

    expect(end).toBe('budget');
    expect(verdicts).toMatchObject([{ outcome: 'pass', atMs: 90_000 }]);
  });

  test('is given its time also when nothing can happen any more; what never began fails at once', () => {
    const began = play({ expect: thirty, script: (stage) => stage.wait(200).ready('web-0'), idle: true });
    const never = play({ expect: thirty, idle: true });

    expect(began.verdicts).toMatchObject([{ outcome: 'pass', atMs: 31_200 }]);
    expect(never.verdicts).toMatchObject([{ outcome: 'fail', atMs: 1000 }]);
  });

  test('cannot hold over a gap, but can begin behind one', () => {
    expect(outcome({ expect: thirty, script: (stage) => stage.ready('web-0').gap() })).toBe('inconclusive');
    expect(outcome({ expect: thirty, script: (stage) => stage.gap().ready('web-0') })).toBe('pass');
    expect(outcome({ expect: thirty, script: (stage) => stage.gap() })).toBe('inconclusive');
  });
});
