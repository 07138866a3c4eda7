// The arguments of kubectl, taken apart as kubectl would: words, flags long and short, and what follows `--`.

import { isPlainFormat, longName, readFlag } from './flags.ts';

/** A command line taken apart. */
export interface KubectlArguments {
  readonly words: readonly string[];
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly string[];
  readonly inner: readonly string[];
}

/** Takes arguments apart; a text is the reason why they may not be used. */
export function readArguments(given: readonly string[]): KubectlArguments | string {
  const reader = new ArgumentReader(given);
  return reader.read();
}

class ArgumentReader {
  readonly #rest: string[];
  readonly #words: string[] = [];
  readonly #flags = new Map<string, string[]>();
  readonly #files: string[] = [];

  constructor(given: readonly string[]) {
    this.#rest = [...given];
  }

  read(): KubectlArguments | string {
    let inner: readonly string[] = [];
    for (let word = this.#rest.shift(); word !== undefined; word = this.#rest.shift()) {
      if (word === '--') {
        inner = this.#rest.splice(0);
        break;
      }
      const refused = this.#readWord(word);
      if (refused !== undefined) return refused;
    }
    return { words: this.#words, flags: this.#flags, files: this.#files, inner };
  }

  #readWord(word: string): string | undefined {
    if (word.startsWith('--')) {
      const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
      return this.#readFlag(name, value);
    }
    if (!word.startsWith('-') || word === '-') {
      this.#words.push(word);
      return undefined;
    }
    for (let at = 1; at < word.length; at++) {
      const name = longName(word[at]!, this.#words[0] ?? '');
      if (name === undefined) return `the flag -${word[at]!} is not known`;
      const flag = readFlag(name);
      const rest = word.slice(at + 1);
      if ('kind' in flag && flag.kind === 'switch' && !rest.startsWith('=')) {
        const refused = this.#readFlag(name, undefined);
        if (refused !== undefined) return refused;
        continue;
      }
      return this.#readFlag(name, rest === '' ? undefined : rest.replace(/^=/, ''));
    }
    return undefined;
  }

  #readFlag(name: string, given: string | undefined): string | undefined {
    const flag = readFlag(name);
    if ('refused' in flag) return flag.refused;
    const value = given ?? (flag.kind === 'switch' ? '' : this.#rest.shift());
    if (value === undefined) return `the flag --${name} needs a value`;
    if (flag.kind === 'output' && !isPlainFormat(value)) return `the output format \`${value}\` is not known`;
    if (flag.kind === 'file') this.#files.push(...value.split(','));
    else this.#flags.set(name, [...(this.#flags.get(name) ?? []), value]);
    return undefined;
  }
}
