// A JSON summary for command lines that cannot be read: whoever asked for one gets one on every path.

import { join } from 'node:path';
import { ReportedError } from './reported-error.ts';
import { chooseReporters, createReporters } from './reporters.ts';

/** Writes the summary to wherever `--reporter json` and `--output` say, as far as it can be written there. */
export async function reportUsageError(reason: string, argv: readonly string[], exitCode: number): Promise<void> {
  const wanted = valuesOf('--reporter', argv).filter((value) => value === 'json' || value.startsWith('json='));
  const folders = argv[0] === 'run' ? valuesOf('--output', argv).filter((folder) => folder !== '') : [];
  for (const value of [...wanted, ...folders.map((folder) => `json=${join(folder, 'report.json')}`)]) {
    try {
      const reporters = await createReporters(chooseReporters([value], argv));
      reporters.abort(reason, exitCode);
      await reporters.end();
    } catch (error) {
      // The mistake itself has been told. A file that cannot be written is no second one.
      if (!(error instanceof ReportedError)) throw error;
    }
  }
}

function valuesOf(option: string, argv: readonly string[]): readonly string[] {
  return argv.flatMap((word, at) => {
    if (word.startsWith(`${option}=`)) return [word.slice(option.length + 1)];
    return word === option && argv[at + 1] !== undefined ? [argv[at + 1] ?? ''] : [];
  });
}
