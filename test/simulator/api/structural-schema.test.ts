import { expect, test } from 'vitest';
import { FieldErrors } from '../../../src/simulator/api/field-errors.ts';
import { completeBySchema, validateBySchema } from '../../../src/simulator/api/validation/structural-schema.ts';
import type { StructuralSchema } from '../../../src/simulator/api/validation/structural-schema.ts';

const schema: StructuralSchema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['members'],
      properties: {
        members: { type: 'integer', minimum: 1, maximum: 7 },
        engine: { type: 'string', enum: ['a', 'b'], default: 'a' },
        name: { type: 'string', pattern: '^[a-z]+$', maxLength: 5 },
        ports: { type: 'array', minItems: 1, items: { type: 'object', properties: { port: { type: 'integer' } } } },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        either: { 'x-kubernetes-int-or-string': true },
        empty: { type: 'string', nullable: true },
      },
    },
  },
};

test.each([
  [{}, 'spec.members: Required value'],
  [{ members: 0 }, 'spec.members: Invalid value: 0: spec.members in body should be greater than or equal to 1'],
  [{ members: 8 }, 'spec.members: Invalid value: 8: spec.members in body should be less than or equal to 7'],
  [{ members: 'x' }, 'spec.members: Invalid value: "string": spec.members in body must be of type integer: "string"'],
  [{ members: 1, engine: 'c' }, 'spec.engine: Unsupported value: "c": supported values: "a", "b"'],
  [{ members: 1, name: 'A' }, `spec.name: Invalid value: "A": spec.name in body should match '^[a-z]+$'`],
  [{ members: 1, name: 'abcdef' }, 'spec.name: Too long: may not be more than 5 bytes'],
  [{ members: 1, ports: [] }, 'spec.ports: Invalid value: 0: spec.ports in body should have at least 1 items'],
  [
    { members: 1, ports: [{ port: true }] },
    'spec.ports[0].port: Invalid value: "boolean": spec.ports[0].port in body must be of type integer: "boolean"',
  ],
  [
    { members: 1, labels: { a: 1 } },
    'spec.labels.a: Invalid value: "integer": spec.labels.a in body must be of type string: "integer"',
  ],
  [
    { members: 1, either: true },
    'spec.either: Invalid value: "boolean": spec.either in body must be of type integer,string: "boolean"',
  ],
  [{ members: null }, 'spec.members: Invalid value: "null": spec.members in body must be of type integer: "null"'],
])('%j: %s', (spec, told) => {
  const errors = new FieldErrors();

  validateBySchema('', { spec }, { schema, errors });

  expect(errors.list.map(({ field, message }) => `${field}: ${message}`)).toEqual([told]);
});

test('what fits is not complained about', () => {
  const errors = new FieldErrors();
  const spec = {
    members: 3,
    engine: 'b',
    ports: [{ port: 1 }],
    labels: { a: 'b' },
    free: { x: 1 },
    either: '50%',
    empty: null,
  };

  validateBySchema('', { apiVersion: 'x/v1', kind: 'X', metadata: { name: 1 }, spec }, { schema, errors });

  expect(errors.list).toEqual([]);
});

test('unknown members are dropped and defaults filled in', () => {
  expect(
    completeBySchema({ spec: { members: 1, x: 1, ports: [{ port: 1, y: 2 }], free: { z: 3 } }, more: 1 }, schema),
  ).toEqual({
    spec: { members: 1, engine: 'a', ports: [{ port: 1 }], free: { z: 3 } },
  });
});

test('what is complete already is the same object', () => {
  const value = { spec: { members: 1, engine: 'b' } };

  expect(completeBySchema(value, schema)).toBe(value);
});
