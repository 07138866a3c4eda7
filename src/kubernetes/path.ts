// Paths into objects as authors write them: `status.podIP`, `spec.containers[0].image`, `spec.containers[name=nginx].image`,
// `metadata.labels["app.kubernetes.io/name"]`.

/** One step down into an object. */
export type PathSegment =
  | { readonly kind: 'member'; readonly name: string }
  /** A place in a list, from 0; negative ones count from the end. */
  | { readonly kind: 'index'; readonly index: number }
  /** The first element of a list whose members have these values, compared as text. */
  | { readonly kind: 'element'; readonly keys: readonly (readonly [name: string, value: string])[] };

/** A path that was read, or why and where (offset from 0) it cannot be. */
export type ParsedPath =
  | { readonly ok: true; readonly segments: readonly PathSegment[] }
  | { readonly ok: false; readonly at: number; readonly message: string };

const memberName = /[^.[\]\s"']+/y;
const index = /-?\d+(?=\])/y;
const elementKey = /([A-Za-z_][\w-]*)=/y;
const bareValue = /[^\],"']+/y;
const quoted = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y;

/** Reads a path. */
export function parsePath(text: string): ParsedPath {
  const segments: PathSegment[] = [];
  let at = 0;
  while (at < text.length || segments.length === 0) {
    const step = text[at] === '[' ? parseBracket(text, at) : parseMember(text, at, segments.length === 0);
    if (!step.ok) return step;
    segments.push(step.segment);
    at = step.end;
  }
  return { ok: true, segments };
}

/**
 * The value at a path, undefined where there is none. Throws a `TypeError` when given the text of a malformed path: texts of
 * authors are checked with `parsePath` first.
 */
export function readPath(value: unknown, path: string | readonly PathSegment[]): unknown {
  let current = value;
  for (const segment of typeof path === 'string' ? segmentsOf(path) : path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = readSegment(current, segment);
  }
  return current;
}

/** Writes a path in its shortest form; `parsePath` reads it back. */
export function formatPath(segments: readonly PathSegment[]): string {
  let text = '';
  for (const segment of segments) {
    if (segment.kind === 'index') text += `[${segment.index}]`;
    else if (segment.kind === 'element') text += `[${segment.keys.map(formatKey).join(',')}]`;
    else if (!/^[^.[\]\s"']+$/.test(segment.name)) text += `[${JSON.stringify(segment.name)}]`;
    else text += text === '' ? segment.name : `.${segment.name}`;
  }
  return text;
}

type Step =
  | { readonly ok: true; readonly segment: PathSegment; readonly end: number }
  | { readonly ok: false; readonly at: number; readonly message: string };

function parseMember(text: string, at: number, first: boolean): Step {
  const start = first ? at : at + 1;
  if (!first && text[at] !== '.') return refusal(at, `expected \`.\` or \`[\`, found ${show(text[at])}`);
  const match = matchAt(memberName, text, start);
  if (match === null) return refusal(start, `expected a field name, found ${show(text[start])}`);
  return { ok: true, segment: { kind: 'member', name: match[0] }, end: start + match[0].length };
}

function parseBracket(text: string, at: number): Step {
  const inside = at + 1;
  const name = matchAt(quoted, text, inside);
  if (name !== null) return closed(text, inside + name[0].length, { kind: 'member', name: unquote(name) });
  const number = matchAt(index, text, inside);
  if (number !== null) return closed(text, inside + number[0].length, { kind: 'index', index: Number(number[0]) });
  return parseElement(text, inside);
}

function parseElement(text: string, start: number): Step {
  const keys: (readonly [string, string])[] = [];
  let at = start;
  while (true) {
    const key = matchAt(elementKey, text, at);
    if (key === null) return refusal(at, 'expected a number, `key=value` or a quoted name between `[` and `]`');
    at += key[0].length;
    const quotedValue = matchAt(quoted, text, at);
    const value = quotedValue ?? matchAt(bareValue, text, at);
    if (value === null) return refusal(at, `expected a value after \`${key[0]}\`, found ${show(text[at])}`);
    keys.push([key[1] ?? '', quotedValue === null ? value[0] : unquote(quotedValue)]);
    at += value[0].length;
    if (text[at] !== ',') return closed(text, at, { kind: 'element', keys });
    at += 1;
  }
}

function closed(text: string, at: number, segment: PathSegment): Step {
  return text[at] === ']' ? { ok: true, segment, end: at + 1 } : refusal(at, `expected \`]\`, found ${show(text[at])}`);
}

function refusal(at: number, message: string): Step & { readonly ok: false } {
  return { ok: false, at, message };
}

function show(character: string | undefined): string {
  return character === undefined ? 'the end' : `\`${character}\``;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function unquote(match: RegExpExecArray): string {
  return (match[1] ?? match[2] ?? '').replaceAll(/\\(.)/gs, '$1');
}

function formatKey([name, value]: readonly [string, string]): string {
  return `${name}=${/^[^\],"']+$/.test(value) ? value : JSON.stringify(value)}`;
}

function segmentsOf(text: string): readonly PathSegment[] {
  const parsed = parsePath(text);
  if (!parsed.ok) throw new TypeError(`path ${JSON.stringify(text)}, at ${parsed.at}: ${parsed.message}`);
  return parsed.segments;
}

function readSegment(value: object, segment: PathSegment): unknown {
  if (segment.kind === 'member') {
    return !Array.isArray(value) && Object.hasOwn(value, segment.name)
      ? (value as Record<string, unknown>)[segment.name]
      : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const list: readonly unknown[] = value;
  if (segment.kind === 'index') return list.at(segment.index);
  return list.find((element) =>
    segment.keys.every(([name, wanted]) => String((element as Record<string, unknown> | null)?.[name]) === wanted),
  );
}
