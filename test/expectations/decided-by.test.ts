import { describe, expect, test } from 'vitest';
import { play } from './stage.ts';
import type { Played } from './stage.ts';

function versionOf({ stage }: Played, index: number): string | undefined {
  const record = stage.records[index];
  return record?.kind === 'observation' ? record.object.metadata.resourceVersion : undefined;
}

describe('the record that decided', () => {
  test('a pass names the record that completed it', () => {
    const played = play({
      expect: '{ order: [ pod/web-0: Created, pod/web-1: Created ] }',
      script: (stage) => stage.pod('web-0').wait(10).pod('web-1').wait(10).pod('web-2'),
    });

    expect(played.verdicts[0]?.decidedBy).toEqual({ object: 'pod/web-1', resourceVersion: versionOf(played, 1) });
  });

  test('a failure names the record that broke it, as its history does', () => {
    const played = play({ expect: '{ never: [ pod/web-0: Created ] }', script: (stage) => stage.pod('web-0') });
    const [verdict] = played.verdicts;
    const row = verdict?.explanation?.history.find(({ decisive }) => decisive);

    expect(verdict?.decidedBy).toEqual({ object: row?.object, resourceVersion: row?.resourceVersion });
  });

  test('a state that held from the start was decided by no record', () => {
    const played = play({ expect: '{ eventually: { pod/web-0: Ready } }', setup: (stage) => stage.ready('web-0') });

    expect(played.verdicts[0]).toMatchObject({ outcome: 'pass' });
    expect(played.verdicts[0]).not.toHaveProperty('decidedBy');
  });

  test.each(['{ eventually: { pod/web-0: Ready } }', '{ settled: { pod/web-0: Ready } }'])(
    '%s that time decided names none',
    (words) => {
      const played = play({ expect: words, script: (stage) => stage.pod('web-0').wait(1).pod('web-1') });

      expect(played.verdicts[0]).toMatchObject({ outcome: 'fail' });
      expect(played.verdicts[0]).not.toHaveProperty('decidedBy');
    },
  );

  test('what holds to the end of the window is decided by its end, though a record ended it', () => {
    const played = play({
      expect: '{ until: { pod/web-1: { exists: true } }, never: [ pod/web-0: Terminating ] }',
      setup: (stage) => stage.ready('web-0'),
      script: (stage) => stage.wait(10).pod('web-1'),
    });
    const never = played.verdicts.find(({ word }) => word === 'never');
    const until = played.verdicts.find(({ word }) => word === 'until');

    expect(never).toMatchObject({ outcome: 'pass' });
    expect(never).not.toHaveProperty('decidedBy');
    expect(until?.decidedBy?.object).toBe('pod/web-1');
  });

  test('an invariant names the record as well', () => {
    const played = play({
      expect: '{ eventually: { pod/web-1: Ready } }',
      invariants: '{ never: [ pod/web-0: Created ] }',
      script: (stage) => stage.pod('web-0').ready('web-1'),
    });

    expect(played.invariants[0]?.decidedBy?.object).toBe('pod/web-0');
  });
});
