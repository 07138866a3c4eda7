// Writes the trace of a run to its file.

import { openSync, closeSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { BackendError } from '../backends/cluster.ts';
import { makeFolders } from './make-folders.ts';
import { formatPathError } from './path-error.ts';
import { formatHeader, formatRecord } from '../trace/file.ts';
import type { Trace, TraceHeader } from '../trace/record.ts';

/** Lines are handed to the system in pieces of this many, so that a long trace is never one string. */
const linesAtOnce = 1000;

/** Writes `DIR/scenario[.row].backend.seed[.try-N].jsonl` and gives its path. Rejects with `BackendError` where it cannot be written. */
export function writeTraceFile(dir: string, { header, records }: Trace): string {
  const path = join(dir, `${nameOf(header)}.jsonl`);
  try {
    makeFolders(dir);
    const file = openSync(path, 'w');
    try {
      writeSync(file, `${formatHeader(header)}\n`);
      for (let from = 0; from < records.length; from += linesAtOnce) {
        const lines = records.slice(from, from + linesAtOnce).map((record) => `${formatRecord(record)}\n`);
        writeSync(file, lines.join(''));
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new BackendError(`the trace cannot be written to ${path}: ${formatPathError(error)}`, { cause: error });
  }
  return path;
}

function nameOf({ scenario, row, backend, seed, attempt }: TraceHeader): string {
  const tried = attempt === undefined ? undefined : `try-${attempt}`;
  return [scenario, row, backend, seed, tried].filter((part) => part !== undefined).join('.');
}
