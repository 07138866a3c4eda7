// YAML as kubectl writes it: members by name, lists not indented, as few quotes as possible.

import { membersOf } from './plain-object.ts';
import type { Json, JsonObject } from '../object.ts';

/** The text, without a line break at its end. */
export function yamlText(value: Json): string {
  return linesOf(value).join('\n');
}

function linesOf(value: Json): readonly string[] {
  if (Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((item) =>
      linesOf(item).map((line, at) => (at === 0 ? `- ${line}` : line === '' ? line : `  ${line}`)),
    );
  }
  if (isMap(value)) return membersOf(value).flatMap(([name, member]) => memberLines(name, member));
  return scalarLines(value);
}

function memberLines(name: string, value: Json): readonly string[] {
  const [key = ''] = scalarLines(name);
  if (isEmpty(value)) return [`${key}: ${Array.isArray(value) ? '[]' : '{}'}`];
  if (Array.isArray(value)) return [`${key}:`, ...linesOf(value)];
  if (isMap(value)) return [`${key}:`, ...linesOf(value).map((line) => (line === '' ? line : `  ${line}`))];
  const [first = '', ...rest] = scalarLines(value);
  return [`${key}: ${first}`, ...rest.map((line) => (line === '' ? line : `  ${line}`))];
}

function isMap(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isEmpty(value);
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Words that would be read as something else than text. */
const otherwise =
  /^(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|[-+]?(?:\d[\d_]*)?\.?\d+(?:[eE][-+]?\d+)?|[-+]?\d+\.|0x[0-9a-fA-F]+|0o?[0-7]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|\d{4}-\d\d?-\d\d?(?:[Tt ].*)?|=|<<)$/u;
const plain = /^(?![-?:](?:\s|$)|[,[\]{}#&*!|>'"%@`\s])(?!.*(?::\s|:$|\s#))[^\t\n]*[^\s]$/u;

function scalarLines(value: Json): readonly string[] {
  if (isEmpty(value)) return [Array.isArray(value) ? '[]' : '{}'];
  if (typeof value !== 'string') return [JSON.stringify(value)];
  if (value.includes('\n')) {
    const mark = value.endsWith('\n\n') ? '|+' : value.endsWith('\n') ? '|' : '|-';
    // The indentation of the lines is that of the member.
    return [mark, ...value.replace(/\n$/u, '').split('\n')];
  }
  if (otherwise.test(value)) return [`"${value}"`];
  return [plain.test(value) ? value : `'${value.replaceAll("'", "''")}'`];
}
