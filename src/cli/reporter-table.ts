// The reporters that there are. A new one is a line here.

import { existsSync, readFileSync } from 'node:fs';
import { exitCodes } from '../runner/exit-code.ts';
import { packageFile } from '../backends/package-file.ts';
import { ReportedError } from './reported-error.ts';
import type { Reporter } from '../runner/messages.ts';
import type { Output } from '../../reporters/output.ts';
import type { PageAssets } from '../../reporters/html/write-page.ts';

/** What every reporter is. */
interface Entry {
  readonly name: string;
  /** Whether it cannot go to standard output. */
  readonly needsFile: boolean;
  /** Whether it is sent every record of every trace. */
  readonly wantsRecords: boolean;
}

/** Writes while the run goes on, for people: to standard output or to a file. */
export interface LineReporterEntry extends Entry {
  readonly kind: 'lines';
  readonly create: (output: Output) => Promise<Reporter>;
}

/** Writes one document at the run's end: to a file, or to standard output, which it then has for itself. */
export interface DocumentReporterEntry extends Entry {
  readonly kind: 'document';
  readonly create: (write: (text: string) => void) => Promise<Reporter>;
}

/** One reporter; its code is loaded when it is made. */
export type ReporterEntry = LineReporterEntry | DocumentReporterEntry;

/** All reporters, in the order in which messages name them. */
export const reporterTable: readonly ReporterEntry[] = [
  {
    name: 'list',
    kind: 'lines',
    needsFile: false,
    wantsRecords: false,
    create: async (output) => (await import('../../reporters/list.ts')).createListReporter(output),
  },
  {
    name: 'line',
    kind: 'lines',
    needsFile: false,
    wantsRecords: false,
    create: async (output) => (await import('../../reporters/line.ts')).createLineReporter(output),
  },
  {
    name: 'json',
    kind: 'document',
    needsFile: false,
    wantsRecords: false,
    create: async (write) => (await import('../../reporters/json.ts')).createJsonReporter(write),
  },
  {
    name: 'junit',
    kind: 'document',
    needsFile: false,
    wantsRecords: false,
    create: async (write) => (await import('../../reporters/junit.ts')).createJunitReporter(write),
  },
  {
    name: 'junit-steps',
    kind: 'document',
    needsFile: false,
    wantsRecords: false,
    create: async (write) => (await import('../../reporters/junit.ts')).createJunitReporter(write, 'step'),
  },
  {
    name: 'github',
    kind: 'lines',
    needsFile: false,
    wantsRecords: false,
    create: async (output) => (await import('../../reporters/github.ts')).createGithubReporter(output),
  },
  {
    name: 'markdown',
    kind: 'document',
    needsFile: false,
    wantsRecords: false,
    create: async (write) => (await import('../../reporters/markdown.ts')).createMarkdownReporter(write),
  },
  {
    name: 'trace-event',
    kind: 'document',
    needsFile: false,
    wantsRecords: true,
    create: async (write) => (await import('../../reporters/trace-event.ts')).createTraceEventReporter(write),
  },
  {
    name: 'stream',
    kind: 'lines',
    needsFile: true,
    wantsRecords: true,
    create: async (output) => (await import('../../reporters/stream.ts')).createStreamReporter(output),
  },
  {
    name: 'html',
    kind: 'document',
    needsFile: true,
    wantsRecords: true,
    create: async (write) => {
      const page = readPage();
      return (await import('../../reporters/html.ts')).createHtmlReporter({ page: () => page, write });
    },
  },
];

/** `list, line, json, …`, for the help. */
export const reporterNames = reporterTable.map(({ name }) => name).join(', ');

/** Read before the run: a package without the page is told before, not after an hour. */
function readPage(): PageAssets {
  const [script, style] = ['js', 'css'].map((type) => packageFile(`dist/pages/report.${type}`));
  if (script === undefined || style === undefined || !existsSync(script) || !existsSync(style)) {
    throw new ReportedError(
      'the html report needs dist/pages, which is not there; run `npm run build` in the package',
      exitCodes.environment,
    );
  }
  return { script: readFileSync(script, 'utf8'), style: readFileSync(style, 'utf8') };
}
