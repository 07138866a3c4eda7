// Reads states: a word (`Ready`), or a map of words.

import { closest } from '../../kubernetes/did-you-mean.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import { addWrongType } from '../check-shape.ts';
import { familiesOf, stateForms, stateWords } from '../definition/state-words.ts';
import type { Family, StateForm, StateWordRow } from '../definition/state-words.ts';
import { quote, shownOf } from '../located.ts';
import type { Located, LocatedEntry, LocatedScalar } from '../located.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { Matcher, State, StateWord } from '../model.ts';
import type { BindContext } from './context.ts';
import { bindWordValue } from './word-values.ts';

/** Where a state stands: edge-only words (Created, Deleted, Scheduled) are good only where something happens. */
export interface StatePlace {
  /** The kind of the objects; undefined when it could not be read, so that any kind's word will do. */
  readonly of: KindKey | undefined;
  readonly edges: boolean;
}

/** Reads a state of objects of a kind. */
export function bindState(node: Located, place: StatePlace, context: BindContext): State | undefined {
  if (node.kind === 'map') return bindWords(node, place, context);
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    const word = bindForm(node, place, context);
    return word && { words: [word], text: word.text, span: node.span };
  }
  addWrongType(node, 'a state is one word such as Ready, or a map such as { phase: Bound }', context.problems);
  return undefined;
}

function bindWords(node: Located & { kind: 'map' }, place: StatePlace, context: BindContext): State | undefined {
  const words: StateWord[] = [];
  for (const entry of node.entries) {
    const word = bindWord(entry, place, context);
    if (word !== undefined) words.push(word);
  }
  if (node.entries.length === 0) addWrongType(node, 'a state needs at least one word', context.problems);
  if (words.length < node.entries.length || words.length === 0) return undefined;
  return { words, text: shownOf(node), span: node.span };
}

function bindWord(entry: LocatedEntry, { of }: StatePlace, context: BindContext): StateWord | undefined {
  const families = of === undefined ? undefined : familiesOf(of);
  const row = stateWords.find(({ name, families: own }) => name === entry.key && overlaps(own, families));
  if (row === undefined) {
    addUnknownWord(entry, { of, families }, context);
    return undefined;
  }
  const matcher = bindWordValue(entry.value, { row, of }, context);
  const text = `${entry.key}: ${shownOf(entry.value, 60)}`;
  return matcher && { word: row.name, matcher, text, span: { ...entry.keySpan, end: entry.value.span.end } };
}

function bindForm(node: LocatedScalar, { of, edges }: StatePlace, context: BindContext): StateWord | undefined {
  const families = of === undefined ? undefined : familiesOf(of);
  const found = stateForms.find(({ form, families: own }) => form === node.value && overlaps(own, families));
  if (found === undefined) {
    addUnknownForm(node, { of, families }, context);
    return undefined;
  }
  if (found.edgeOnly && !edges) {
    addEdgeWord(node, found, context);
    return undefined;
  }
  return { word: found.word, matcher: matcherOf(found), text: found.form, span: node.span };
}

function matcherOf({ value, condition }: StateForm): Matcher {
  const matcher = equalTo(value);
  return condition === undefined ? matcher : { kind: 'members', members: [[condition, matcher]] };
}

function equalTo(value: Json): Matcher {
  return { kind: 'equals', operand: { kind: 'value', value } };
}

function overlaps(own: readonly Family[], families: readonly Family[] | undefined): boolean {
  return families === undefined || own.some((family) => families.includes(family));
}

function addEdgeWord(node: LocatedScalar, { form }: StateForm, { problems }: BindContext): void {
  const fixes = new Map([
    ['Created', '`exists: true`'],
    ['Deleted', '`exists: false`'],
    ['Scheduled', '`node: { absent: false }`'],
  ]);
  problems.add(
    'edge-word-as-state',
    node,
    `${form} happens and does not last: it stands in \`order\`, \`when\` and \`never\` only`,
    `as a state: ${fixes.get(form) ?? '`exists: true`'}`,
  );
}

interface UnknownAt {
  readonly of: KindKey | undefined;
  readonly families: readonly Family[] | undefined;
}

function addUnknownForm(node: LocatedScalar, { of, families }: UnknownAt, { problems }: BindContext): void {
  const forms = stateForms.filter(({ families: own }) => overlaps(own, families)).map(({ form }) => form);
  const text = String(node.value);
  const near = closest(text, forms);
  const condition = near === undefined && stateForms.some(({ form }) => form === text);
  problems.add(
    'unknown-state',
    node,
    `${kindText(of)} no state ${quote(text)}${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    condition
      ? `if it is a condition: { conditions: { ${text} } }`.replace(`${text} }`, `${text}: true }`)
      : `states: ${forms.join(', ')}`,
  );
}

function addUnknownWord(entry: LocatedEntry, { of, families }: UnknownAt, { problems }: BindContext): void {
  const rows: readonly StateWordRow[] = stateWords.filter(({ families: own }) => overlaps(own, families));
  const names = [...new Set(rows.map(({ name }) => name))];
  const near = closest(entry.key, names);
  problems.add(
    'unknown-state',
    { keyOf: entry },
    `${kindText(of)} no word ${quote(entry.key)}${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    `words: ${names.join(', ')}`,
  );
}

function kindText(of: KindKey | undefined): string {
  return of === undefined ? 'there is' : `a ${of} has`;
}
