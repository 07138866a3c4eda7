// A YAML document as plain data that still knows where every token stands. The reader, the binder and lint work on it.

import type { Json, JsonObject } from '../kubernetes/object.ts';
import type { Span } from './model.ts';

/** A value of a document with its place. */
export type Located = LocatedScalar | LocatedList | LocatedMap;

/** A string, number, boolean or null. */
export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As it stands in the file, without quotes: `1.10` for the number 1.1. */
  readonly source: string;
  /** Written without quotes. */
  readonly plain: boolean;
  /** Written as a block (`|`): its lines begin on the line behind the place. */
  readonly block?: true;
  readonly span: Span;
  /** Stands in for a value that only a run knows: nothing may be concluded from it. */
  readonly guessed?: true;
  /** `$claims`: the name of a selection of the scenario's `objects`. */
  readonly selection?: string;
}

/** A list. */
export interface LocatedList {
  readonly kind: 'list';
  readonly items: readonly Located[];
  readonly span: Span;
}

/** A map, in written order. */
export interface LocatedMap {
  readonly kind: 'map';
  readonly entries: readonly LocatedEntry[];
  readonly span: Span;
}

/** One member of a map. */
export interface LocatedEntry {
  readonly key: string;
  readonly keySpan: Span;
  /** The key holds a variable that only a run knows. */
  readonly guessed?: true;
  readonly value: Located;
}

/** The member of a map; undefined for a missing member and for anything but a map. */
export function memberOf(node: Located | undefined, name: string): Located | undefined {
  return entryOf(node, name)?.value;
}

/** The member of a map together with its key. */
export function entryOf(node: Located | undefined, name: string): LocatedEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === name) : undefined;
}

/** The elements of a list, or the value itself as the only one; nothing for an absent value. */
export function itemsOf(node: Located | undefined): readonly Located[] {
  if (node === undefined) return [];
  return node.kind === 'list' ? node.items : [node];
}

/** The text of a string scalar. */
export function textOf(node: Located | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The value without places. */
export function toPlain(node: Located): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  return toPlainObject(node);
}

/** A map without places. `__proto__` stays an ordinary member. */
export function toPlainObject(node: LocatedMap): JsonObject {
  const object: Record<string, Json> = {};
  for (const { key, value } of node.entries) {
    const plain = toPlain(value);
    if (key === '__proto__') Object.defineProperty(object, key, { value: plain, enumerable: true, configurable: true });
    else object[key] = plain;
  }
  return object;
}

/** Gives a plain value the place of the token that it came from. */
export function locate(value: Json, span: Span): Located {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item: Json) => locate(item, span)), span };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, member]) => ({
      key,
      keySpan: span,
      value: locate(member ?? null, span),
    }));
    return { kind: 'map', entries, span };
  }
  return { kind: 'scalar', value, source: String(value), plain: false, span };
}

/** From the first to the last of two places in one file. */
export function spanAcross(first: Span, last: Span): Span {
  return { ...first, end: Math.max(first.end, last.end) };
}

/** What a value is, for messages: `a list`, `the number 3`, `text`. */
export function describe(node: Located): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'list') return 'a list';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return node.value === '' ? 'an empty text' : `the text ${quote(node.value)}`;
  return `the ${typeof node.value} ${node.source === '' ? String(node.value) : node.source}`;
}

/** Text between backticks, shortened, for messages. */
export function quote(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ');
  return `\`${flat.length > 60 ? `${flat.slice(0, 57)}…` : flat}\``;
}

/** A value in flow style, shortened, for messages: `{ phase: Bound, sinceStepStart: same }`. */
export function shownOf(node: Located, lengthMax = 100): string {
  const text = flow(node, lengthMax);
  return text.length > lengthMax ? `${text.slice(0, lengthMax - 1)}…` : text;
}

function flow(node: Located, budget: number): string {
  if (node.kind === 'scalar') return node.value === null ? 'null' : String(node.value).replaceAll(/\s+/g, ' ');
  const parts: string[] = [];
  let length = 0;
  for (const entry of node.kind === 'list' ? node.items : node.entries) {
    const part = 'key' in entry ? `${entry.key}: ${flow(entry.value, budget)}` : flow(entry, budget);
    parts.push(part);
    length += part.length;
    if (length > budget) break;
  }
  if (node.kind === 'list') return parts.length === 0 ? '[]' : `[${parts.join(', ')}]`;
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}
