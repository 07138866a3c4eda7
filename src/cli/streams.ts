// Standard output and error as reporters use them.

import { formatPathError } from '../runner/path-error.ts';
import type { Output } from '../../reporters/output.ts';

const columnsDefault = 120;
const columnsMin = 40;

/** Standard output. */
export const standardOutput: Output = outputOf(process.stdout);

/** Standard error. */
export const standardError: Output = outputOf(process.stderr);

/**
 * Watches both outputs for failures. A reader that goes away (`setpiece run | head`) must not end the run with a stack trace,
 * nor change its exit code: what can no longer be written is dropped. Other failures (a full disk) are kept to be told.
 */
export class OutputWatch {
  readonly #streams = [process.stdout, process.stderr];
  #lost: string | undefined;

  constructor() {
    for (const stream of this.#streams) stream.on('error', this.#onError);
  }

  /** Why output was lost, other than by a reader that went away. A stream tells it one turn after the write. */
  get lost(): string | undefined {
    return this.#lost;
  }

  /** Ends the watch. */
  end(): void {
    for (const stream of this.#streams) stream.off('error', this.#onError);
  }

  readonly #onError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') this.#lost ??= `the output cannot be written: ${formatPathError(error)}`;
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    write(text) {
      if (stream.writable) stream.write(text);
    },
    get columns() {
      // Some terminals say 0; pipes say nothing.
      const known = [stream.columns, Number(process.env['COLUMNS'])].find((columns) => columns > 0);
      return known === undefined ? columnsDefault : Math.max(known, columnsMin);
    },
    get colours() {
      return wantsColours(stream);
    },
    get interactive() {
      return stream.isTTY && process.env['TERM'] !== 'dumb' && process.env['CI'] === undefined;
    },
  };
}

/** NO_COLOR wins over FORCE_COLOR, which wins over what the stream is (no-color.org). */
function wantsColours(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = process.env;
  if (no !== undefined && no !== '') return false;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return stream.isTTY && terminal !== 'dumb';
}
