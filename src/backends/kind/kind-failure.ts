// What kind said when it failed: its error in one line, and the end of its log below.

import { BackendError } from '../cluster.ts';
import { knownCause } from './docker-error.ts';

const tailLines = 12;

/** Makes the error. `log` is more to show: what the nodes wrote. */
export function kindFailure(what: string, output: string, log: readonly string[] = []): BackendError {
  const lines = output
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  const said =
    lines.find((line) => line.startsWith('ERROR: '))?.slice('ERROR: '.length) ?? lines.at(-1) ?? 'it said nothing';
  const tail = [...lines.slice(-tailLines), ...log].map((line) => `\n  ${line}`);
  return new BackendError(`kind could not ${what}: ${knownCause(output) ?? said}${tail.join('')}`);
}
