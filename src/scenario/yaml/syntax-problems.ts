// Says what a YAML error means for an author of scenarios: the usual slips have codes and fixes of their own.

import type { YAMLError } from 'yaml';

import type { ProblemList } from '../problem-list.ts';
import type { Places } from './places.ts';

/** Errors after this many say nothing new: a slip early in a file makes the rest look wrong. */
const shownMax = 10;

/**
 * Adds a problem for each error of the parser; what one slip causes on its line is one problem. Answers whether the
 * parser's tree is still what the author meant, but for the lines of the slips.
 */
export function addSyntaxProblems(errors: readonly YAMLError[], places: Places, problems: ProblemList): boolean {
  const slips = new Set<number>();
  let shown = 0;
  let usable = true;
  for (const error of errors) {
    const { line } = places.span(error.pos[0], error.pos[1]);
    if (slips.has(line) || shown >= shownMax) continue;
    shown += 1;
    if (addSlip(error, places, problems)) {
      slips.add(line);
      if (error.code === 'TAB_AS_INDENT') usable = false;
    } else {
      problems.add('yaml-syntax', spanOf(error, places), lowerFirst(firstLine(error.message)));
      usable = false;
    }
  }
  for (const line of slips) problems.muteLine(line);
  return usable;
}

function addSlip(error: YAMLError, places: Places, problems: ProblemList): boolean {
  const at = error.pos[0];
  if (error.code === 'MULTIPLE_DOCS') {
    problems.add(
      'multiple-documents',
      { span: places.span(at, at + 3) },
      'one scenario a file: this begins another document',
      'put it into a file of its own',
    );
    return true;
  }
  if (error.code === 'TAB_AS_INDENT') {
    problems.add('tab-indentation', { span: places.span(at, at + 1) }, 'YAML is indented with spaces, not with tabs');
    return true;
  }
  return addBrace(at, places, problems) || addIndicator(error, places, problems);
}

/** `[ pod/web-{3..4}: Ready ]` and `{ image: ${x} }` open a map in the middle of a value. */
function addBrace(at: number, { text, span }: Places, problems: ProblemList): boolean {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = text.indexOf('\n', at);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  for (const match of line.matchAll(/\{(-?\w+\.\.-?\w+)\}|\$\{\s*(\w+)\s*\}/g)) {
    const start = lineStart + match.index;
    if (at < start - 1 || at > start + match[0].length + 1) continue;
    const place = { span: span(start, start + match[0].length) };
    if (match[1] === undefined) {
      problems.add(
        'brace-in-flow',
        place,
        'variables are written without braces',
        `\`$${match[2]}\` or \`$(${match[2]})\``,
      );
    } else problems.add('brace-in-flow', place, 'ranges are written without braces', `\`${match[1]}\``);
    return true;
  }
  return false;
}

/** `kubernetes: >=1.27` begins block text. */
function addIndicator(error: YAMLError, { text, span }: Places, problems: ProblemList): boolean {
  const about = /Block scalar header|block scalar indicator/.test(error.message);
  if (!about) return false;
  const start = Math.max(text.lastIndexOf('>', error.pos[1]), text.lastIndexOf('|', error.pos[1]));
  const value = /^[^\s,\]}]+/.exec(text.slice(start))?.[0] ?? '';
  problems.add(
    'block-indicator',
    { span: span(start, start + value.length) },
    `\`${value[0]}\` begins block text in YAML`,
    `quote the value: "${value}"`,
  );
  return true;
}

function spanOf(error: YAMLError, { text, span }: Places) {
  const [start, end] = error.pos;
  // An error at the very end has no token; the last character of the text stands for it.
  const at = start >= text.length ? Math.max(0, text.trimEnd().length - 1) : start;
  return { span: span(at, Math.max(end, at + 1)) };
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
