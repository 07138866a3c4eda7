import { describe, expect, test } from 'vitest';
import { matches } from '../../../src/expectations/matchers/matches.ts';
import { mismatches } from '../../../src/expectations/matchers/mismatches.ts';
import { composeKindKey } from '../../../src/kubernetes/kind.ts';
import { createWorld } from '../../../src/trace/world.ts';
import type { Json } from '../../../src/kubernetes/object.ts';
import type { Matcher } from '../../../src/scenario/model.ts';
import { bound, Stage } from '../stage.ts';

const world = createWorld();
new Stage((record) => {
  if (record.kind === 'observation') world.observe(record);
})
  .set('web', { spec: 3 })
  .ready('web-0', { ip: '10.0.0.1' });
world.markStart();
new Stage((record) => {
  if (record.kind === 'observation') world.observe(record);
}).set('web', { spec: 5 });
const kind = composeKindKey('', 'Pod');
const place = { world, kind, name: 'web-0', object: world.get(kind, 'web-0') };

/** The matcher that an author writes behind a field. */
function written(yaml: string): Matcher {
  const { step } = bound({ expect: `{ settled: { pod/x: { fields: { field: ${yaml} } } } }` });
  const matcher = step.expect?.settled[0]?.clauses[0]?.is?.words[0]?.matcher;
  if (matcher?.kind !== 'members' || matcher.members[0] === undefined) throw new Error('no matcher');
  return matcher.members[0][1];
}

const match = (yaml: string, value: Json | undefined): boolean | undefined => matches(written(yaml), value, place);

describe('literals', () => {
  test('scalars are equal by value', () => {
    expect([
      match('3', 3),
      match('3', 4),
      match('x', 'x'),
      match('x', 'y'),
      match('true', true),
      match('true', 'true'),
    ]).toEqual([true, false, true, false, true, false]);
    expect(match('3', undefined)).toBe(false);
  });

  test('quantities are equal as quantities, durations as durations, versions as text', () => {
    expect([
      match('1Gi', '1024Mi'),
      match('500m', '0.5'),
      match('1', '1000m'),
      match('60s', '1m'),
      match('1Gi', '1G'),
    ]).toEqual([true, true, true, true, false]);
    expect([match('"1.10"', '1.1'), match('"010"', '10')]).toEqual([false, false]);
  });

  test('maps match partially', () => {
    expect(match('{ a: 1 }', { a: 1, b: 2 })).toBe(true);
    expect(match('{ a: 1, b: { c: x } }', { a: 1, b: { c: 'x', d: 'y' } })).toBe(true);
    expect(match('{ a: 1, b: 3 }', { a: 1, b: 2 })).toBe(false);
    expect(match('{ a: 1 }', [1])).toBe(false);
    expect(match('{ a: { absent: true } }', undefined)).toBe(true);
  });

  test('lists match as subsets, by what their elements say; an empty one matches an empty one', () => {
    const ports = [
      { name: 'web', port: 80 },
      { name: 'db', port: 81 },
    ];

    expect(match('[ { name: db, port: 81 } ]', ports)).toBe(true);
    expect(match('[ { name: db, port: 80 } ]', ports)).toBe(false);
    expect(match('[ b, a ]', ['a', 'b', 'c'])).toBe(true);
    expect([match('[]', []), match('[]', ['a']), match('[]', undefined)]).toEqual([true, false, true]);
    expect(match('[ a ]', undefined)).toBe(false);
  });
});

