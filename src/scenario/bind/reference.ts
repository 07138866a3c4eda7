// Reads references: `kind/name`, with a range or a pattern in the name.

import { closest } from '../../kubernetes/did-you-mean.ts';
import { composeKindKey } from '../../kubernetes/kind.ts';
import { kindOfWord, kindWords } from '../../kubernetes/kinds.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import { quote } from '../located.ts';
import type { Place, ProblemList } from '../problem-list.ts';

/** One object by kind and name. */
export interface ObjectReference {
  readonly of: KindKey;
  readonly name: string;
}

/** What a reference says. */
export type ParsedReference =
  | { readonly of: KindKey; readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly of: KindKey; readonly kind: 'pattern'; readonly pattern: string };

/** More names than this in a range are a slip of the keyboard. */
const rangeMax = 10_000;

const form = 'a reference is kind/name: `pod/web-0`, `pod/web-0..2`, `pod/web-*`, `kind.group/name`';
// A DNS subdomain with the signs that names of some kinds have besides (`system:controller`, `kubelet.Started`).
const nameForm = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/;

/** Reads a reference to one or more objects; undefined when it is none, which has been reported. */
export function parseReference(text: string, place: Place, problems: ProblemList): ParsedReference | undefined {
  const slash = text.indexOf('/');
  if (slash <= 0 || slash === text.length - 1 || /\s/.test(text)) {
    const glued = /^([a-z][a-z0-9.-]*\/\S+?):([A-Z]\w*)$/.exec(text);
    if (glued === null) problems.add('bad-reference', place, `${quote(text)} names no object`, form);
    else addGlued(glued, place, problems);
    return undefined;
  }
  const of = parseKind(text.slice(0, slash), place, problems);
  const name = text.slice(slash + 1);
  if (of === undefined) return undefined;
  if (name.includes('..') && !/[{}]/.test(name)) {
    const names = parseRange(name, place, problems);
    return names === undefined ? undefined : { of, kind: 'names', names };
  }
  if (!nameForm.test(name.replaceAll('*', 'x')) || /:[A-Z]\w*$/.test(name)) {
    addBadName({ text, name }, place, problems);
    return undefined;
  }
  return name.includes('*') ? { of, kind: 'pattern', pattern: name } : { of, kind: 'names', names: [name] };
}

/** Reads a reference to exactly one object. */
export function parseOneReference(text: string, place: Place, problems: ProblemList): ObjectReference | undefined {
  const parsed = parseReference(text, place, problems);
  if (parsed === undefined) return undefined;
  const [name, ...others] = parsed.kind === 'names' ? parsed.names : [];
  if (name !== undefined && others.length === 0) return { of: parsed.of, name };
  problems.add('bad-reference', place, `${quote(text)} must name one object here, not several`);
  return undefined;
}

/** Reads a kind: a built-in one by any of its names, another one with its group. */
export function parseKind(word: string, place: Place, problems: ProblemList): KindKey | undefined {
  const kind = kindOfWord(word);
  if (kind !== undefined) return kind.key;
  const lower = word.toLowerCase();
  if (lower !== word && kindOfWord(lower) !== undefined) {
    problems.add('unknown-kind', place, `kinds are written in lower case: \`${lower}\`, not \`${word}\``);
    return undefined;
  }
  const dot = word.indexOf('.');
  if (dot > 0 && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(word))
    return composeKindKey(word.slice(dot + 1), word.slice(0, dot));
  // Two letters are near to everything.
  const near = closest(
    word,
    kindWords.filter((known) => known.length > 2),
  );
  problems.add(
    'unknown-kind',
    place,
    `there is no kind ${quote(word)}${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    'kinds that are not built in are written with their group: `mongocluster.db.example.com`',
  );
  return undefined;
}

/** `web-0..2`, `web-2..0` and `pv-001..010`: the names in written order. */
export function parseRange(name: string, place: Place, problems: ProblemList): readonly string[] | undefined {
  const match = /^(.*?)(\d+)\.\.(-?\d+)$/.exec(name);
  if (match === null || (match[1] !== '' && !nameForm.test(match[1] ?? ''))) {
    problems.add(
      'bad-range',
      place,
      `${quote(name)} cannot be counted`,
      'a range ends the name: `web-0..2`, `web-2..0`',
    );
    return undefined;
  }
  const [, prefix = '', from = '', to = ''] = match;
  if (to.startsWith('-')) {
    problems.add(
      'empty-range',
      place,
      `${quote(name)} has no member`,
      'select by `ordinal` where there may be none: { kind: pod, ownedBy: …, ordinal: { lt: $n } }',
    );
    return undefined;
  }
  const first = Number(from);
  const last = Number(to);
  const size = Math.abs(last - first) + 1;
  if (size > rangeMax) {
    problems.add('bad-range', place, `${quote(name)} has ${size} members, at most ${rangeMax} are read`);
    return undefined;
  }
  const padded = [from, to].some((written) => written.length > 1 && written.startsWith('0'));
  if (padded && from.length !== to.length) {
    problems.add(
      'bad-range',
      place,
      `${quote(name)} has leading zeros at one end only`,
      'write both ends alike: `pv-008..010`',
    );
    return undefined;
  }
  const width = padded ? from.length : 1;
  return Array.from({ length: size }, (_, step) => {
    const number = first <= last ? first + step : first - step;
    return prefix + String(number).padStart(width, '0');
  });
}

function addGlued([, reference, state]: RegExpExecArray, place: Place, problems: ProblemList): void {
  problems.add(
    'missing-space-after-colon',
    place,
    `\`${reference}:${state}\` is one word to YAML`,
    `\`${reference}: ${state}\``,
  );
}

function addBadName({ text, name }: { text: string; name: string }, place: Place, problems: ProblemList): void {
  const glued = /^([a-z][a-z0-9.-]*\/[^:]+):([A-Z]\w*)$/.exec(text);
  const braces = /[{[](\d+)(?:\.\.|-)(\d+)[}\]]/.exec(name);
  if (glued !== null) addGlued(glued, place, problems);
  else if (braces === null) problems.add('bad-reference', place, `${quote(name)} is no name of an object`, form);
  else {
    const fixed = text.replace(braces[0], `${braces[1]}..${braces[2]}`);
    problems.add('brace-in-flow', place, 'ranges are written without braces', `\`${fixed}\``);
  }
}
