// Puts the values of variables in their places: `$name` alone keeps its type, `$(name)` stands inside of texts and keys,
// `$$` is a dollar sign.

import { closest } from '../kubernetes/did-you-mean.ts';
import { locate, quote } from './located.ts';
import type { Located, LocatedEntry, LocatedScalar } from './located.ts';
import type { Variables } from './model.ts';
import type { ProblemList } from './problem-list.ts';

/** What names mean at one place of a scenario. */
export interface Scope {
  readonly values: Variables;
  /** Names that have a value in a run, which nobody knows yet. */
  readonly unknown: ReadonlySet<string>;
  /** Names of selections under `objects:`; `$name` of one stays for the reader of selections. */
  readonly selections: ReadonlySet<string>;
  /** Stands in texts for an unknown value. The default can be an ordinal, a name, and a part of either. */
  readonly placeholder?: string;
}

/** The form of a variable's name. */
export const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** How many names are looked through for "did you mean", and how many are listed. */
const candidatesMax = 200;
const shownMax = 20;

const alone = /^\$([A-Za-z_][A-Za-z0-9_]*)$/;
/** What looks like a variable inside of text and is none: `${name}`, `$name`. */
const loose = /\$\$|\$\{\s*(\w+)\s*\}|\$([A-Za-z_]\w*)/g;
const inside = /\$\$|\$\(([^()\s]*)\)/g;

/** A copy of a value with all variables replaced; values from variables have the place of the token they stand for. */
export function replaceVariables(node: Located, scope: Scope, problems: ProblemList): Located {
  if (node.kind === 'scalar') return replaceInScalar(node, scope, problems);
  if (node.kind === 'list') {
    return { ...node, items: node.items.map((item) => replaceVariables(item, scope, problems)) };
  }
  return { ...node, entries: node.entries.map((entry) => replaceInEntry(entry, scope, problems)) };
}

function replaceInScalar(node: LocatedScalar, scope: Scope, problems: ProblemList): Located {
  if (typeof node.value !== 'string' || !node.value.includes('$')) return node;
  const name = alone.exec(node.value)?.[1];
  if (name === undefined) return { ...node, ...replaceInText(node.value, { scope, place: node }, problems) };
  if (scope.selections.has(name)) return { ...node, selection: name };
  if (scope.unknown.has(name)) return { ...node, guessed: true };
  const value = Object.hasOwn(scope.values, name) ? scope.values[name] : undefined;
  if (value !== undefined) return locate(value, node.span);
  addUndefined({ name, written: `$${name}`, place: node }, scope, problems);
  return { ...node, guessed: true };
}

function replaceInEntry(entry: LocatedEntry, scope: Scope, problems: ProblemList): LocatedEntry {
  const value = replaceVariables(entry.value, scope, problems);
  if (!entry.key.includes('$')) return { ...entry, value };
  const { value: key, ...rest } = replaceInText(entry.key, { scope, place: { keyOf: entry } }, problems);
  return { ...entry, ...rest, key, value };
}

interface TextPlace {
  readonly scope: Scope;
  readonly place: LocatedScalar | { readonly keyOf: LocatedEntry };
}

function replaceInText(
  text: string,
  { scope, place }: TextPlace,
  problems: ProblemList,
): { value: string; guessed?: true } {
  let guessed = false;
  const value = text.replaceAll(inside, (written, name: string | undefined) => {
    if (name === undefined) return '$';
    const found = Object.hasOwn(scope.values, name) ? scope.values[name] : undefined;
    if (found !== undefined && typeof found !== 'object') return String(found);
    guessed = true;
    if (found === undefined) {
      if (!scope.unknown.has(name)) addUndefined({ name, written, place }, scope, problems);
    } else
      problems.add(
        'wrong-type',
        place,
        `\`$(${name})\` is ${found === null ? 'null' : 'a list or a map'} and cannot be put into text`,
      );
    return scope.placeholder ?? '1';
  });
  for (const [written, braced, bare] of text.matchAll(loose)) {
    const name = braced ?? bare ?? '';
    // `$claims` as a whole key is a selection, and its reader says what is wrong with any other.
    if (written === '$$' || written === text || !hasValue(name, scope)) continue;
    const code = bare === undefined ? 'brace-in-flow' : 'variable-in-text';
    problems.add(
      code,
      place,
      `${quote(written)} inside of text is plain text`,
      `\`$(${name})\`, or \`$${written}\` if a dollar sign is meant`,
    );
    guessed = true;
  }
  return guessed ? { value, guessed: true } : { value };
}

interface Undefined {
  readonly name: string;
  readonly written: string;
  readonly place: LocatedScalar | { readonly keyOf: LocatedEntry };
}

function addUndefined({ name, written, place }: Undefined, scope: Scope, problems: ProblemList): void {
  if (problems.full) return;
  const known = [...new Set([...Object.keys(scope.values), ...scope.unknown, ...scope.selections])];
  const near = closest(name, known.slice(0, candidatesMax));
  const shown = known.slice(0, shownMax).join(', ');
  problems.add(
    'undefined-variable',
    place,
    `nothing has defined ${quote(written)} at this point${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    known.length === 0
      ? `for a dollar sign as such write \`$${written}\``
      : `defined: ${shown}${known.length > shownMax ? ', …' : ''}`,
  );
}

function hasValue(name: string, scope: Scope): boolean {
  return Object.hasOwn(scope.values, name) || scope.unknown.has(name);
}