describe('operators', () => {
  test('equals is exact', () => {
    expect([
      match('{ equals: { a: 1 } }', { a: 1 }),
      match('{ equals: { a: 1 } }', { a: 1, b: 2 }),
      match('{ equals: [ 1 ] }', [1, 2]),
    ]).toEqual([true, false, false]);
  });

  test.each([
    ['{ gt: 2 }', 3, true],
    ['{ gt: 3 }', 3, false],
    ['{ gte: 3 }', 3, true],
    ['{ lt: 3 }', 3, false],
    ['{ lte: 3 }', 3, true],
    ['{ gte: 1Gi }', '1500Mi', true],
    ['{ lt: 1Gi }', '1500Mi', false],
    ['{ gt: 90s }', '2m0s', true],
    ['{ gt: 1 }', 'web', false],
    ['{ gt: 1 }', undefined, false],
    ['{ gte: 2, lt: 4 }', 3, true],
    ['{ gte: 2, lt: 4 }', 4, false],
    ['{ gt: "2026-01-01T00:00:00Z" }', '2026-01-01T00:00:01Z', true],
  ])('%s of %s is %s', (yaml, value, expected) => {
    expect(match(yaml, value)).toBe(expected);
  });

  test('texts', () => {
    expect([
      match('{ contains: ell }', 'hello'),
      match('{ contains: x }', 'hello'),
      match('{ contains: "1" }', 1),
    ]).toEqual([true, false, false]);
    expect([match('{ startsWith: he }', 'hello'), match('{ startsWith: lo }', 'hello')]).toEqual([true, false]);
    expect([match('{ matches: "^h.*o$" }', 'hello'), match('{ matches: "^e" }', 'hello')]).toEqual([true, false]);
  });

  test('absent, not, anyOf, allOf', () => {
    expect([
      match('{ absent: true }', undefined),
      match('{ absent: true }', null),
      match('{ absent: true }', 0),
      match('{ absent: false }', 0),
    ]).toEqual([true, true, false, true]);
    expect([match('{ not: a }', 'b'), match('{ not: a }', 'a'), match('{ not: a }', undefined)]).toEqual([
      true,
      false,
      true,
    ]);
    expect([match('{ anyOf: [ 1, -1 ] }', -1), match('{ anyOf: [ 1, -1 ] }', 2)]).toEqual([true, false]);
    expect([
      match('{ allOf: [ { gt: 1 }, { not: 3 } ] }', 2),
      match('{ allOf: [ { gt: 1 }, { not: 3 } ] }', 3),
    ]).toEqual([true, false]);
  });

  test('lists', () => {
    const list = ['a', 'b', 'c'];

    expect([
      match('{ has: [ c, a ] }', list),
      match('{ has: [ d ] }', list),
      match('{ has: [ a ] }', undefined),
    ]).toEqual([true, false, false]);
    expect([
      match('{ exactly: [ c, b, a ] }', list),
      match('{ exactly: [ a, b ] }', list),
      match('{ exactly: [ a, a, b ] }', list),
    ]).toEqual([true, false, false]);
    expect([match('{ inOrder: [ a, c ] }', list), match('{ inOrder: [ c, a ] }', list)]).toEqual([true, false]);
    expect([match('{ count: 3 }', list), match('{ count: { lt: 3 } }', list)]).toEqual([true, false]);
    expect([
      match('{ distinct: true }', list),
      match('{ distinct: true }', ['a', 'a']),
      match('{ distinct: false }', ['a', 'a']),
    ]).toEqual([true, false, true]);
    expect([
      match('{ every: { matches: "^[abc]$" } }', list),
      match('{ every: { not: b } }', list),
      match('{ every: x }', []),
    ]).toEqual([true, false, true]);
  });

  test('`exactly` finds an assignment where a greedy one would not', () => {
    expect(match('{ exactly: [ { startsWith: a }, { startsWith: ab } ] }', ['ab', 'ac'])).toBe(true);
    expect(match('{ exactly: [ { startsWith: a }, { startsWith: ab } ] }', ['ac', 'ad'])).toBe(false);
  });
});

describe('values of objects', () => {
  test('are read at the same point, or at the start of the step', () => {
    expect(match('{ valueOf: { of: sts/web, field: spec.replicas } }', 5)).toBe(true);
    expect(match('{ valueOf: { of: sts/web, field: spec.replicas, at: start } }', 3)).toBe(true);
    expect(match('{ lt: { valueOf: { of: sts/web, field: spec.replicas } } }', 5)).toBe(false);
    expect(match('{ valueOf: { of: it, field: status.podIP } }', '10.0.0.1')).toBe(true);
    expect(match('{ valueOf: { of: it, field: ordinal } }', 0)).toBe(true);
  });

  test('that cannot be read match nothing, also under `not`, and the explanation says so', () => {
    expect(match('{ valueOf: { of: pod/none, field: status.podIP } }', 'x')).toBeUndefined();
    expect(match('{ not: { valueOf: { of: pod/none, field: status.podIP } } }', 'x')).toBeUndefined();
    expect(match('{ anyOf: [ x, { valueOf: { of: pod/none, field: status.podIP } } ] }', 'x')).toBe(true);
    expect(mismatches(written('{ not: { valueOf: { of: pod/none, field: status.podIP } } }'), 'x', place)).toEqual([
      {
        field: '',
        expected: 'not status.podIP of pod/none (status.podIP of pod/none cannot be read)',
        received: 'x',
      },
    ]);
  });
});

describe('mismatches', () => {
  const found = (yaml: string, value: Json): string[] =>
    mismatches(written(yaml), value, place).map(
      ({ field, expected, received }) => `${field}: ${expected} ≠ ${received}`,
    );

  test('are empty for what matches', () => {
    expect(found('{ a: 1 }', { a: 1 })).toEqual([]);
  });

  test('go down to the fields that differ', () => {
    expect(found('{ a: 1, b: { c: { gte: 2 }, d: x } }', { a: 1, b: { c: 1 } })).toEqual([
      'b.c: >= 2 ≠ 1',
      'b.d: x ≠ nothing',
    ]);
  });

  test('compare elements of lists by merge key', () => {
    expect(found('[ { name: db, port: 80 }, { name: none } ]', [{ name: 'db', port: 81 }])).toEqual([
      '[name=db].port: 80 ≠ 81',
      ': one of the list: { name: none } ≠ [{"name":"db","port":81}]',
    ]);
  });

  test('point at the elements that break `every`', () => {
    expect(found('{ every: { startsWith: web } }', ['web-0', 'db-0'])).toEqual(['[1]: starts with web ≠ db-0']);
  });
});
