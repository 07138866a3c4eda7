// Puts what was printed behind the commands of a lesson that shows no outputs yet.

import type { Lesson } from '../markdown/lesson.ts';
import type { BlockResult } from './block-result.ts';

/** The text with all outputs, each behind its command. */
export function fillOutputs({ text, lines }: Lesson, results: readonly BlockResult[]): string {
  let filled = '';
  let from = 0;
  for (const { kind, printed, shown, lines: own } of results) {
    if (kind !== 'command' || printed === undefined || shown !== undefined) continue;
    const output = printed.replace(/\s+$/, '');
    if (output === '') continue;
    const { end } = lines[own.last - 1]!;
    const tidy = output.split('\n').map((line) => line.trimEnd());
    filled += `${text.slice(from, end)}\n${tidy.join('\n')}`;
    from = end;
  }
  return filled + text.slice(from);
}
