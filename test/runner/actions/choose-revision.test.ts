import { expect, test } from 'vitest';
import { chooseRevision } from '../../../src/runner/actions/choose-revision.ts';

const history = [3, 1, 10, 2].map((number) => ({ number, content: `v${number}` }));

test('without a number the second highest is meant (STS-CTL-08)', () => {
  expect(chooseRevision(history, undefined)).toEqual({ number: 3, content: 'v3' });
  expect(chooseRevision(history, 0)).toEqual({ number: 3, content: 'v3' });
});

test('a number means that revision', () => {
  expect(chooseRevision(history, 10)).toEqual({ number: 10, content: 'v10' });
});

test('kubectl refuses in its own words', () => {
  expect(chooseRevision(history, 4)).toBe('unable to find specified revision 4 in history');
  expect(chooseRevision(history, -1)).toBe('unable to find specified revision -1 in history');
  expect(chooseRevision(history.slice(0, 1), undefined)).toBe('no last revision to roll back to');
});
