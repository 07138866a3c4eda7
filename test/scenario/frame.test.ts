import { describe, expect, test } from 'vitest';

import { renderProblem } from '../../src/scenario/frame.ts';
import type { Problem } from '../../src/scenario/problem.ts';

/** A problem at the first occurrence of a token. */
function problemAt(text: string, token: string, more: Partial<Problem> = {}): Problem {
  const start = text.indexOf(token);
  const before = text.slice(0, start).split('\n');
  const span = {
    file: 'a.yaml',
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
    start,
    end: start + token.length,
  };
  return { code: 'unknown-verb', severity: 'error', message: 'a message', span, ...more };
}

function render(text: string, token: string, more: Partial<Problem> = {}): string {
  return `\n${renderProblem(problemAt(text, token, more), { source: () => text })}\n`;
}

describe('frames', () => {
  test('point at the token, with the line before it', () => {
    const text = 'steps:\n  - name: scale in keeps the claims\n    scal: { target: sts/web, to: 3 }\n';

    expect(render(text, 'scal:', { hint: 'a hint' })).toMatchInlineSnapshot(`
      "
      a.yaml:3:5  unknown-verb
         2 |   - name: scale in keeps the claims
       > 3 |     scal: { target: sts/web, to: 3 }
           |     ^^^^^ a message   a hint
      "
    `);
  });

  test('align under tabs and under characters of two columns', () => {
    expect(render('a:\t中文: 状态 here', 'here')).toMatchInlineSnapshot(`
      "
      a.yaml:1:11  unknown-verb
       > 1 | a:  中文: 状态 here
           |                ^^^^ a message
      "
    `);
  });

  test('make wide carets for wide characters, and none for marks', () => {
    expect(render('x: 中文', '中文')).toContain('|    ^^^^ a message');
    expect(render('x: e\u0301\u0301 y', 'y')).toContain('|      ^ a message');
  });

  test('cut long lines around the token', () => {
    const frame = render(`key: [ ${'x, '.repeat(200)}here, ${'y, '.repeat(200)}]`, 'here');

    const lines = frame.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(180);
    expect(lines[3]?.indexOf('^^^^')).toBe(lines[2]?.indexOf('here'));
  });

  test('wrap long hints', () => {
    const frame = render('a: b', 'a', { hint: `verbs: ${'abcdefgh, '.repeat(30)}` });

    expect(Math.max(...frame.split('\n').map((line) => line.length))).toBeLessThan(125);
  });

  test('cover the first line of a token of several', () => {
    expect(render('a:\n  b: |\n    x\n  c: 1\n', 'b: |\n    x')).toMatchInlineSnapshot(`
      "
      a.yaml:2:3  unknown-verb
         1 | a:
       > 2 |   b: |
           |   ^^^^ a message
      "
    `);
  });

  test('show no control characters', () => {
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(render('a: \u001b[31mred\u0000', 'red')).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  test('do without a source', () => {
    const frame = renderProblem(problemAt('a', 'a', { severity: 'warning', hint: 'a hint' }), {
      source: () => undefined,
    });

    expect(frame).toBe('a.yaml:1:1  warning  unknown-verb\n   a message   a hint');
  });

  test('take their colours from a painter', () => {
    const painter = {
      location: (text: string) => `<l>${text}</l>`,
      error: (text: string) => `<e>${text}</e>`,
      warning: (text: string) => `<w>${text}</w>`,
      gutter: (text: string) => `<g>${text}</g>`,
      hint: (text: string) => `<h>${text}</h>`,
    };

    const frame = renderProblem(problemAt('a: b', 'b', { hint: 'h' }), { source: () => 'a: b', painter });
    expect(frame).toBe(
      '<l>a.yaml:1:4</l>  <e>unknown-verb</e>\n<e> ></e><g> 1 |</g> a: b\n<g>     |</g>    <e>^</e> a message   <h>h</h>',
    );
  });
});
