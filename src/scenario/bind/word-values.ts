// Reads what stands behind a word of a state: one function for each sort of value.

import { closest } from '../../kubernetes/did-you-mean.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import { addNotText, addWrongType } from '../check-shape.ts';
import { containerWords, familiesOf, phases } from '../definition/state-words.ts';
import type { StateWordRow, WordValue } from '../definition/state-words.ts';
import { operatorsByName } from '../definition/operators.ts';
import { describe, quote } from '../located.ts';
import type { Located, LocatedEntry } from '../located.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { Matcher } from '../model.ts';
import type { BindContext } from './context.ts';
import { bindCount, bindMatcher, bindMembers } from './matcher.ts';
import { parseOneReference } from './reference.ts';

/** The word whose value is read, and the kind of the objects that have it. */
export interface WordPlace {
  readonly row: Pick<StateWordRow, 'name' | 'value'>;
  readonly of: KindKey | undefined;
}

/** Reads the value of a word. */
export function bindWordValue(node: Located, place: WordPlace, context: BindContext): Matcher | undefined {
  return binders[place.row.value](node, place, context);
}

type WordBinder = (node: Located, place: WordPlace, context: BindContext) => Matcher | undefined;

const binders: Readonly<Record<WordValue, WordBinder>> = {
  boolean: (node, { row }, context) => {
    if (node.kind === 'scalar' && typeof node.value === 'boolean') return equalTo(node.value);
    addWrongType(node, `${row.name} must be true or false`, context.problems);
    return undefined;
  },
  number: (node, _place, context) => bindCount(node, context),
  text: bindText,
  texts: (node, _place, context) => bindMatcher(node, context),
  phase: (node, place, context) => {
    const known = (place.of === undefined ? [] : familiesOf(place.of)).flatMap((family) => phases.get(family) ?? []);
    return isOneOf(node, { name: 'phase', words: known }, context) ? bindMatcher(node, context, 'scalar') : undefined;
  },
  since: (node, { row }, context) => literal(node, { name: row.name, words: ['same', 'replaced'] }, context),
  revision: (node, { row }, context) => literal(node, { name: row.name, words: ['current', 'update'] }, context),
  labels: (node, { row }, context) =>
    bindMap(node, row.name, context, (entry) =>
      bindText(entry.value, { row: { name: entry.key, value: 'text' }, of: undefined }, context),
    ),
  conditions: (node, { row }, context) =>
    bindMap(node, row.name, context, (entry) => bindCondition(entry.value, context)),
  fields: (node, { row }, context) => bindMap(node, row.name, context),
  reference: bindReferenceValue,
  image: (node, place, context) => {
    if (node.kind !== 'map' || node.entries.some(({ key }) => operatorsByName.has(key)))
      return bindText(node, place, context);
    return bindMembers(node, context, ({ value }) => bindText(value, place, context));
  },
  containers: (node, { row }, context) => bindMap(node, row.name, context, (entry) => bindContainer(entry, context)),
};

function bindText(node: Located, { row }: WordPlace, context: BindContext): Matcher | undefined {
  if (node.kind === 'scalar' && (typeof node.value === 'number' || typeof node.value === 'boolean')) {
    addNotText(node, row.name, context.problems);
    return undefined;
  }
  if (node.kind === 'list') {
    addWrongType(node, `${row.name} is one value`, context.problems);
    return undefined;
  }
  return bindMatcher(node, context, 'scalar');
}

function bindMap(
  node: Located,
  name: string,
  context: BindContext,
  bindMember?: (entry: LocatedEntry) => Matcher | undefined,
): Matcher | undefined {
  if (node.kind === 'map') return bindMembers(node, context, bindMember);
  addWrongType(node, `${name} must be a map`, context.problems);
  return undefined;
}

/** `"True"` is what the API says, true is what people write; both are read as true. */
function bindCondition(node: Located, context: BindContext): Matcher | undefined {
  const value = node.kind === 'scalar' ? node.value : undefined;
  if (value === 'True' || value === 'False') return equalTo(value === 'True');
  if (
    typeof value === 'string' &&
    !isOneOf(node, { name: 'the state of a condition', words: ['true', 'false', 'Unknown'] }, context)
  ) {
    return undefined;
  }
  if (value === 'true' || value === 'false') return equalTo(value === 'true');
  if (typeof value === 'number' || value === null || node.kind === 'list') {
    addWrongType(node, 'the state of a condition is true, false or Unknown', context.problems);
    return undefined;
  }
  return bindMatcher(node, context, 'scalar');
}

function bindReferenceValue(node: Located, { row }: WordPlace, context: BindContext): Matcher | undefined {
  if (node.kind === 'scalar' && node.value === 'none' && row.name === 'ownedBy') return equalTo('none');
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    const reference = parseOneReference(node.value, node, context.problems);
    return reference && equalTo(`${reference.of}/${reference.name}`);
  }
  if (node.kind === 'map') return bindMatcher(node, context, 'scalar');
  addWrongType(node, `${row.name} must be a reference such as statefulset/web`, context.problems);
  return undefined;
}

function bindContainer({ key, value: node }: LocatedEntry, context: BindContext): Matcher | undefined {
  const words = [...containerWords.keys()];
  return bindMap(node, key, context, (entry) => {
    const value = containerWords.get(entry.key);
    if (value !== undefined)
      return bindWordValue(entry.value, { row: { name: entry.key, value }, of: undefined }, context);
    const near = closest(entry.key, words);
    context.problems.add(
      'unknown-state',
      { keyOf: entry },
      `a container has no word ${quote(entry.key)}${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
      `words: ${words.join(', ')}`,
    );
    return undefined;
  });
}

interface Words {
  readonly name: string;
  readonly words: readonly string[];
}

function literal(node: Located, words: Words, context: BindContext): Matcher | undefined {
  if (node.kind === 'scalar') return isOneOf(node, words, context) ? equalTo(node.value) : undefined;
  return bindMatcher(node, context, 'scalar');
}

function isOneOf(node: Located, { name, words }: Words, { problems }: BindContext): boolean {
  if (node.kind !== 'scalar' || words.length === 0 || words.includes(String(node.value))) return true;
  if (node.guessed === true) return false;
  const near = closest(String(node.value), words);
  problems.add(
    'wrong-value',
    node,
    `${name} cannot be ${describe(node)}${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    `one of: ${words.join(', ')}`,
  );
  return false;
}

function equalTo(value: Json): Matcher {
  return { kind: 'equals', operand: { kind: 'value', value } };
}
