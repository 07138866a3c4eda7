import { describe, expect, test } from 'vitest';
import { play } from './stage.ts';
import type { Play, Stage } from './stage.ts';

const two = (stage: Stage): void => void stage.ready('web-0').ready('web-1');

function judged(options: Play): string {
  const { verdicts, end } = play(options);
  return [
    ...verdicts.map(({ word, outcome, vacuous, atMs }) => `${word} ${vacuous ? 'vacuous' : outcome} ${atMs}`),
    end,
  ].join(', ');
}

describe('until', () => {
  test('closes the window after a time, instead of the quiet point', () => {
    const calm = '{ until: 10s, never: [ pod/web-*: Terminating ] }';

    expect(judged({ expect: calm, setup: two })).toBe('never pass 11000, until');
    expect(judged({ expect: calm, setup: two, script: (stage) => stage.wait(9999).terminating('web-0') })).toBe(
      'never fail 10999, until',
    );
    expect(judged({ expect: calm, setup: two, script: (stage) => stage.wait(10_001).terminating('web-0') })).toBe(
      'never pass 11000, until',
    );
  });

  test('closes the window when a state is reached', () => {
    const calm = '{ until: { pod/web-0: Terminating }, always: [ pod/web-1: Ready ] }';

    expect(
      judged({ expect: calm, setup: two, script: (stage) => stage.wait(60_000).terminating('web-0').pod('web-1') }),
    ).toBe('always pass 61000, until pass 61000, until');
  });

  test('of a list waits until each was reached at some point', () => {
    expect(
      judged({
        expect: '{ until: [ { pod/web-0: Terminating }, { pod/web-2: Ready } ] }',
        setup: two,
        script: (stage) => stage.wait(100).terminating('web-0').wait(100).ready('web-0').wait(100).ready('web-2'),
      }),
    ).toBe('until pass 1100, until pass 1300, until');
  });

  test('lets what settles before be judged at the quiet point, and goes on', () => {
    expect(
      judged({
        expect: '{ until: 10s, settled: { pod/web-0: Ready }, never: [ pod/web-*: Terminating ] }',
        setup: two,
        script: (stage) => stage.wait(8000).terminating('web-0'),
      }),
    ).toBe('settled pass 6000, never fail 9000, until');
  });

  test('fails when the state is not reached in the budget', () => {
    expect(
      judged({ expect: '{ within: 20s, until: { pod/web-9: Ready }, always: [ pod/web-1: Ready ] }', setup: two }),
    ).toBe('always pass 21000, until fail 21000, budget');
  });

  test('ends the wait for what has not come by then', () => {
    expect(judged({ expect: '{ until: 10s, eventually: { pod/web-9: Ready } }', setup: two })).toBe(
      'eventually fail 11000, until',
    );
    expect(judged({ expect: '{ until: 10s, eventually: { pod/web-0: Ready } }', setup: two })).toBe(
      'eventually pass 1000, until',
    );
  });

  test('may lie behind the budget, which ends the wait before', () => {
    expect(
      judged({
        expect: '{ within: 5s, until: 1m, eventually: { pod/web-9: Ready }, never: [ pod/web-*: Terminating ] }',
        setup: two,
      }),
    ).toBe('eventually fail 6000, never pass 61000, until');
  });

  test('of a state is over when nothing can happen any more, of a time it is not', () => {
    expect(judged({ expect: '{ until: 10s, never: [ pod/web-*: Terminating ] }', setup: two, idle: true })).toBe(
      'never pass 11000, until',
    );
    expect(judged({ expect: '{ until: { pod/web-9: Ready } }', setup: two, idle: true })).toBe('until fail 1000, idle');
  });

  test('cannot tell after a gap whether it was reached', () => {
    expect(
      judged({ expect: '{ within: 20s, until: { pod/web-9: Ready } }', setup: two, script: (stage) => stage.gap() }),
    ).toBe('until inconclusive 21000, budget');
  });
});
