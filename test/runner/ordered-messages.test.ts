import { expect, test } from 'vitest';
import { OrderedMessages } from '../../src/runner/ordered-messages.ts';
import { finished } from '../reporters/stored-run.ts';
import type { Message } from '../../src/runner/messages.ts';

function message(name: string): Message {
  return finished({ title: name });
}

function titles(messages: readonly Message[]): readonly string[] {
  return messages.map((one) => (one.kind === 'scenarioFinished' ? one.title : one.kind));
}

test('runs that go on at the same time are told one after another, in the order in which they were begun', () => {
  const told: Message[] = [];
  const ordered = new OrderedMessages((one) => void told.push(one));
  const [first, second, third] = [ordered.lane(), ordered.lane(), ordered.lane()];

  third.emit(message('3a'));
  third.end();
  second.emit(message('2a'));
  first.emit(message('1a'));
  expect(titles(told)).toEqual(['1a']);

  first.emit(message('1b'));
  first.end();
  expect(titles(told)).toEqual(['1a', '1b', '2a']);

  second.emit(message('2b'));
  second.end();
  expect(titles(told)).toEqual(['1a', '1b', '2a', '2b', '3a']);
});
