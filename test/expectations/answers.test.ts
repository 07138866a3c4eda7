import { describe, expect, test } from 'vitest';
import { outcome, play } from './stage.ts';
import type { JudgedAnswer } from '../../src/expectations/index.ts';

const patch = 'patch: { target: sts/web, merge: { spec: { serviceName: other } } }';
const refusal: JudgedAnswer = {
  target: 'statefulset/web',
  code: 422,
  refused: true,
  value: {
    code: 422,
    reason: 'Invalid',
    message: 'StatefulSet.apps "web" is invalid: spec: Forbidden: updates to statefulset spec …',
    causes: [
      {
        field: 'spec',
        reason: 'FieldValueForbidden',
        message: 'Forbidden: updates to statefulset spec for fields other than …',
      },
    ],
  },
};
const accepted: JudgedAnswer = {
  target: 'statefulset/web',
  code: 200,
  refused: false,
  value: { code: 200, warnings: [], object: { kind: 'StatefulSet' } },
};

describe('rejected', () => {
  const expected =
    '{ rejected: { code: 422, reason: Invalid, causes: { has: [ { field: spec, message: { contains: "updates to statefulset spec" } } ] } } }';

  test('passes when the answer is a refusal that matches', () => {
    expect(outcome({ expect: expected, action: patch, answers: [refusal] })).toBe('pass');
  });

  test('fails when the request was accepted, and says so loudly', () => {
    const { verdicts } = play({ expect: expected, action: patch, answers: [accepted] });

    expect(verdicts[0]?.explanation?.seen).toBe('ACCEPTED with code 200 for statefulset/web');
    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 1000 }]);
  });

  test('fails when the request was accepted, even if the answer matches', () => {
    expect(outcome({ expect: '{ rejected: { code: 200 } }', action: patch, answers: [accepted] })).toBe('fail');
  });

  test('fails when the refusal is another one, and compares', () => {
    const { verdicts } = play({
      expect: '{ rejected: { code: 409, causes: { has: [ { field: spec, reason: FieldValueInvalid } ] } } }',
      action: patch,
      answers: [refusal],
    });

    expect(verdicts[0]?.explanation?.compared).toEqual([
      { field: 'code', expected: '409', received: '422' },
      { field: 'causes[field=spec].reason', expected: 'FieldValueInvalid', received: 'FieldValueForbidden' },
    ]);
  });

  test('wants every answer to match, or the one of the object that it names', () => {
    const answers = [refusal, { ...accepted, target: 'statefulset/db' }];

    expect(outcome({ expect: '{ rejected: { code: 422 } }', action: patch, answers })).toBe('fail');
    expect(outcome({ expect: '{ rejected: { of: sts/web, code: 422 } }', action: patch, answers })).toBe('pass');
    expect(outcome({ expect: '{ rejected: { of: sts/db, code: 422 } }', action: patch, answers })).toBe('fail');
    expect(outcome({ expect: '{ rejected: { of: sts/other, code: 422 } }', action: patch, answers })).toBe('fail');
  });
});

describe('answered', () => {
  const read = 'resolve: { name: web-1.nginx, type: A }';
  const expected =
    '{ within: 10s, answered: { records: { exactly: [ { address: { valueOf: { of: pod/web-1, field: status.podIP } } } ] } } }';
  const records = (...addresses: string[]): JudgedAnswer[] => [
    { code: 200, refused: false, value: { records: addresses.map((address) => ({ address })) } },
  ];

  test('passes when the answer matches, with values of the same point', () => {
    expect(
      outcome({
        expect: expected,
        action: read,
        setup: (stage) => stage.ready('web-1', { ip: '10.0.0.7' }),
        answers: records('10.0.0.7'),
      }),
    ).toBe('pass');
  });

  test('of a read is asked again until it matches', () => {
    const wanted: boolean[] = [];
    const { verdicts, end } = play({
      expect: expected,
      action: read,
      setup: (stage) => stage.ready('web-1', { ip: '10.0.0.7' }),
      answers: records(),
      script: (stage, judge) => {
        wanted.push(judge.wantsAnotherAnswer);
        judge.openWindow(stage.wait(1000).nowMs, records('10.0.0.7', '10.0.0.8'));
        wanted.push(judge.wantsAnotherAnswer);
        judge.openWindow(stage.wait(1000).nowMs, records('10.0.0.7'));
        wanted.push(judge.wantsAnotherAnswer);
      },
    });

    expect(wanted).toEqual([true, true, false]);
    expect(end).toBe('decided');
    expect(verdicts).toMatchObject([{ outcome: 'pass', atMs: 3000 }]);
  });

  test('of a read fails when the budget is spent', () => {
    const { verdicts } = play({
      expect: expected,
      action: read,
      setup: (stage) => stage.ready('web-1', { ip: '10.0.0.7' }),
      answers: records(),
      script: (stage, judge) => judge.openWindow(stage.wait(1000).nowMs, records('10.0.0.9')),
    });

    expect(verdicts).toMatchObject([{ outcome: 'fail', atMs: 11_000 }]);
    expect(verdicts[0]?.explanation?.compared).toEqual([
      {
        field: 'records',
        expected: 'exactly { address: status.podIP of pod/web-1 } = 10.0.0.7',
        received: '[{"address":"10.0.0.9"}]',
      },
    ]);
  });

  test('of a write is decided by its one answer', () => {
    expect(
      outcome({ expect: '{ answered: { code: 200, warnings: { count: 0 } } }', action: patch, answers: [accepted] }),
    ).toBe('pass');
    expect(outcome({ expect: '{ answered: { code: 201 } }', action: patch, answers: [accepted] })).toBe('fail');
  });
});
