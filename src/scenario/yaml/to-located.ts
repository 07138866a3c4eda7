// Turns yaml's nodes into located data, refusing what is not part of the language: aliases, anchors, tags, keys that are
// not text, keys written twice.

import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Node, Pair, Scalar, YAMLMap } from 'yaml';

import { quote } from '../located.ts';
import type { Located, LocatedEntry, LocatedMap, LocatedScalar } from '../located.ts';
import type { Span } from '../model.ts';
import type { ProblemList } from '../problem-list.ts';
import type { Places } from './places.ts';

/** Converts a node. `missing` is the place of a value that is not there (`key:`). */
export function toLocated(node: unknown, missing: Span, context: Conversion): Located {
  if (node === null || node === undefined) {
    return { kind: 'scalar', value: null, source: '', plain: true, span: missing };
  }
  const span = spanOf(node as Node, context.places);
  if (isAlias(node)) {
    context.problems.add(
      'alias-not-allowed',
      { span },
      `\`*\` in front makes \`*${node.source}\` an alias, and those are not part of the language`,
      `quote it if the text is meant: "*${node.source}"`,
    );
    return { kind: 'scalar', value: null, source: '', plain: true, span, guessed: true };
  }
  const refused = refuseProperties(node as Node, span, context);
  if (isSeq(node)) {
    return { kind: 'list', items: node.items.map((item) => toLocated(item, span, context)), span };
  }
  if (isMap(node)) return toLocatedMap(node, span, context);
  const scalar = toScalar(node as Scalar, span);
  return refused || isLossy(scalar, context.problems) ? { ...scalar, guessed: true } : scalar;
}

/** What a conversion needs everywhere. */
export interface Conversion {
  readonly places: Places;
  readonly problems: ProblemList;
}

function toScalar(node: Scalar, span: Span): LocatedScalar {
  const { value } = node;
  const plain = node.type === 'PLAIN';
  const source = plain ? (node.source ?? '') : String(value);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) {
    const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    return { kind: 'scalar', value, source, plain, ...(block ? { block } : {}), span };
  }
  // `.inf` and `.nan` are no JSON; as text they are refused where a number is wanted.
  const number = typeof value === 'number' && Number.isFinite(value);
  return { kind: 'scalar', value: number ? value : source, source, plain, span };
}

/** `1.10`, `4.0`, `1e3` and numbers of twenty digits are versions, tags and hashes, and lose something as numbers. */
function isLossy(scalar: LocatedScalar, problems: ProblemList): boolean {
  const { value, source } = scalar;
  if (typeof value !== 'number' || source === '' || source === String(value)) return false;
  problems.add(
    'number-for-string',
    scalar,
    `YAML reads ${source} as the number ${value}`,
    `if text is meant, quote it: "${source}"`,
  );
  return true;
}

function toLocatedMap(node: YAMLMap, span: Span, context: Conversion): LocatedMap {
  const entries: LocatedEntry[] = [];
  const seen = new Map<string, LocatedEntry>();
  for (const pair of node.items) {
    const entry = toEntry(pair, context);
    const first = seen.get(entry.key);
    if (first === undefined) {
      seen.set(entry.key, entry);
      entries.push(entry);
    } else addDuplicate(entry, first, context.problems);
  }
  return { kind: 'map', entries, span };
}

function toEntry(pair: Pair, context: Conversion): LocatedEntry {
  const { places, problems } = context;
  const key = pair.key as Node | null;
  const keySpan = key === null ? spanOf(pair.value as Node, places) : spanOf(key, places);
  const value = toLocated(pair.value, keySpan, context);
  if (!isScalar(key) || key.value === null) {
    if (isAlias(key)) toLocated(key, keySpan, context);
    else problems.add('bad-key', { span: keySpan }, 'the key of a map must be a word or a quoted text');
    // The member stays, under a key that nothing is concluded from, so that its map is not taken for an empty one.
    return { key: places.text.slice(keySpan.start, keySpan.end), keySpan, value, guessed: true };
  }
  refuseProperties(key, keySpan, context);
  const text =
    typeof key.value === 'string' ? key.value : (key.source ?? places.text.slice(keySpan.start, keySpan.end));
  return { key: text, keySpan, value };
}

function addDuplicate(entry: LocatedEntry, first: LocatedEntry, problems: ProblemList): void {
  const names = entry.key.includes('/') || entry.key.startsWith('$');
  problems.add(
    'duplicate-key',
    { keyOf: entry },
    `${quote(entry.key)} stands here a second time, first in line ${first.keySpan.line}`,
    names
      ? `write a list, one item a clause: [ { ${entry.key}: … }, { ${entry.key}: … } ]`
      : 'YAML would drop one of the two',
  );
}

function refuseProperties(node: Node, span: Span, { places, problems }: Conversion): boolean {
  const { anchor, tag } = node as { anchor?: string; tag?: string };
  if (anchor !== undefined && anchor !== '') {
    problems.add(
      'alias-not-allowed',
      { span: before(span, anchor.length + 1, places) },
      `the anchor \`&${anchor}\` is not part of the language`,
    );
  }
  if (tag === undefined) return false;
  // yaml spells out `!!str` as tag:yaml.org,2002:str; the author's word is what stands in front of the value.
  const written = /!\S*\s*$/.exec(places.text.slice(0, span.start))?.[0].trim() ?? tag;
  problems.add(
    'tag-not-allowed',
    { span: before(span, written.length, places) },
    `\`${written}\` is a YAML tag, and tags are not part of the language`,
    written.startsWith('!!') ? undefined : `\`${written.slice(1)}\` without the exclamation mark, or quoted`,
  );
  return true;
}

/** The place of an anchor or tag, which stands in front of its node. */
function before(span: Span, length: number, places: Places): Span {
  const text = places.text.slice(0, span.start).trimEnd();
  return places.span(text.length - length, text.length);
}

function spanOf(node: Node | null, places: Places): Span {
  const range = node?.range;
  if (range === null || range === undefined) return places.span(0, 1);
  const [start, end] = range;
  const text = places.text.slice(start, end);
  return places.span(start, start + text.trimEnd().length);
}
