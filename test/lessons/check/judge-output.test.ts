import { describe, expect, test } from 'vitest';
import { judgeOutput } from '../../../src/lessons/check/judge-output.ts';
import type { OutputJudgement } from '../../../src/lessons/check/judge-output.ts';

/** Judges a text that stands in lines 11 and on of a lesson. */
function judge(expected: string, printed: string, watching = false): OutputJudgement {
  const texts = expected.split('\n');
  return judgeOutput({ texts, prefix: '', lines: { first: 11, last: 10 + texts.length } }, printed, { watching });
}

const header = 'NAME    READY   STATUS    RESTARTS   AGE';
const web0 = 'web-0   1/1     Running   0          5s';
const web1 = 'web-1   1/1     Running   0          4s';

describe('an output', () => {
  test('is true whatever the ages, and false at its line when a cell differs', () => {
    expect(judge(`${header}\n${web0.replace('5s', '7d3h')}`, `${header}\n${web0}\n`).verdict).toBe('true');
    expect(judge(`${header}\n${web0.replace('1/1', '0/1')}`, `${header}\n${web0}\n`)).toMatchObject({
      verdict: 'false',
      reason: 'line 12 differs: READY is 1/1',
      diff: [{ kind: 'same', line: 11 }, { kind: 'missing', line: 12, remark: 'READY is 1/1' }, { kind: 'extra' }],
    });
  });

  test('is false when a row is missing or too many', () => {
    expect(judge(`${header}\n${web0}`, `${header}\n${web0}\n${web1}\n`).verdict).toBe('false');
    expect(judge(`${header}\n${web0}\n${web1}`, `${header}\n${web0}\n`).verdict).toBe('false');
  });

  test('may lack its header', () => {
    expect(judge(web0, `${header}\n${web0}\n`)).toMatchObject({ verdict: 'true', notes: ['the header is left out'] });
    expect(judge(web1.replace('Running', 'Pending'), `${header}\n${web1}\n`)).toMatchObject({
      verdict: 'false',
      reason: 'line 11 differs: STATUS is Running',
    });
  });

  test('of an older kubectl is false for its columns, and says whether they alone are the reason', () => {
    const printed =
      'NAME   STATUS   VOLUME   VOLUMEATTRIBUTESCLASS   AGE\na      Bound    pv1      <unset>                 5s\n';

    expect(judge('NAME   STATUS   VOLUME   AGE\na      Bound    pv1      5s', printed)).toMatchObject({
      verdict: 'false',
      reason:
        'columns of an older kubectl (VOLUMEATTRIBUTESCLASS not in the transcript); the columns that both have agree',
    });
    expect(judge('NAME   STATUS   VOLUME   AGE\na      Bound    pv2      5s', printed)).toMatchObject({
      verdict: 'false',
      reason:
        'columns of an older kubectl (VOLUMEATTRIBUTESCLASS not in the transcript); and line 12 differs: VOLUME is pv1',
    });
  });
});

describe('a watch', () => {
  const pending = 'web-1   0/1     Pending   0          0s';
  const creating = 'web-1   0/1     ContainerCreating   0          1s';
  const stopping = 'web-1   1/1     Terminating   0          9s';
  const stopped = 'web-1   0/1     Completed     0          9s';
  const printed = `${[header, web0, pending, creating, web1, stopping, stopped].join('\n')}\n`;

  test('may be opened later and end sooner, and show some objects only', () => {
    expect(judge([header, web0, creating, web1].join('\n'), printed, true).verdict).toBe('true');
    expect(judge([header, pending, creating].join('\n'), printed, true).verdict).toBe('true');
    expect(judge([header, web0, creating, web1].join('\n'), printed, false).verdict).toBe('false');
  });

  test('is false when its order is another, or a row between is missing', () => {
    expect(judge([header, web0, web1, pending].join('\n'), printed, true).verdict).toBe('false');
    expect(judge([header, web0, pending, web1].join('\n'), printed, true).verdict).toBe('false');
    expect(judge([header, web0, pending, creating, web1, stopping, web1].join('\n'), printed, true).verdict).toBe(
      'false',
    );
  });

  test('in an older release’s words is false for that reason', () => {
    const old = stopped.replace('Completed  ', 'Terminating');

    expect(judge([header, web0, pending, creating, web1, stopping, old].join('\n'), printed, true)).toMatchObject({
      verdict: 'false',
      reason: expect.stringMatching(/^words of an older Kubernetes/),
    });
  });

  test('in which only the order among objects differs says so', () => {
    const two = [
      header,
      'a-0   0/1     Pending   0   0s',
      'b-0   0/1     Pending   0   0s',
      'a-0   1/1     Running   0   1s',
    ];
    const other = [two[0], two[1], two[3], two[2]];

    expect(judge(other.join('\n'), `${two.join('\n')}\n`, true)).toMatchObject({
      verdict: 'false',
      reason: 'the rows of each object agree, but not their order among each other',
    });
  });
});
