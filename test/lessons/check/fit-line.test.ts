import { describe, expect, test } from 'vitest';
import { columnsOf, fitLine, wrapText } from '../../../src/lessons/check/fit-line.ts';

describe('a line for a terminal', () => {
  test('a wide character takes two columns', () => {
    expect(columnsOf('卷 pv')).toBe(5);
    expect(columnsOf('kubectl')).toBe(7);
  });

  test.each([
    ['kubectl get pods', 16, 'kubectl get pods'],
    ['kubectl get pods', 8, 'kubectl…'],
    ['创建静态卷', 10, '创建静态卷'],
    ['创建静态卷', 9, '创建静态…'],
    ['创建静态卷', 8, '创建静…'],
    ['ab😀cd', 5, 'ab😀…'],
    ['ab😀cd', 4, 'ab…'],
    ['', 4, ''],
  ])('%s fits into %i columns', (line, columns, fitted) => {
    expect(fitLine(line, columns)).toBe(fitted);
    expect(columnsOf(fitted)).toBeLessThanOrEqual(columns);
  });

  test('a text is broken at blanks, and Chinese anywhere; names stay whole', () => {
    expect(wrapText('a bc def', 4)).toEqual(['a bc', 'def']);
    expect(wrapText('x 创建静态卷 y', 6)).toEqual(['x', '创建静', '态卷 y']);
    expect(wrapText('a-very-long-name b', 4)).toEqual(['a-very-long-name', 'b']);
  });
});
