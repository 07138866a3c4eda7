// The manual's tables, made from the definition: what `setpiece explain TOPIC` prints and the documents include.

import { problemMeanings } from '../problem-codes.ts';
import { capabilities } from './capabilities.ts';
import { expectWords } from './expect-words.ts';
import { language } from './language.ts';
import { operators } from './operators.ts';
import { stateForms, stateWords } from './state-words.ts';
import type { Schema } from './schemas.ts';
import { verbs } from './verbs.ts';

/** One row of a topic. Members that make no sense for a topic are empty. */
export interface ManualRow {
  readonly name: string;
  /** What is written: `{ target, to }`. */
  readonly shape: string;
  readonly meaning: string;
  readonly example: string;
}

/** One topic of the manual. */
export interface ManualTopic {
  readonly topic: string;
  readonly title: string;
  readonly rows: readonly ManualRow[];
}

/** Every topic. */
export function manualTopics(): readonly ManualTopic[] {
  return [
    { topic: 'verbs', title: 'What a step does: exactly one verb, or none', rows: Object.keys(verbs).map(definedRow) },
    {
      topic: 'words',
      title: 'What must be seen: the members of `expect`',
      rows: Object.keys(expectWords).map(definedRow),
    },
    { topic: 'states', title: 'States and their words', rows: [...formRows(), ...wordRows()] },
    { topic: 'matchers', title: 'How values are compared', rows: operators.map(operatorRow) },
    {
      topic: 'capabilities',
      title: 'What a scenario may need of a backend',
      rows: capabilities.map(({ name, meaning }) => ({
        name,
        shape: '',
        meaning,
        example: `needs: { capabilities: [${name}] }`,
      })),
    },
    {
      topic: 'codes',
      title: 'Codes of problems in scenario files',
      rows: Object.entries(problemMeanings).map(([name, meaning]) => ({ name, shape: '', meaning, example: '' })),
    },
  ];
}

function definedRow(name: string): ManualRow {
  const schema = definition(name);
  return {
    name,
    shape: shapeOf(schema, true),
    meaning: describing(schema, 'description'),
    example: describing(schema, 'examples'),
  };
}

function formRows(): readonly ManualRow[] {
  return stateForms.map(({ form, families, word, value, edgeOnly, meaning }) => ({
    name: form,
    shape: families.join(', '),
    meaning: edgeOnly ? `${meaning} (in order, when and never only)` : meaning,
    example: edgeOnly ? '' : `{ ${word}: ${value} }`,
  }));
}

function wordRows(): readonly ManualRow[] {
  return stateWords.map(({ name, families, meaning, example }) => ({
    name,
    shape: families.join(', '),
    meaning,
    example,
  }));
}

function operatorRow({ name, operand, meaning, example }: (typeof operators)[number]): ManualRow {
  return { name, shape: operand, meaning, example };
}

function definition(name: string): Schema {
  const all = (language.File as unknown as { $defs: Record<string, Schema> }).$defs;
  return all[name] ?? {};
}

/** The description or first example of a schema, or of what it is an alternative of. */
function describing(schema: Schema, member: 'description' | 'examples'): string {
  const own = schema[member];
  if (typeof own === 'string') return own;
  if (Array.isArray(own)) return String(own[0] ?? '');
  if (typeof schema['$ref'] === 'string') return describing(definition(schema['$ref']), member);
  const [first] = alternatives(schema);
  return first === undefined ? '' : describing(first, member);
}

function alternatives(schema: Schema): readonly Schema[] {
  return (schema['anyOf'] ?? schema['allOf'] ?? []) as readonly Schema[];
}

/** How a schema is written: `{ target, to }`, `Duration`, `Clauses | [Clauses…]`. */
function shapeOf(schema: Schema, outermost: boolean): string {
  if (typeof schema['$ref'] === 'string') {
    return outermost && !isNamedPart(schema['$ref']) ? shapeOf(definition(schema['$ref']), true) : schema['$ref'];
  }
  const choices = alternatives(schema);
  if (choices.length > 0) return [...new Set(choices.map((choice) => shapeOf(choice, outermost)))].join(' | ');
  if (schema['type'] === 'array') return `[${shapeOf((schema['items'] ?? {}) as Schema, outermost)}…]`;
  const properties = schema['properties'] as Record<string, Schema> | undefined;
  const type = schema['type'];
  if (properties === undefined) return typeof type === 'string' ? type : 'value';
  const required = new Set(schema['required'] as string[] | undefined);
  return `{ ${Object.keys(properties)
    .map((name) => (required.has(name) ? name : `${name}?`))
    .join(', ')} }`;
}

/** Parts that have a name in the manual's prose; the others are spelled out. */
function isNamedPart(name: string): boolean {
  return [
    'Clauses',
    'Clause',
    'Event',
    'StatesByName',
    'OrderItem',
    'Duration',
    'ManifestPath',
    'ManifestItem',
    'ManifestObject',
  ].includes(name);
}
