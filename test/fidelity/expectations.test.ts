import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Expectations, readExpectations } from '../../fidelity/expectations.ts';
import { sameUpToCoalescing, withoutRepeats } from '../../fidelity/sequences.ts';
import type { Finding } from '../../fidelity/finding.ts';

const finding: Finding = { check: 'final', subject: 'pod/web-0 spec.volumes.1.name', message: 'recorded "a"' };
const listed = { recipe: 'ordered-*', check: 'final', subject: 'pod/* spec.volumes.*', cause: 'known' } as const;

describe('expected differences', () => {
  test('a difference that is not listed is unexpected', () => {
    const expectations = new Expectations([{ ...listed, check: 'status' }]);

    expect(expectations.judge('ordered-scale', [finding])).toEqual({ unexpected: [finding], expected: [] });
  });

  test('a listed difference is expected, for the recordings that the entry names', () => {
    const expectations = new Expectations([listed]);

    expect(expectations.judge('ordered-scale', [finding]).expected).toEqual([finding]);
    expect(expectations.judge('partition', [finding]).unexpected).toEqual([finding]);
    expect(expectations.unneeded()).toEqual([]);
  });

  test('an entry that no difference needs any more is told', () => {
    const expectations = new Expectations([listed]);

    expectations.judge('ordered-scale', []);

    expect(expectations.unneeded()).toEqual([listed]);
  });

  test('an entry without a cause is refused', () => {
    const folder = mkdtempSync(join(tmpdir(), 'setpiece-expectations-'));
    const file = join(folder, 'expected.yaml');
    writeFileSync(file, '- {recipe: a, check: final, subject: b, cause: ""}\n');

    expect(() => readExpectations(file)).toThrow('`recipe`, `subject` and `cause` must be texts');
    rmSync(folder, { recursive: true });
  });

  test('a folder without a list expects no differences', () => {
    expect(readExpectations('/nowhere/expected.yaml')).toEqual([]);
  });
});

describe('sequences', () => {
  test('values in a row that are the same are one value', () => {
    expect(withoutRepeats(['a', 'a', 'b', 'a'])).toEqual(['a', 'b', 'a']);
  });

  test('a value that was passed over is no difference, on either side', () => {
    expect(sameUpToCoalescing(['0', '1', '3'], ['0', '1', '2', '3'])).toBe(true);
    expect(sameUpToCoalescing(['0', '1', '2', '3'], ['0', '2', '3'])).toBe(true);
  });

  test('another order, another end and too few values are differences', () => {
    expect(sameUpToCoalescing(['0', '1', '2', '3'], ['0', '2', '1', '3'])).toBe(false);
    expect(sameUpToCoalescing(['0', '1', '2', '3'], ['0', '1', '2'])).toBe(false);
    expect(sameUpToCoalescing(['0', '1', '2', '3'], ['3'])).toBe(false);
  });
});
