import { expect, test } from 'vitest';
import {
  formatSelector,
  matchesLabels,
  matchesRequirements,
  parseFieldSelector,
  parseSelector,
} from '../../src/kubernetes/selector.ts';

const labels = { app: 'web', tier: 'db', weight: '7' };

test('no selector fits nothing, an empty one everything', () => {
  expect([matchesLabels(undefined, labels), matchesLabels(null, labels), matchesLabels({}, undefined)]).toEqual([
    false,
    false,
    true,
  ]);
});

test('all labels and all expressions must fit', () => {
  expect(matchesLabels({ matchLabels: { app: 'web' } }, labels)).toBe(true);
  expect(matchesLabels({ matchLabels: { app: 'web', zone: 'a' } }, labels)).toBe(false);
  expect(matchesLabels({ matchExpressions: [{ key: 'tier', operator: 'In', values: ['db', 'x'] }] }, labels)).toBe(
    true,
  );
  expect(matchesLabels({ matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, labels)).toBe(true);
  expect(matchesLabels({ matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, labels)).toBe(false);
  expect(matchesLabels({ matchExpressions: [{ key: 'zone', operator: 'DoesNotExist' }] }, undefined)).toBe(true);
});

test.each([
  ['app=web', true],
  ['app==web', true],
  ['app!=web', false],
  ['zone!=a', true],
  ['app in (web, api)', true],
  ['app notin (web)', false],
  ['zone notin (a)', true],
  ['app', true],
  ['!app', false],
  ['! zone', true],
  ['app=web,tier=api', false],
  ['weight>5', true],
  ['weight<5', false],
  ['app>5', false],
  ['app=', false],
  ['in=x', false],
  ['app in (in,notin,web)', true],
  ['', true],
])('the text %j: %j', (text, fits) => {
  const parsed = parseSelector(text);

  expect(parsed.ok && matchesRequirements(parsed.requirements, labels)).toBe(fits);
});

test.each([
  ['a===b', "unable to parse requirement: found '=', expected: identifier"],
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  ['a=b c', "found 'c', expected: ',' or 'end of string'"],
  ['a=b=c', "found '=', expected: ',' or 'end of string'"],
  [',a', "found ',', expected: !, identifier, or 'end of string'"],
  ['a,', "found '', expected: identifier after ','"],
  ['a in x', "unable to parse requirement: found 'x' expected: '('"],
  ['a in (x', "unable to parse requirement: found '', expected: ',' or ')'"],
  ['a in (x y)', "unable to parse requirement: found 'y', expected: ',' or ')'"],
])('%j is refused in the words of the API server', (text, message) => {
  expect(parseSelector(text)).toEqual({ ok: false, message });
});

test('a value or a key that no label can have is refused', () => {
  expect(parseSelector('a=-b')).toMatchObject({
    ok: false,
    message: expect.stringContaining('values[0][a]: Invalid value'),
  });
  expect(parseSelector('a_$=b')).toMatchObject({ ok: false, message: expect.stringContaining('Invalid value: "a_$"') });
});

test('a selector object has a text, sorted by key', () => {
  const selector = {
    matchLabels: { tier: 'db', app: 'web' },
    matchExpressions: [
      { key: 'env', operator: 'In', values: ['b', 'a'] },
      { key: 'old', operator: 'DoesNotExist' },
      { key: 'new', operator: 'Exists' },
    ] as const,
  };

  expect(formatSelector(selector)).toBe('app=web,env in (a,b),new,!old,tier=db');
  expect(formatSelector(undefined)).toBe('');
});

test('field selectors are lists of equations', () => {
  expect(parseFieldSelector('metadata.name=web-0,status.phase!=Running')).toEqual({
    ok: true,
    terms: [
      { field: 'metadata.name', operator: '=', value: 'web-0' },
      { field: 'status.phase', operator: '!=', value: 'Running' },
    ],
  });
  expect(parseFieldSelector('a==b\\,c')).toEqual({ ok: true, terms: [{ field: 'a', operator: '=', value: 'b,c' }] });
  expect(parseFieldSelector('')).toEqual({ ok: true, terms: [] });
  expect(parseFieldSelector('nonsense')).toEqual({
    ok: false,
    message: "invalid selector: 'nonsense'; can't understand 'nonsense'",
  });
});
