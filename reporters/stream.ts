// The run itself, to be reported later: its messages as JSON Lines, records included. `setpiece report merge` reads them.

import type { Message, Reporter } from '../src/runner/messages.ts';
import type { Output } from './output.ts';

/** Messages between two writes: a line each would cost a system call a record. */
const linesAtOnce = 500;

/** Writes every message as one line. */
export function createStreamReporter(output: Output): Reporter {
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) output.write(lines.join(''));
    lines = [];
  };
  return {
    wantsRecords: true,
    on(message: Message): void {
      lines.push(`${JSON.stringify(message)}\n`);
      // What has ended is kept even if the process does not live to see the end of the run.
      if (lines.length >= linesAtOnce || message.kind === 'scenarioFinished' || message.kind === 'runFinished') flush();
    },
    end: flush,
  };
}
