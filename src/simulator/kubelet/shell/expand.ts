// What the words of a command line become: variables, output of other commands, and words that fall apart at blanks.

import type { Micros } from '../../clock.ts';
import type { Shell } from './state.ts';
import type { Change, Part, Word } from './syntax.ts';

/** The words that a word becomes: none when only an empty variable is in it. */
export function* expandWord(shell: Shell, word: Word): Generator<Micros, readonly string[], void> {
  const words: string[] = [];
  let open: string | undefined;
  for (const part of word) {
    const value = yield* valueOf(shell, part);
    if (part.kind === 'text' || part.quoted) {
      open = (open ?? '') + value;
      continue;
    }
    const [first = '', ...more] = value.split(/[ \t\n]+/);
    if (first !== '') open = (open ?? '') + first;
    for (const each of more) {
      if (open !== undefined) words.push(open);
      open = each === '' ? undefined : each;
    }
  }
  return open === undefined ? words : [...words, open];
}

/** A word as one, blanks and all: in assignments and as the name of a file. */
export function* joinWord(shell: Shell, word: Word): Generator<Micros, string, void> {
  let text = '';
  for (const part of word) text += yield* valueOf(shell, part);
  return text;
}

function* valueOf(shell: Shell, part: Part): Generator<Micros, string, void> {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'variable') return changed(variable(shell, part.name), part.change);
  let output = '';
  const inner: Shell = { ...shell, variables: new Map(shell.variables), exited: undefined };
  shell.status = yield* shell.interpreter.runScript(inner, part.script, {
    input: '',
    out: (text) => void (output += text),
    error: () => undefined,
  });
  return output.replace(/\n+$/, '');
}

function variable({ variables, status }: Shell, name: string): string {
  if (name === '?') return String(status);
  if (name === '$') return '1';
  return variables.get(name) ?? '';
}

function changed(value: string, change: Change | undefined): string {
  if (change === undefined) return value;
  if (change.kind === 'default') return value === '' ? change.text : value;
  const pattern = Array.from(change.pattern, (letter) =>
    letter === '*' ? (change.longest ? '.*' : '.*?') : quoted(letter),
  );
  if (change.from === 'start') return value.replace(new RegExp(`^${pattern.join('')}`, 's'), '');
  // The shortest match at the end begins as late as possible.
  const before = change.longest ? '(.*?)' : '(.*)';
  return value.replace(new RegExp(`^${before}${pattern.join('')}$`, 's'), '$1');
}

function quoted(letter: string): string {
  return letter === '?' ? '.' : letter.replace(/[\\^$.|+()[\]{}]/, String.raw`\$&`);
}
