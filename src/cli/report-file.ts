// Reports in files. A file that cannot be written is a failure of the environment (exit code 3), said in one line.

import { appendFileSync, closeSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { exitCodes } from '../runner/exit-code.ts';
import { makeFolders } from '../runner/make-folders.ts';
import { formatPathError } from '../runner/path-error.ts';
import { ReportedError } from './reported-error.ts';
import type { Output } from '../../reporters/output.ts';

/** Writes a whole report; folders on the way are made. */
export function writeReport(file: string, text: string): void {
  attempt(file, () => {
    makeFolders(dirname(file));
    writeFileSync(file, text);
  });
}

/** Tries a file that is written at the end, so that a path that cannot be written is told before the run; what is in it stays. */
export function tryReport(file: string): void {
  attempt(file, () => {
    makeFolders(dirname(file));
    closeSync(openSync(file, 'a'));
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
      `the report cannot be written to ${file}: ${formatPathError(error)}`,
      exitCodes.environment,
    );
  }
}
