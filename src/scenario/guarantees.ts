// The catalogue of guarantees: what Kubernetes promises, by id. Scenarios and steps name the ids; reports explain them.

import { closest } from '../kubernetes/did-you-mean.ts';
import { addNotText, addWrongType } from './check-shape.ts';
import { memberOf, quote, textOf } from './located.ts';
import type { Located, LocatedEntry } from './located.ts';
import type { Problem } from './problem.ts';
import { ProblemList } from './problem-list.ts';
import { readTree } from './yaml/read-tree.ts';

/** A documented promise of Kubernetes. */
export interface Guarantee {
  /** Kebab-case, unique, stable. */
  readonly id: string;
  /** One sentence, ours. */
  readonly sentence: string;
  /** Address of the documentation that promises it. */
  readonly documented: string;
  /** First minor version that promises it, `1.9`. */
  readonly since: string;
  /** Chapter of the catalogue: identity, order, storage, … */
  readonly area: string;
}

/** A file of guarantees: areas, in each of them guarantees by id. */
export interface Catalogue {
  /** Relative to the working directory where the scenario's path is. */
  readonly file: string;
  /** By id, in the order of the file; those with mistakes are left out. */
  readonly guarantees: ReadonlyMap<string, Guarantee>;
  readonly problems: readonly Problem[];
  /** For frames; empty when the file could not be read. */
  readonly text: string;
}

const members = ['sentence', 'documented', 'since'] as const;

type Written = Record<(typeof members)[number], string>;

/** Reads the text of a catalogue. All problems are reported; an entry that has one is left out. */
export function readCatalogue({ file, text }: { readonly file: string; readonly text: string }): Catalogue {
  const problems = new ProblemList();
  const guarantees = new Map<string, Guarantee>();
  const tree = readTree({ file, text }, problems);
  const areas = tree === undefined ? [] : entriesOf(tree, 'the catalogue must be a map of areas', problems);
  for (const area of areas) {
    const wanted = `the area ${quote(area.key)} must be a map of guarantees by id`;
    for (const entry of entriesOf(area.value, wanted, problems)) {
      const known = guarantees.get(entry.key);
      if (known !== undefined) {
        // Twice in one area is twice in one map, which the reader of YAML has reported.
        if (known.area !== area.key) {
          const message = `${quote(entry.key)} stands under ${quote(known.area)}, too`;
          problems.add('bad-guarantee', { keyOf: entry }, message, 'ids are unique');
        }
        continue;
      }
      const read = readGuarantee(entry, area.key, problems);
      if (read !== undefined) guarantees.set(read.id, read);
    }
  }
  if (guarantees.size === 0 && problems.size === 0) {
    const span = { file, line: 1, column: 1, start: 0, end: 0 };
    problems.add('bad-guarantee', { span }, 'the catalogue holds no guarantee');
  }
  return { file, guarantees, problems: problems.sorted, text };
}

function entriesOf(node: Located, wanted: string, problems: ProblemList): readonly LocatedEntry[] {
  if (node.kind === 'map') return node.entries;
  // An empty file or area is no mistake of its own.
  if (node.kind !== 'scalar' || node.value !== null) addWrongType(node, wanted, problems);
  return [];
}

function readGuarantee(entry: LocatedEntry, area: string, problems: ProblemList): Guarantee | undefined {
  const { key: id, value: node } = entry;
  const before = problems.size;
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) {
    problems.add('bad-guarantee', { keyOf: entry }, `an id is kebab-case, ${quote(id)} is not`);
  }
  if (node.kind !== 'map') {
    addWrongType(node, `${quote(id)} must be a map with ${members.join(', ')}`, problems);
    return undefined;
  }
  const written = readMembers(entry, problems);
  if (written === undefined || problems.size > before) return undefined;
  return { id, ...written, area };
}

function readMembers(entry: LocatedEntry, problems: ProblemList): Written | undefined {
  const { key: id, value: node } = entry;
  if (node.kind === 'map') for (const member of node.entries) checkMember(id, member, problems);
  const written: Partial<Written> = {};
  for (const name of members) {
    const value = memberOf(node, name);
    const text = textOf(value);
    if (value === undefined) problems.add('missing-member', { keyOf: entry }, `${quote(id)} needs \`${name}\``);
    else if (text !== undefined) {
      checkValue({ name, text }, value, problems);
      written[name] = text;
    } else if (value.kind === 'scalar') addNotText(value, `\`${name}\``, problems);
    else addWrongType(value, `\`${name}\` must be text`, problems);
  }
  const { sentence, documented, since } = written;
  if (sentence === undefined || documented === undefined || since === undefined) return undefined;
  return { sentence, documented, since };
}

function checkMember(id: string, member: LocatedEntry, problems: ProblemList): void {
  if (members.some((name) => name === member.key)) return;
  const near = closest(member.key, members);
  problems.add(
    'unknown-member',
    { keyOf: member },
    `${quote(id)} has no member ${quote(member.key)}${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    `members: ${members.join(', ')}`,
  );
}

interface WrittenMember {
  readonly name: keyof Written;
  readonly text: string;
}

function checkValue({ name, text }: WrittenMember, place: Located, problems: ProblemList): void {
  if (name === 'sentence' && text.trim() === '') {
    problems.add('bad-guarantee', place, 'a guarantee is a sentence, this one is empty', 'say what is promised');
  } else if (name === 'documented' && !/^https:\/\/[^\s/]+\/\S+$/.test(text)) {
    problems.add(
      'bad-guarantee',
      place,
      `${quote(text)} is no address of a page`,
      'such as https://kubernetes.io/docs/…',
    );
  } else if (name === 'since' && !/^\d+\.\d+$/.test(text)) {
    problems.add('bad-guarantee', place, `${quote(text)} is no minor version`, 'such as "1.9"');
  }
}
