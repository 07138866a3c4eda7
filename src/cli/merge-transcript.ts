// What takes the place of a transcript that is not true.

import type { Transcript } from '../expectations/verdict.ts';

/** All that was printed; where the author skips lines with `…`, those stay skipped and only what differs is replaced. */
export function mergeTranscript({ lines, actual }: Transcript): string {
  if (!lines.some(({ kind }) => kind === 'skipped')) return actual;
  return lines
    .filter(({ kind }) => kind !== 'missing')
    .map(({ text }) => `${text}\n`)
    .join('');
}
