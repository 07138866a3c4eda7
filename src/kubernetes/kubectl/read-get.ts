// Reads the words behind `kubectl get` and `kubectl describe`.

import { parseFieldSelector } from '../field-selector.ts';
import { parseSelector } from '../selector-text.ts';
import { readFlags } from './flags.ts';
import { parseJsonPath } from './json-path.ts';
import { readTargets } from './read-targets.ts';
import { describedKinds, describedKindOf } from './described-kinds.ts';
import type { FlagTable } from './flags.ts';
import type { GetRequest, OutputFormat, ReadCommand } from './request.ts';

const getFlags: FlagTable = {
  output: { value: true, short: 'o' },
  selector: { value: true, short: 'l' },
  'field-selector': { value: true },
  'label-columns': { value: true, short: 'L' },
  'show-labels': { value: false },
  'show-kind': { value: false },
  'no-headers': { value: false },
  'sort-by': { value: true },
  watch: { value: false, short: 'w' },
  'watch-only': { value: false },
  'ignore-not-found': { value: false },
};
const describeFlags: FlagTable = { selector: { value: true, short: 'l' } };

/** Reads `get …`. */
export function readGet(words: readonly string[]): ReadCommand {
  const read = readFlags(words, getFlags);
  if (!read.ok) return read;
  const { flags } = read;
  const targets = readTargets(read.words);
  if (!targets.ok) return targets;
  const last = (name: string): string | undefined => flags.get(name)?.at(-1);
  const on = (name: string): boolean => flags.has(name) && last(name) !== 'false';
  const output = readOutput(last('output'));
  if ('message' in output) return { ok: false, ...output };
  const labels = parseSelector(last('selector') ?? '');
  if (!labels.ok) return { ok: false, message: `\`-l\` cannot be read: ${labels.message}` };
  const fields = parseFieldSelector(last('field-selector') ?? '');
  if (!fields.ok) return { ok: false, message: `\`--field-selector\` cannot be read: ${fields.message}` };
  const sortBy = last('sort-by');
  if (sortBy !== undefined && parseJsonPath(relaxed(sortBy)) === undefined) return notAPath('--sort-by', sortBy);
  const watch = on('watch') || on('watch-only');
  const request: GetRequest = {
    verb: 'get',
    targets: targets.targets,
    output,
    labels: labels.requirements,
    fields: fields.terms,
    labelColumns: (flags.get('label-columns') ?? []).flatMap((list) => list.split(',')),
    showLabels: on('show-labels'),
    showKind: on('show-kind'),
    headers: !on('no-headers'),
    ...(sortBy === undefined ? {} : { sortBy: relaxed(sortBy) }),
    watch,
    watchOnly: on('watch-only'),
    ignoreNotFound: on('ignore-not-found'),
  };
  return refuseWatch(request) ?? { ok: true, request };
}

/** Reads `describe …`. */
export function readDescribe(words: readonly string[]): ReadCommand {
  const read = readFlags(words, describeFlags);
  if (!read.ok) return read;
  const targets = readTargets(read.words);
  if (!targets.ok) return targets;
  const unknown = targets.targets.find(({ word }) => describedKindOf(word) === undefined);
  if (unknown !== undefined) {
    return {
      ok: false,
      message: `the description of \`${unknown.word}\` cannot be shown`,
      hint: `kinds: ${describedKinds}`,
    };
  }
  const labels = parseSelector(read.flags.get('selector')?.at(-1) ?? '');
  if (!labels.ok) return { ok: false, message: `\`-l\` cannot be read: ${labels.message}` };
  return { ok: true, request: { verb: 'describe', targets: targets.targets, labels: labels.requirements } };
}

function refuseWatch({ watch, targets, output, sortBy }: GetRequest): ReadCommand | undefined {
  if (!watch) return undefined;
  if (targets.length > 1) return { ok: false, message: 'kubectl watches one kind at a time' };
  if (sortBy !== undefined) return { ok: false, message: 'kubectl does not sort what it watches' };
  if (output.kind === 'table' || output.kind === 'name' || output.kind === 'custom-columns') return undefined;
  return { ok: false, message: `a watch with \`-o ${output.kind}\` cannot be shown` };
}

function readOutput(text: string | undefined): OutputFormat | { readonly message: string; readonly hint?: string } {
  if (text === undefined || text === '') return { kind: 'table', wide: false };
  if (text === 'wide') return { kind: 'table', wide: true };
  if (text === 'name' || text === 'yaml' || text === 'json') return { kind: text };
  const [, format, content = ''] = /^([a-z-]+)(?:=([\s\S]*))?$/u.exec(text) ?? [];
  if (format === 'jsonpath' && content !== '') {
    if (parseJsonPath(content) !== undefined) return { kind: 'jsonpath', template: content };
    const hint = 'members, indexes, [*], [?(@.a=="b")], range and texts can be shown';
    return { message: `the jsonpath \`${content}\` cannot be shown`, hint };
  }
  if (format === 'custom-columns' && content !== '') return readColumns(content);
  return {
    message: `\`-o ${text}\` cannot be shown`,
    hint: 'formats: wide, name, yaml, json, jsonpath=…, custom-columns=…',
  };
}

function readColumns(content: string): OutputFormat | { readonly message: string; readonly hint?: string } {
  const columns = content.split(',').map((part) => {
    const colon = part.indexOf(':');
    return { name: colon < 0 ? '' : part.slice(0, colon), path: relaxed(part.slice(colon + 1)) };
  });
  const wrong = columns.find(({ name, path }) => name === '' || parseJsonPath(path) === undefined);
  if (wrong === undefined) return { kind: 'custom-columns', columns };
  return {
    message: `the custom column \`${wrong.name}\` cannot be shown`,
    hint: 'columns are NAME:.path, separated by commas',
  };
}

function notAPath(flag: string, text: string): ReadCommand {
  return { ok: false, message: `\`${flag}\` is no path that can be shown: ${text}`, hint: 'such as `.metadata.name`' };
}

/** Where kubectl wants one path it also takes `metadata.name` and `.metadata.name` (RelaxedJSONPathExpression). */
function relaxed(path: string): string {
  if (path.startsWith('{')) return path;
  return `{${path.startsWith('.') || path.startsWith('[') ? path : `.${path}`}}`;
}
