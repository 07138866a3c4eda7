import { expect, test } from 'vitest';
import { closest } from '../../src/kubernetes/did-you-mean.ts';

const verbs = ['apply', 'create', 'scale', 'delete', 'evict', 'patch'];

test.each([
  ['scal', 'scale'],
  ['sclae', 'scale'],
  ['Scale', 'scale'],
  ['aply', 'apply'],
  ['creates', 'create'],
  ['dlete', 'delete'],
])('%s means %s', (word, meant) => {
  expect(closest(word, verbs)).toBe(meant);
});

test.each(['frobnicate', '', 'x', 'rollout'])('%j means none of them', (word) => {
  expect(closest(word, verbs)).toBeUndefined();
});

test('the nearest wins over the first', () => {
  expect(closest('pods', ['node', 'pod'])).toBe('pod');
});
