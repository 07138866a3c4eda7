// Reads Kubernetes manifests: YAML or JSON, several documents, lists. Unlike scenarios they may use anchors and YAML 1.1,
// since that is what kubectl reads.

import { isMap, isScalar, isSeq, parseAllDocuments, visit } from 'yaml';
import type { Document, ParsedNode } from 'yaml';

import type { Manifest } from '../kubernetes/object.ts';
import type { Span } from './model.ts';
import { ProblemList } from './problem-list.ts';
import type { Problem } from './problem.ts';
import { readProjectFile } from './project-files.ts';
import { placesOf } from './yaml/places.ts';
import type { Places } from './yaml/places.ts';
import { addSyntaxProblems } from './yaml/syntax-problems.ts';
import { refuseText } from './yaml/text-guards.ts';

/** One object of a manifest file. */
export interface LocatedManifest {
  readonly manifest: Manifest;
  readonly span: Span;
}

/** What a manifest file holds, and what is wrong with it. */
export interface ReadManifests {
  readonly objects: readonly LocatedManifest[];
  readonly problems: readonly Problem[];
  /** The text, for frames; undefined when the file could not be read. */
  readonly text?: string;
}

/** Aliases may repeat a value this often; a bomb doubles it at every level. */
const aliasesMax = 100;
/** An object of the API is refused above 1.5 MiB; expanded aliases may not make one that is larger. */
const valuesMax = 100_000;

/** Reads a manifest file inside of a folder. The problem of a file that cannot be read is placed at `span`. */
export function readManifestFile(path: string, root: string, span?: Span): ReadManifests {
  const read = readProjectFile(path, root);
  if (read.kind === 'text') return { ...readManifests({ file: path, text: read.text }), text: read.text };
  const place = span ?? { file: path, line: 1, column: 1, start: 0, end: 0 };
  return { objects: [], problems: [{ code: read.code, severity: 'error', message: read.message, span: place }] };
}

/** Reads the texts of manifest files, each once: several scenarios of a suite name the same file. */
export class ManifestReader {
  readonly #reads = new Map<string, { readonly text: string; readonly read: ReadManifests }>();

  /** As `readManifests`; the same objects again while the file's text stays the same. */
  read(source: { readonly file: string; readonly text: string }): ReadManifests {
    const known = this.#reads.get(source.file);
    if (known?.text === source.text) return known.read;
    const read = readManifests(source);
    this.#reads.set(source.file, { text: source.text, read });
    return read;
  }
}

/** Reads the text of a manifest file. Only what is no object at all is a problem: the API server judges the rest. */
export function readManifests({ file, text }: { readonly file: string; readonly text: string }): ReadManifests {
  const problems = new ProblemList();
  const places = placesOf({ file, text });
  const refusal = refuseText(text);
  if (refusal !== undefined) {
    problems.add(refusal.code, { span: places.span(refusal.offset, refusal.offset + 1) }, refusal.message);
    return { objects: [], problems: problems.sorted };
  }
  const objects = parse(text).flatMap((document) => readDocument(document, places, problems));
  if (objects.length === 0 && problems.size === 0) {
    problems.add('bad-manifest', { span: places.span(0, 0) }, 'the file holds no object');
  }
  return { objects, problems: problems.sorted };
}

/**
 * kubectl reads YAML 1.1 (sigs.k8s.io/yaml): `0644` is octal, `yes` a boolean, `<<` a merge. Its times of day and dates
 * stay text, which yaml's own 1.1 schema would make numbers of.
 */
function parse(text: string): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, {
    version: '1.1',
    merge: true,
    prettyErrors: false,
    uniqueKeys: false,
    customTags: (tags) =>
      tags.filter((tag) => typeof tag === 'string' || (tag.format !== 'TIME' && !tag.tag.endsWith(':timestamp'))),
  });
  return Array.isArray(documents) ? documents : [];
}

function readDocument(document: Document.Parsed, places: Places, problems: ProblemList): readonly LocatedManifest[] {
  addSyntaxProblems(document.errors, places, problems);
  const root = document.contents;
  if (document.errors.length > 0 || root === null || (isScalar(root) && root.value === null)) return [];
  const span = spanOf(root, places);
  addDuplicateKeys(document, places, problems);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: aliasesMax });
    if (countValues(value) > valuesMax) throw new RangeError('the aliases of this document expand to too much');
  } catch (error) {
    problems.add('bad-manifest', { span }, lowerFirst(error instanceof Error ? error.message : String(error)));
    return [];
  }
  return readObject(value, { span, root, places }, problems);
}

interface ObjectPlace {
  readonly span: Span;
  readonly root: unknown;
  readonly places: Places;
}

function readObject(
  value: unknown,
  { span, root, places }: ObjectPlace,
  problems: ProblemList,
): readonly LocatedManifest[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.add(
      'bad-manifest',
      { span },
      `an object with apiVersion and kind is wanted, found ${Array.isArray(value) ? 'a list' : 'text'}`,
    );
    return [];
  }
  const { apiVersion, kind, items } = value as { apiVersion?: unknown; kind?: unknown; items?: unknown };
  if (typeof apiVersion !== 'string' || apiVersion === '' || typeof kind !== 'string' || kind === '') {
    if ('scenario' in value && 'steps' in value) {
      problems.add(
        'scenario-as-manifest',
        { span: headOf(span) },
        'this is a scenario, and scenarios do not include one another',
      );
    } else {
      const missing = typeof apiVersion === 'string' && apiVersion !== '' ? 'kind' : 'apiVersion';
      problems.add('bad-manifest', { span: headOf(span) }, `the object has no \`${missing}\``);
    }
    return [];
  }
  if (kind === 'List' && Array.isArray(items)) {
    const list = isMap(root) ? root.get('items', true) : undefined;
    return items.flatMap((item: unknown, at) => {
      const node = isSeq(list) ? list.items[at] : undefined;
      const place = node === undefined ? span : spanOf(node as ParsedNode, places);
      return readObject(item, { span: place, root: node, places }, problems);
    });
  }
  return [{ manifest: value as Manifest, span }];
}

/** kubectl refuses them (strict decoding). Done here since yaml's own check compares every key with every other. */
function addDuplicateKeys(document: Document.Parsed, places: Places, problems: ProblemList): void {
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key) || key.value === '<<') continue;
        const name = String(key.value);
        if (seen.has(name))
          problems.add(
            'duplicate-key',
            { span: spanOf(key as ParsedNode, places) },
            `\`${name}\` stands here a second time`,
          );
        seen.add(name);
      }
    },
  });
}

/** Counts values without recursion, and no further than the limit: shared ones count as often as they are reached. */
function countValues(value: unknown): number {
  const open: unknown[] = [value];
  let count = 0;
  while (open.length > 0 && count <= valuesMax) {
    const next = open.pop();
    count += 1;
    if (typeof next === 'object' && next !== null) for (const member of Object.values(next)) open.push(member);
  }
  return count;
}

function spanOf(node: ParsedNode, places: Places): Span {
  const [start, end] = node.range;
  return places.span(start, start + places.text.slice(start, end).trimEnd().length);
}

/** The beginning of an object, where frames of a whole document would be too much. */
function headOf(span: Span): Span {
  return { ...span, end: Math.min(span.end, span.start + 1) };
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
