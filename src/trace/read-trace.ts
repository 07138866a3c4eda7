// Reads trace files: ours, and recordings without a header as kubectl-driven recorders write them. Damage is reported by
// line and never stops the reading of what is whole.

import { readRecord } from './read-record.ts';
import type { TraceHeader, TraceRecord } from './record.ts';

/** Everything that can be wrong with a trace file. */
export type TraceProblemCode =
  | 'EMPTY_FILE'
  | 'BINARY_FILE'
  | 'NOT_JSON'
  | 'TRUNCATED_LINE'
  | 'BAD_HEADER'
  | 'UNKNOWN_FORMAT'
  | 'BAD_RECORD';

/** One thing that is wrong. */
export interface TraceProblem {
  readonly code: TraceProblemCode;
  /** From 1. */
  readonly line: number;
  readonly message: string;
  readonly hint?: string;
}

/** What a file held. With problems, `records` are those that could be read. */
export interface ReadTrace {
  /** Absent: a recording without a header, in arrival order (`orderRecords` sorts it). */
  readonly header?: TraceHeader;
  readonly records: readonly TraceRecord[];
  readonly problems: readonly TraceProblem[];
}

/** More than these are only counted: a binary file must not fill the screen. */
const problemsMax = 20;

/** Reads the whole content of a trace file. */
export function readTrace(content: string | Uint8Array): ReadTrace {
  const decoded = typeof content === 'string' ? content : decode(content);
  if (typeof decoded !== 'string') return { records: [], problems: [decoded] };
  const binary = binaryLine(decoded);
  if (binary !== undefined) {
    const message = 'expected a trace, one JSON record a line; found a control character that no text has';
    return { records: [], problems: [{ code: 'BINARY_FILE', line: binary, message }] };
  }
  return readLines(decoded);
}

function readLines(text: string): ReadTrace {
  const records: TraceRecord[] = [];
  const problems: TraceProblem[] = [];
  let header: TraceHeader | undefined;
  let content = 0;
  let line = 0;
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const source = text.slice(start, end < 0 ? text.length : end).trim();
    line += 1;
    start = end < 0 ? text.length : end + 1;
    if (source === '') continue;
    content += 1;
    const parsed = parseLine(source, { line, last: end < 0 });
    if ('code' in parsed) problems.push(parsed);
    else if (content === 1 && isHeaderLike(parsed.value)) {
      const read = readHeader(parsed.value, line);
      if ('code' in read) problems.push(read);
      else header = read;
    } else {
      const read = readRecord(parsed.value);
      if (typeof read === 'string') problems.push({ code: 'BAD_RECORD', line, message: read });
      else records.push(read);
    }
  }
  if (content === 0) problems.push({ code: 'EMPTY_FILE', line: 1, message: 'expected a trace, found an empty file' });
  return { ...(header === undefined ? {} : { header }), records, problems: shorten(problems) };
}

function parseLine(
  source: string,
  place: { readonly line: number; readonly last: boolean },
): { readonly value: unknown } | TraceProblem {
  try {
    return { value: JSON.parse(source) as unknown };
  } catch {
    if (place.last) {
      return {
        code: 'TRUNCATED_LINE',
        line: place.line,
        message: 'the last line ends in the middle of a record',
        hint: 'the run was probably ended while it wrote; record it again',
      };
    }
    const found = source.length > 40 ? `${source.slice(0, 40)}…` : source;
    return { code: 'NOT_JSON', line: place.line, message: `expected a JSON record, found ${JSON.stringify(found)}` };
  }
}

function isHeaderLike(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && 'setpieceTrace' in value;
}

function readHeader(value: Readonly<Record<string, unknown>>, line: number): TraceHeader | TraceProblem {
  if (value['setpieceTrace'] !== 1) {
    const message = `expected trace format 1, found ${JSON.stringify(value['setpieceTrace'])}`;
    return { code: 'UNKNOWN_FORMAT', line, message, hint: 'read it with the version of setpiece that wrote it' };
  }
  const wanted = {
    scenario: 'string',
    backend: 'string',
    namespace: 'string',
    quietMs: 'number',
    slackMs: 'number',
    patience: 'number',
    versions: 'object',
  };
  for (const [name, type] of Object.entries(wanted)) {
    if (typeof value[name] !== type || value[name] === null) {
      const message = `the header wants \`${name}\` (${type}), found ${JSON.stringify(value[name]) ?? 'nothing'}`;
      return { code: 'BAD_HEADER', line, message };
    }
  }
  return value as unknown as TraceHeader;
}

function decode(bytes: Uint8Array): string | TraceProblem {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { code: 'BINARY_FILE', line: 1, message: 'expected a trace in UTF-8, found bytes that are not text' };
  }
}

/** The line of the first control character that JSON Lines cannot hold. */
function binaryLine(text: string): number | undefined {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const found = /[\u0000-\u0008\u000e-\u001f]/.exec(text);
  return found === null ? undefined : text.slice(0, found.index).split('\n').length;
}

function shorten(problems: readonly TraceProblem[]): readonly TraceProblem[] {
  const last = problems[problemsMax];
  if (last === undefined) return problems;
  const more = {
    ...last,
    message: `${last.message}; and ${problems.length - problemsMax - 1} more problems behind it`,
  };
  return [...problems.slice(0, problemsMax), more];
}
