// A JSON summary for command lines that cannot be read: whoever asked for one gets one on every path.

import { exitCodes } from '../runner/exit-code.ts';
import { chooseReporters, createReporters } from './reporters.ts';

/** Writes the summary to wherever `--reporter json` says. */
export async function reportUsageError(reason: string, argv: readonly string[]): Promise<void> {
  const json = reporterValues(argv).filter((value) => value === 'json' || value.startsWith('json='));
  if (json.length === 0) return;
  const reporters = await createReporters(chooseReporters(json));
  reporters.abort(reason, exitCodes.invalid);
  await reporters.end();
}

function reporterValues(argv: readonly string[]): readonly string[] {
  return argv.flatMap((word, at) => {
    if (word.startsWith('--reporter=')) return [word.slice('--reporter='.length)];
    return word === '--reporter' && argv[at + 1] !== undefined ? [argv[at + 1] ?? ''] : [];
  });
}
