import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { replaceText } from '../../src/scenario/replace-text.ts';

function replaced(file: string, marker: string, value: string): string {
  const result = replaceText(file, { start: file.indexOf(marker), value });
  if (!result.ok) throw new Error(result.reason);
  return result.text;
}

describe('a value is replaced and everything else stays', () => {
  const file =
    '# top\nprints:\n    -   kubectl: get pods   # why\n        output: |   # what\n          NAME\n          web-0\n\n  # next\nlast: { a: [1,  2] }\n';

  test('a block keeps its header, its indentation and the blank lines behind it', () => {
    expect(replaced(file, '|   #', 'NAME   \nweb-1\nweb-2\n')).toBe(
      file.replace('          web-0\n', '          web-1\n          web-2\n'),
    );
  });

  test('a plain text of one line stays one', () => {
    expect(replaced(file, 'get pods', 'get sts')).toBe(file.replace('get pods', 'get sts'));
  });

  test('a plain text that needs quotes gets them', () => {
    const text = replaced('a: one # why\nb: 2\n', 'one', 'x: y');

    expect(parse(text)).toEqual({ a: 'x: y', b: 2 });
    expect(text).toContain('# why');
  });

  test('a text of several lines becomes a block, or quoted inside braces', () => {
    expect(parse(replaced('a:\n  output: "x"\nb: 1\n', '"x"', 'NAME\nweb-0\n'))).toEqual({
      a: { output: 'NAME\nweb-0\n' },
      b: 1,
    });
    expect(parse(replaced('a: { output: "x", b: 1 } # why\n', '"x"', 'NAME\nweb-0\n'))).toEqual({
      a: { output: 'NAME\nweb-0\n', b: 1 },
    });
  });

  test('line ends of another system stay', () => {
    expect(replaced('a: |\r\n  one\r\nb: 1\r\n', '|', 'two\nthree\n')).toBe('a: |\r\n  two\r\n  three\r\nb: 1\r\n');
  });
});

describe('what cannot be replaced is said', () => {
  test.each([
    ['a: 1\n', 99, 'x', 'the value is not where it was'],
    ['a: |2\n   x\n', 3, 'x', 'its own indentation'],
    ['a: |\n  x\n', 3, '  x\ny', 'begins with a blank'],
  ])('%j at %i', (file, start, value, reason) => {
    expect(replaceText(file, { start, value })).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });
});
