// The default report: one line a scenario when green, everything that explains it when red, the totals at the end.

import { Gatherer } from './gather.ts';
import { createPalette } from './render/palette.ts';
import { renderScenario } from './render/scenario.ts';
import { renderTotals } from './render/totals.ts';
import { StatusLine } from './status-line.ts';
import type { Message, Reporter } from '../src/runner/messages.ts';
import type { Output } from './output.ts';

/** Reports for people. On a terminal a line of progress is shown while scenarios run. */
export function createListReporter(output: Output): Reporter {
  const palette = createPalette(output.colours);
  const gatherer = new Gatherer();
  const status = new StatusLine(output);
  let strict = false;
  let lastWasEmpty = true;

  const write = (lines: readonly string[]): void => {
    status.clear();
    for (const line of lines) {
      // Blocks have an empty line on both sides; two that follow each other share it.
      if (line === '' && lastWasEmpty) continue;
      output.write(`${line}\n`);
      lastWasEmpty = line === '';
    }
  };

  return {
    on(message: Message): void {
      status.on(message);
      if (message.kind === 'runStarted') strict = message.strict;
      const report = gatherer.take(message);
      if (report !== undefined) write(renderScenario(report, { columns: output.columns, palette, strict }));
      if (message.kind === 'runFinished') write(['', ...renderTotals(message, palette, strict)]);
    },
  };
}
