// The pieces that verbs and temporal words are made of. Development time only: typebox is not loaded by the CLI; what it
// needs is generated from here.

import { Type } from 'typebox';
import type { TSchema } from 'typebox';

import { capabilities } from './capabilities.ts';
import { operators } from './operators.ts';
import { stateForms, stateWords } from './state-words.ts';

/** A value in whose place a variable may stand. Validators see the value only: variables are replaced before. */
export function orVariable<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Ref('Variable')], { 'x-variable': true });
}

/** One value or a list of such values. */
export function oneOrMore<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Array(schema)]);
}

/** Everything that is neither a verb nor a temporal word, by the name that it has under `$defs`. */
export const parts = {
  Variable: Type.String({
    pattern: '^\\$[A-Za-z_][A-Za-z0-9_]*$',
    description: 'A variable of `with`, `matrix`, `each` or `remember`; keeps its type.',
  }),
  Name: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$', description: 'The name of a variable or selection.' }),
  Values: Type.Record(Type.String(), Type.Unknown(), { description: 'Values by variable name.' }),
  Duration: Type.String({
    pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h))+$|\\$',
    description: 'A duration with its unit: `500ms`, `90s`, `1m30s`.',
    examples: ['90s', '3m'],
  }),
  Path: Type.String({
    description: 'The path of a field: `status.podIP`, `spec.containers[name=db].image`.',
    examples: ['status.podIP', 'spec.volumeName', 'metadata.name'],
  }),
  Reference: Type.String({
    pattern: '^[a-z][a-z0-9.-]*/\\S+$|\\$',
    description:
      'One object: kind/name, kind in lower-case singular or a short name: `pod/web-0`, `sts/web`, `kind.group/name`.',
    examples: ['pod/web-0', 'statefulset/web'],
  }),
  Names: Type.String({
    pattern: '^[a-z][a-z0-9.-]*/\\S+$|^\\$',
    description:
      'Objects: `pod/web-0`, the names `pod/web-0..2` or `pod/web-2..0` in written order, all that exist of `pod/web-*`, a named selection `$claims`.',
    examples: ['pod/web-0', 'pod/web-0..2', 'pod/web-*'],
  }),
  Where: Type.Object(
    {
      kind: Type.String({ description: 'Kind, lower-case singular or short name.' }),
      name: Type.Optional(Type.Ref('Matcher')),
      labels: Type.Optional(Type.Record(Type.String(), Type.Ref('Matcher'))),
      ownedBy: Type.Optional(Type.Ref('Reference')),
      ordinal: Type.Optional(Type.Ref('Matcher')),
      where: Type.Optional(Type.Ref('State')),
    },
    {
      additionalProperties: false,
      description: 'Every existing object that matches all of these; `ownedBy` follows controller references through.',
    },
  ),
  Selection: Type.Union([Type.Ref('Names'), Type.Ref('Where')], { description: 'Which objects are meant.' }),
  State: Type.Union([Type.Ref('StateForm'), Type.Ref('StateWords')], {
    description: 'What is seen of an object: one word, or a map of words that all hold.',
  }),
  StateForm: Type.Union(
    [...new Set(stateForms.map(({ form }) => form))].map((form) => Type.Literal(form)),
    { 'x-enum': true, description: 'A state in one word.' },
  ),
  StateWords: Type.Object(
    Object.fromEntries(
      [...new Set(stateWords.map(({ name }) => name))].map((name) => [name, Type.Optional(stateWordSchema(name))]),
    ),
    { additionalProperties: false, description: 'Words of a state; all hold.' },
  ),
  // Its written type is any JSON value; spelled out, tsc would follow the recursion without end.
  Matcher: Type.Unsafe<unknown>(
    Type.Union([Type.Ref('Operators'), Type.Ref('Literal')], {
      description: 'A value, or an operator: `{ gte: 2 }`, `{ not: $old }`.',
    }),
  ),
  Literal: Type.Union([
    Type.String(),
    Type.Number(),
    Type.Boolean(),
    Type.Null(),
    Type.Array(Type.Ref('Matcher')),
    Type.Record(Type.String(), Type.Ref('Matcher')),
  ]),
  Operators: Type.Object(
    Object.fromEntries(
      operators.map(({ name, meaning, operand }) => [
        name,
        Type.Optional(operand === 'reading' ? Type.Ref('Reading') : operandSchema(operand, meaning)),
      ]),
    ),
    { additionalProperties: false, minProperties: 1 },
  ),
  Reading: Type.Object(
    {
      of: Type.String({ description: 'The object, or `it`: the object that is being matched.' }),
      field: Type.Ref('Path'),
      at: Type.Optional(
        Type.Union([Type.Literal('now'), Type.Literal('start')], {
          'x-enum': true,
          description: '`start`: before the step’s request. Default `now`.',
        }),
      ),
    },
    { additionalProperties: false, description: 'A value read from an object.' },
  ),
  Changes: Type.Object(
    {
      field: Type.String({ description: 'Path of a field, or a word of the kind’s state such as `restarts`.' }),
      from: Type.Optional(Type.Ref('Matcher')),
      to: Type.Optional(Type.Ref('Matcher')),
      by: Type.Optional(Type.Ref('Matcher')),
    },
    { additionalProperties: false, description: 'The value differs after a record from what it was before.' },
  ),
  Clause: Type.Object(
    {
      of: Type.Ref('Selection'),
      is: Type.Optional(Type.Ref('State')),
      count: Type.Optional(Type.Ref('Matcher')),
      names: Type.Optional(Type.Ref('Matcher')),
      field: Type.Optional(Type.Ref('Path')),
      values: Type.Optional(Type.Ref('Matcher')),
    },
    {
      additionalProperties: false,
      description:
        'What is seen: of which objects, in which state, how many. `count`, `names`, and `field` with `values` exclude each other.',
    },
  ),
  Event: Type.Object(
    {
      of: Type.Ref('Selection'),
      is: Type.Optional(Type.Ref('State')),
      changes: Type.Optional(Type.Ref('Changes')),
      count: Type.Optional(Type.Ref('Matcher')),
      names: Type.Optional(Type.Ref('Matcher')),
      field: Type.Optional(Type.Ref('Path')),
      values: Type.Optional(Type.Ref('Matcher')),
      gap: Type.Optional(Type.Ref('Matcher')),
    },
    { additionalProperties: false, description: 'What happens: a state becomes true, or a value changes.' },
  ),
  StatesByName: Type.Record(Type.String(), Type.Ref('State'), {
    description: 'Objects and their states, all at one point: `pod/web-0: Ready`.',
  }),
  Clauses: Type.Union([Type.Ref('Clause'), Type.Ref('StatesByName')]),
  Milestones: Type.Record(Type.String(), oneOrMore(Type.Ref('State')), {
    description: '`pod/web-0..2: [Created, Ready]`: each of these for each name in turn.',
  }),
  OrderItem: Type.Union([
    Type.Ref('Event'),
    Type.Ref('Milestones'),
    Type.Array(Type.Union([Type.Ref('Event'), Type.Ref('Milestones')])),
  ]),
  Capability: Type.Union(
    capabilities.map(({ name, meaning }) => Type.Literal(name, { description: meaning })),
    { 'x-enum': true },
  ),
};

function stateWordSchema(name: string): TSchema {
  const rows = stateWords.filter((row) => row.name === name);
  const description = rows.map((row) => `${row.families.join(', ')}: ${row.meaning}`).join('; ');
  const examples = rows.map((row) => row.example);
  const options = { description, examples };
  if (rows.every((row) => row.value === 'boolean'))
    return Type.Union([Type.Boolean(), Type.Ref('Variable')], { 'x-variable': true, ...options });
  if (rows.some((row) => row.value === 'since')) return Type.Enum(['same', 'replaced'], options);
  return Type.Intersect([Type.Ref('Matcher')], options);
}

function operandSchema(operand: string, description: string): TSchema {
  if (operand === 'boolean') return Type.Boolean({ description });
  if (operand === 'matchers') return Type.Array(Type.Ref('Matcher'), { description });
  return Type.Intersect([Type.Ref('Matcher')], { description });
}
