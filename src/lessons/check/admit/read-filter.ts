// What stands behind a pipe: the few programs that lessons use to shorten an output, done without running them.

import type { OutputFilter } from './invocation.ts';

/** Reads a filter; undefined when it is another program, or uses it in another way. */
export function readFilter(words: readonly string[]): OutputFilter | undefined {
  const [program, ...rest] = words;
  if (program === 'grep' || program === 'egrep') return readGrep(rest);
  if (program !== 'head' && program !== 'tail') return undefined;
  const count = /^(?:-n ?|-|--lines=)?(\d{1,6})$/.exec(rest.join(' '))?.[1];
  if (rest.length > 0 && count === undefined) return undefined;
  return { kind: program, lines: Number(count ?? 10) };
}

/** Applies filters to an output. */
export function filterOutput(output: string, filters: readonly OutputFilter[]): string {
  if (filters.length === 0) return output;
  let lines = output.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const filter of filters) lines = filtered(lines, filter);
  return lines.map((line) => `${line}\n`).join('');
}

function readGrep(rest: readonly string[]): OutputFilter | undefined {
  const flags = rest.filter((word) => word.startsWith('-'));
  const words = rest.filter((word) => !word.startsWith('-'));
  const letters = flags.map((flag) => flag.replace(/^-/, '')).join('');
  const [pattern] = words;
  if (words.length !== 1 || pattern === undefined || !/^[iveE]*$/.test(letters)) return undefined;
  // A pattern is only taken where it says the same in every dialect.
  if (/[[\]{}()*+?\\|]/.test(pattern) || pattern.length > 200) return undefined;
  return { kind: 'grep', pattern, invert: letters.includes('v'), ignoreCase: letters.includes('i') };
}

function filtered(lines: readonly string[], filter: OutputFilter): string[] {
  if (filter.kind !== 'grep') {
    if (filter.kind === 'head') return lines.slice(0, filter.lines);
    return filter.lines === 0 ? [] : lines.slice(-filter.lines);
  }
  const escaped = filter.pattern.replaceAll('/', '\\/');
  const pattern = new RegExp(escaped, filter.ignoreCase ? 'i' : '');
  return lines.filter((line) => pattern.test(line) !== filter.invert);
}
