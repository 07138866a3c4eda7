// Reports in files. A file that cannot be written is a failure of the environment (exit code 3), said in one line.

import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { exitCodes } from '../runner/exit-code.ts';
import { ReportedError } from './reported-error.ts';
import type { Output } from '../../reporters/output.ts';

/** Writes a whole report; folders on the way are made. */
export function writeReport(file: string, text: string): void {
  attempt(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  });
}

/** A file that a reporter writes to line by line: emptied now, so that a path that cannot be written is told before the run. */
export function fileOutput(file: string): Output {
  writeReport(file, '');
  return {
    write: (text) => attempt(file, () => appendFileSync(file, text)),
    columns: 160,
    colours: false,
    interactive: false,
  };
}

function attempt(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new ReportedError(
      `the report cannot be written to ${file}: ${(error as Error).message}`,
      exitCodes.environment,
    );
  }
}
