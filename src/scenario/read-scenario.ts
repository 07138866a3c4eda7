// Reads a scenario file: text in, a checked scenario and all problems of the file out. Never throws.

import { contextOf, stepNodes } from './bind.ts';
import { bindEverything } from './bind-everything.ts';
import { bindTexts } from './bind/step.ts';
import { checkMap } from './check-shape.ts';
import { checkFiles } from './check-files.ts';
import type { FoundFiles } from './check-files.ts';
import { isFile } from './generated/validators.js';
import { entryOf, memberOf, quote, textOf, toPlainObject } from './located.ts';
import type { Located, LocatedMap } from './located.ts';
import type { Scenario, Step } from './model.ts';
import { collectNames } from './names.ts';
import type { Names } from './names.ts';
import type { ManifestReader } from './manifests.ts';
import { readNeeds } from './needs.ts';
import { ProblemList } from './problem-list.ts';
import type { Problem } from './problem.ts';
import type { FileRead } from './project-files.ts';
import { readTree } from './yaml/read-tree.ts';

/** A scenario file to read. */
export interface ReadOptions {
  /** As the user named it, relative to the working directory. */
  readonly file: string;
  readonly text: string;
  /** The folder that no path may leave. */
  readonly root: string;
  /** Reads a manifest; without it, manifests are not looked at. */
  readonly readFile?: (path: string) => FileRead;
  /** Reads the texts of manifests, and may have read them before. */
  readonly reader?: ManifestReader;
  /** Largest text, default 1 MiB. */
  readonly bytesMax?: number;
}

/** What was read. `scenario` is there when no problem is an error. */
export interface ReadResult extends FoundFiles {
  readonly scenario?: Scenario;
  readonly problems: readonly Problem[];
}

/** Reads a scenario. */
export function readScenario(options: ReadOptions): ReadResult {
  const { file, text, bytesMax } = options;
  const problems = new ProblemList();
  const tree = readTree({ file, text, ...(bytesMax === undefined ? {} : { bytesMax }) }, problems);
  if (tree === undefined || (tree.kind === 'scalar' && tree.value === null)) {
    if (problems.size === 0) {
      const span = { file, line: 1, column: 1, start: 0, end: 0 };
      problems.add('empty-file', { span }, 'the file holds no scenario', 'it begins with `scenario: some-id`');
    }
    return { problems: problems.sorted, manifests: new Map(), sources: new Map([[file, text]]) };
  }
  return readScenarioTree(tree, options, problems);
}

/** Reads a scenario whose text has been read already, or that was made out of another document. */
export function readScenarioTree(tree: Located, options: ReadOptions, problems = new ProblemList()): ReadResult {
  const { file, text } = options;
  const map = checkFile(tree, problems);
  if (map === undefined) return { problems: problems.sorted, manifests: new Map(), sources: new Map([[file, text]]) };
  const names = collectNames(map, problems);
  const scenario = makeScenario(map, { file, text, names }, problems);
  const bound = bindEverything(scenario, { names, problems });
  const found = checkFiles(bound.runs.flat(), options, problems);
  const sorted = problems.sorted;
  return { ...found, problems: sorted, ...(sorted.length === 0 ? { scenario } : {}) };
}

function checkFile(tree: Located, problems: ProblemList): LocatedMap | undefined {
  if (tree.kind !== 'map') return checkMap({ node: tree, name: 'a scenario', validator: isFile }, problems);
  const id = entryOf(tree, 'scenario');
  const manifest = entryOf(tree, 'apiVersion');
  if (id === undefined) {
    const first = tree.entries[0];
    problems.add(
      'missing-id',
      first === undefined ? tree : { keyOf: first },
      manifest === undefined
        ? 'a scenario file says which scenario it is'
        : 'this is a manifest: a scenario file says which scenario it is',
      'scenario: some-id',
    );
    if (manifest !== undefined) return undefined;
    // The validator would say the same again in poorer words.
    const filler = { key: 'scenario', keySpan: tree.span, value: guessed(tree) };
    checkMap(
      { node: { ...tree, entries: [...tree.entries, filler] }, name: 'a scenario', validator: isFile },
      problems,
    );
    return tree;
  }
  checkMap({ node: tree, name: 'a scenario', validator: isFile }, problems);
  checkId(id.value, problems);
  return tree;
}

function guessed({ span }: LocatedMap): Located {
  return { kind: 'scalar', value: 'id', source: 'id', plain: true, guessed: true, span };
}

function checkId(node: Located, problems: ProblemList): void {
  const id = textOf(node);
  if (id === undefined || /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) return;
  const fixed = id
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  problems.add(
    'bad-id',
    node,
    `an id is kebab-case, ${quote(id)} is not`,
    fixed === '' ? 'such as `scales-out-in-order`' : `\`${fixed}\``,
  );
}

interface Text {
  readonly file: string;
  readonly text: string;
  readonly names: Names;
}

function makeScenario(tree: LocatedMap, { file, text, names }: Text, problems: ProblemList): Scenario {
  const id = textOf(memberOf(tree, 'scenario')) ?? '';
  const about = textOf(memberOf(tree, 'about'));
  const tags = memberOf(tree, 'tags');
  const guarantees = memberOf(tree, 'guarantees');
  // Wrong items have been reported by the validator of the file.
  const silent = contextOf({ file, tree }, { variables: {}, problems: new ProblemList() });
  return {
    id,
    title: textOf(memberOf(tree, 'title')) ?? id,
    ...(about === undefined ? {} : { about }),
    tags: bindTexts(tags, silent),
    guarantees: bindTexts(guarantees, silent),
    needs: readNeeds(memberOf(tree, 'needs'), problems),
    file,
    span: tree.span,
    constants: names.constants,
    rows: names.rows,
    steps: stepNodes({ tree }).map((node, position) => makeStep(node, { position, names }, problems)),
    source: text,
    content: toPlainObject(tree),
    tree,
  };
}

function makeStep(
  node: Located,
  { position, names }: { readonly position: number; readonly names: Names },
  problems: ProblemList,
): Step {
  if (node.kind !== 'map') checkMap({ node, name: 'a step', validator: isFile }, problems);
  const guarantees = memberOf(node, 'guarantees');
  return {
    position,
    name: textOf(memberOf(node, 'name')) ?? `step ${position + 1}`,
    guarantees: guarantees?.kind === 'list' ? guarantees.items.flatMap((item) => textOf(item) ?? []) : [],
    each: names.each[position] ?? [],
    span: node.span,
  };
}
