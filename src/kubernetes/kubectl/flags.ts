// Reads flags as kubectl's own reader (pflag) does: `--flag value`, `--flag=value`, `-f value`, `-fvalue`, `-wq`.

import { closest } from '../did-you-mean.ts';

/** The flags of a command: name to whether it takes a value, and its short form. */
export type FlagTable = Readonly<Record<string, { readonly value: boolean; readonly short?: string }>>;

/** Flags by name, in written order, and the words that are none. */
export type ReadFlags =
  | { readonly ok: true; readonly flags: ReadonlyMap<string, readonly string[]>; readonly words: readonly string[] }
  | { readonly ok: false; readonly message: string; readonly hint?: string };

/** Sorts words into flags and others. A flag without a value is `true`. */
export function readFlags(words: readonly string[], table: FlagTable): ReadFlags {
  const flags = new Map<string, string[]>();
  const others: string[] = [];
  const add = (name: string, value: string): void => void flags.set(name, [...(flags.get(name) ?? []), value]);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') {
      others.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      others.push(word);
      continue;
    }
    const found = word.startsWith('--') ? longFlag(word, table) : shortFlag(word, table);
    if (found === undefined) return unknownFlag(word, table);
    for (const name of found.set) add(name, 'true');
    if (found.name === undefined) continue;
    let { value } = found;
    if (value === undefined) {
      at += 1;
      value = words[at];
      if (value === undefined) return { ok: false, message: `flag \`${word}\` needs a value` };
    }
    add(found.name, value);
  }
  return { ok: true, flags, words: others };
}

interface FoundFlag {
  /** Flags that are switched on. */
  readonly set: readonly string[];
  /** A flag with a value. */
  readonly name?: string;
  /** Its value; undefined: the next word. */
  readonly value?: string;
}

function longFlag(word: string, table: FlagTable): FoundFlag | undefined {
  const equal = word.indexOf('=');
  const name = word.slice(2, equal < 0 ? undefined : equal);
  const flag = Object.hasOwn(table, name) ? table[name] : undefined;
  if (flag === undefined) return undefined;
  if (equal >= 0) return { set: [], name, value: word.slice(equal + 1) };
  return flag.value ? { set: [], name } : { set: [name] };
}

function shortFlag(word: string, table: FlagTable): FoundFlag | undefined {
  const set: string[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const found = Object.entries(table).find(([, { short }]) => short === word[at]);
    if (found === undefined) return undefined;
    const [name, { value }] = found;
    const rest = word.slice(at + 1);
    if (!value && !rest.startsWith('=')) set.push(name);
    else return { set, name, ...(rest === '' ? {} : { value: rest.replace(/^=/u, '') }) };
  }
  return { set };
}

function unknownFlag(word: string, table: FlagTable): ReadFlags {
  const name = word.replace(/=.*$/su, '');
  const near = closest(
    name,
    Object.keys(table).map((known) => `--${known}`),
  );
  const hint = near === undefined ? {} : { hint: `did you mean \`${near}\`?` };
  return { ok: false, message: `flag \`${name}\` cannot be shown`, ...hint };
}
