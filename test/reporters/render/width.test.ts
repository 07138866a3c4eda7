import { expect, test } from 'vitest';
import { displayWidth, hanging, padLeft, padRight, printable, shorten } from '../../../reporters/render/width.ts';

test.each([
  ['web-0', 5],
  ['网站', 4],
  ['네임', 4],
  ['カタカナ', 8],
  ['é', 1],
  ['e\u0301', 1],
  ['🚀', 2],
  ['\u001B[31mred\u001B[39m', 3],
])('%s takes %d cells', (text, cells) => {
  expect(displayWidth(text)).toBe(cells);
});

test('padding counts cells, not characters', () => {
  expect(padRight('网站', 6)).toBe('网站  ');
  expect(padLeft('网站', 6)).toBe('  网站');
});

test('text is never cut in the middle of a wide character', () => {
  expect(shorten('网站网站', 6)).toBe('网站…');
  expect(shorten('short', 10)).toBe('short');
});

test('control characters are made visible and line ends become spaces', () => {
  expect(printable('a\nb\u001B[0mc')).toBe('a b\u{FFFD}[0mc');
});

test('text is broken between words, and goes on below its beginning', () => {
  expect(hanging('dns   ', 'names can be looked up', { columns: 18, indent: 6 })).toEqual([
    'dns   names can be',
    '      looked up',
  ]);
  expect(hanging('', 'verylongword x', { columns: 5, indent: 2 })).toEqual(['verylongword', '  x']);
});
