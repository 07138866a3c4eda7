// The report for people who want to look into a run: one self-contained HTML file with the matrix, the timeline of every run
// and each object before and after each record. Works without a server.

import { RunGatherer } from './html/gather-runs.ts';
import { writePage } from './html/write-page.ts';
import type { Message, Reporter } from '../src/runner/messages.ts';
import type { PageAssets } from './html/write-page.ts';

/** Hands the document to `write` at the run's end. `page` is asked then for the code of the page. */
export function createHtmlReporter(options: {
  readonly page: () => PageAssets;
  readonly write: (text: string) => void;
}): Reporter {
  const gatherer = new RunGatherer();
  return {
    wantsRecords: true,
    on(message: Message): void {
      gatherer.take(message);
    },
    end(): void {
      const report = gatherer.report();
      if (report !== undefined) options.write(writePage(report, options.page()));
    },
  };
}
