import { expect, test } from 'vitest';
import { EventCorrelator, type Utterance } from '../../../src/simulator/controllers/event-correlator.ts';

const second = 1_000_000;

function about(message: string, change: Partial<Utterance> = {}): Utterance {
  return { uid: 'web', fieldPath: undefined, type: 'Normal', reason: 'SuccessfulCreate', message, ...change };
}

test('what was said before is the same event with a higher count', () => {
  const correlator = new EventCorrelator();
  const first = correlator.correlate(about('created web-0'), 0);
  const other = correlator.correlate(about('created web-1'), 0);
  const again = correlator.correlate(about('created web-0'), second);

  expect(again?.log).toBe(first?.log);
  expect(again?.log.count).toBe(2);
  expect(other?.log.count).toBe(1);
  expect(again?.message).toBe('created web-0');
});

test.each([
  ['uid', { uid: 'other' }],
  ['field path', { fieldPath: 'spec.containers{c}' }],
  ['type', { type: 'Warning' }],
  ['reason', { reason: 'FailedCreate' }],
] as const)('another %s is another event', (_, change) => {
  const correlator = new EventCorrelator();
  const first = correlator.correlate(about('said'), 0);

  expect(correlator.correlate(about('said', change), 0)?.log).not.toBe(first?.log);
});

test('the tenth different message of one reason is combined, as on the recorded cluster', () => {
  const correlator = new EventCorrelator();
  const messages = Array.from({ length: 12 }, (_, count) => `created web-${count}`);

  const shown = messages.map((message) => correlator.correlate(about(message), 0)!);

  expect(shown.slice(0, 9).map(({ message }) => message)).toEqual(messages.slice(0, 9));
  expect(shown.slice(9).map(({ message }) => message)).toEqual(
    messages.slice(9).map((message) => `(combined from similar events): ${message}`),
  );
  expect(new Set(shown.slice(9).map(({ log }) => log)).size).toBe(1);
  expect(shown.at(-1)!.log.count).toBe(3);
});

test('after more than 600 s of silence similar messages are told apart again', () => {
  const correlator = new EventCorrelator();
  for (let count = 0; count < 12; count++) correlator.correlate(about(`created web-${count}`), 0);

  expect(correlator.correlate(about('created web-20'), 600 * second)?.message).toMatch(/^\(combined/);
  expect(correlator.correlate(about('created web-21'), 1201 * second)?.message).toBe('created web-21');
});

test('the spam filter lets 25 through, then one each 300 s; what it drops counts all the same', () => {
  const correlator = new EventCorrelator();
  const say = (at: number) => correlator.correlate(about('back-off'), at)?.log.count;

  expect(Array.from({ length: 27 }, () => say(0))).toEqual([
    ...Array.from({ length: 25 }, (_, count) => count + 1),
    undefined,
    undefined,
  ]);
  expect(say(299 * second)).toBeUndefined();
  expect(say(300 * second)).toBe(29);
  expect(say(301 * second)).toBeUndefined();
  expect(correlator.correlate(about('back-off', { uid: 'another' }), 301 * second)).toBeDefined();
});

test('a source remembers the 4,096 objects that it mentioned last, and forgets those before twice as many', () => {
  const correlator = new EventCorrelator();
  const countOf = (uid: string) => correlator.correlate(about('said', { uid }), 0)?.log.count;
  countOf('old');
  countOf('kept');
  for (let count = 0; count < 8192; count++) {
    countOf(`uid-${count}`);
    if (count % 4000 === 0) countOf('kept');
  }

  expect(countOf('kept')).toBe(5);
  expect(countOf('uid-4200')).toBe(2);
  expect(countOf('old')).toBe(1);
});
