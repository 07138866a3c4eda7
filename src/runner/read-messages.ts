// Reads the message stream of a run that was kept in a file (`--reporter stream=FILE`).

import { readFileSync } from 'node:fs';
import { formatPathError } from './path-error.ts';
import type { Message } from './messages.ts';

/** A stream, or why it cannot be used, with its line. */
export type ReadMessages =
  | { readonly kind: 'messages'; readonly messages: readonly Message[]; readonly whole: boolean }
  | { readonly kind: 'unreadable'; readonly reason: string };

const kinds: ReadonlySet<string> = new Set<Message['kind']>([
  'runStarted',
  'scenarioStarted',
  'stepStarted',
  'record',
  'stepFinished',
  'scenarioFinished',
  'runFinished',
]);

/**
 * Reads a file. A stream that ends early (its process was killed) is not `whole`: what ended before is there, a run that was
 * under way is left out.
 */
export function readMessages(path: string): ReadMessages {
  let lines: readonly string[];
  try {
    lines = readFileSync(path, 'utf8').split('\n');
  } catch (error) {
    return { kind: 'unreadable', reason: `${path} cannot be read: ${formatPathError(error)}` };
  }
  const messages: Message[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const message = parse(line);
    // Only the last line can have been cut off.
    if (message === undefined && index === lines.length - 1) break;
    if (message === undefined) {
      const hint = 'a stream is what `setpiece run --reporter stream=FILE` writes';
      return { kind: 'unreadable', reason: `${path}:${index + 1} is no message of a run (${hint})` };
    }
    messages.push(message);
  }
  const [first] = messages;
  if (first?.kind !== 'runStarted') {
    return {
      kind: 'unreadable',
      reason: `${path}: expected the message stream of a run, found ${first?.kind ?? 'nothing'} first`,
    };
  }
  if (first.format !== 1) {
    return {
      kind: 'unreadable',
      reason: `${path}: expected format 1, found ${JSON.stringify(first.format)}; read it with the version of setpiece that wrote it`,
    };
  }
  return { kind: 'messages', messages: finishedRuns(messages), whole: messages.at(-1)?.kind === 'runFinished' };
}

function parse(line: string): Message | undefined {
  try {
    const value = JSON.parse(line) as Message | null;
    return typeof value === 'object' && value !== null && kinds.has(value.kind) ? value : undefined;
  } catch {
    return undefined;
  }
}

function finishedRuns(messages: readonly Message[]): readonly Message[] {
  const ended = new Set(messages.flatMap((message) => (message.kind === 'scenarioFinished' ? [keyOf(message)] : [])));
  return messages.filter((message) => !('id' in message) || ended.has(keyOf(message)));
}

function keyOf({ id }: Extract<Message, { readonly id: unknown }>): string {
  return JSON.stringify([id.scenario, id.row, id.backend, id.seed, id.attempt]);
}
