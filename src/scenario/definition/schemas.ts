// Makes the two forms of JSON Schema out of the definition: the one that is published for editors, and the strict small
// ones that validators are generated from.

import { exerciseParts } from './exercise.ts';
import { language, validatedNames } from './language.ts';

/** A JSON Schema as plain data. */
export type Schema = { [member: string]: unknown };

/** The published schema: everything, with variables wherever they may stand, draft 7 for the sake of editors. */
export function publishedSchema(): Schema {
  const ofScenarios = Object.entries(definitions()).filter(([name]) => !Object.hasOwn(exerciseParts, name));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://setpiece.dev/schema/scenario.schema.json',
    title: 'setpiece scenario',
    $ref: '#/definitions/File',
    definitions: mapMembers(Object.fromEntries(ofScenarios), publish),
  };
}

/** The published schema of exercises, which are scenarios with gaps. */
export function publishedExerciseSchema(): Schema {
  const { File: _file, Step: _step, Invariants: _invariants, ...ofExercises } = definitions();
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://setpiece.dev/schema/exercise.schema.json',
    title: 'setpiece exercise',
    $ref: '#/definitions/Exercise',
    definitions: mapMembers(ofExercises, publish),
  };
}

/** The schemas of the shapes that validators check, under `$defs`; what code reads is left open. */
export function validatorSchema(): Schema {
  const all = definitions();
  return {
    $id: 'setpiece',
    $defs: Object.fromEntries(validatedNames.map((name) => [name, strict(all[name])])),
  };
}

function definitions(): Schema {
  // A module repeats in each of its members all definitions that the member reaches.
  const reached = [language.File, language.Exercise].map((member) => (member as unknown as { $defs: Schema }).$defs);
  return Object.assign({}, ...reached) as Schema;
}

function publish(schema: unknown): unknown {
  return walk(schema, (node, visit) => {
    const { $id: _id, 'x-variable': _variable, 'x-enum': choices, ...rest } = node;
    const { 'x-exactly-one': exactlyOne, 'x-at-most-one': atMostOne, ...members } = rest;
    if (typeof members['$ref'] === 'string') return { $ref: `#/definitions/${members['$ref']}` };
    if (choices === true) {
      const { anyOf: literals, ...others } = members;
      return { ...others, type: 'string', enum: constants(literals) };
    }
    const published = mapMembers(openRecord(members), visit);
    if (Array.isArray(exactlyOne)) published['oneOf'] = exactlyOne.map(required);
    if (Array.isArray(atMostOne)) {
      published['oneOf'] = [...atMostOne.map(required), { not: { anyOf: atMostOne.map(required) } }];
    }
    return published;
  });
}

function strict(schema: unknown): unknown {
  const kept = new Set<string>(validatedNames);
  return walk(schema, (node, visit) => {
    const { description: _description, examples: _examples, $id: _id, ...rest } = node;
    if (typeof rest['$ref'] === 'string') return kept.has(rest['$ref']) ? { $ref: `#/$defs/${rest['$ref']}` } : {};
    const alternatives = rest['anyOf'];
    if (rest['x-variable'] === true && Array.isArray(alternatives)) return visit(alternatives[0]);
    if (rest['x-enum'] === true) return { enum: constants(alternatives) };
    const members = Object.entries(openRecord(rest)).filter(([name]) => !name.startsWith('x-'));
    const made = mapMembers(Object.fromEntries(members), visit);
    for (const word of ['anyOf', 'allOf'] as const) {
      const parts = made[word];
      if (Array.isArray(parts) && parts.some((part) => Object.keys(part as Schema).length === 0)) return {};
    }
    return made;
  });
}

type Visit = (node: unknown) => unknown;

/** Applies `change` to every schema, but not to the maps of schemas that are named by properties. */
function walk(root: unknown, change: (node: Schema, visit: Visit) => unknown): unknown {
  const visit: Visit = (node) => {
    if (Array.isArray(node)) return node.map(visit);
    return typeof node === 'object' && node !== null ? change(node as Schema, visit) : node;
  };
  return visit(root);
}

const schemaMaps = new Set(['properties', 'patternProperties']);

function mapMembers(node: Schema, visit: Visit): Schema {
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [
      name,
      schemaMaps.has(name) && typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, visit(member)]))
        : visit(value),
    ]),
  );
}

/** typebox writes a record as a pattern that every name matches. */
function openRecord(node: Schema): Schema {
  const { patternProperties, ...rest } = node;
  if (typeof patternProperties !== 'object' || patternProperties === null) return node;
  return { ...rest, additionalProperties: Object.values(patternProperties)[0] };
}

function constants(literals: unknown): unknown[] {
  return (literals as { const: unknown }[]).map((literal) => literal.const);
}

function required(name: unknown): Schema {
  return { required: [name] };
}
