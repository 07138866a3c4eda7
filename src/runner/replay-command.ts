// The command line that repeats one run of one scenario.

import { formatDuration } from '../kubernetes/duration.ts';
import { defaultRunOptions } from './run-options.ts';
import type { RunOptions } from './run-options.ts';

/** `setpiece run scenarios/scale.scenario.yaml --seed 7`; options that have their default are left out, but for the seed. */
export function replayCommand(file: string, row: number | undefined, options: RunOptions): string {
  const words = ['setpiece', 'run', shellWord(file), '--seed', String(options.seed)];
  if (row !== undefined) words.push('--row', String(row));
  if (options.backend !== defaultRunOptions.backend) words.push('--backend', options.backend);
  if (options.patience !== defaultRunOptions.patience) words.push('--patience', String(options.patience));
  if (options.quietMs !== defaultRunOptions.quietMs) words.push('--quiet', formatDuration(options.quietMs));
  if (options.nodes !== defaultRunOptions.nodes) words.push('--nodes', String(options.nodes));
  if (options.strict) words.push('--strict');
  return words.join(' ');
}

function shellWord(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
