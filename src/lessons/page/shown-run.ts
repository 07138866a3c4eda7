// A graded run in the form that the report's timeline takes.

import { RunGatherer } from '../../../reporters/html/gather-runs.ts';
import type { RecordRow } from '../../../reporters/html/document.ts';
import type { Message } from '../../runner/messages.ts';
import type { ShownRun } from './wire.ts';

/** The run of these messages; undefined where none was finished. */
export function shownRun(messages: readonly Message[]): ShownRun | undefined {
  const gatherer = new RunGatherer();
  // A grade has the messages of one scenario; a stream has a beginning and an end around them.
  gatherer.take(begun);
  for (const message of messages) gatherer.take(message);
  gatherer.take(ended);
  const report = gatherer.report();
  const summary = report?.document.runs[0];
  if (report === undefined || summary === undefined) return undefined;
  return { summary, rows: JSON.parse(report.blocks[0] ?? '[]') as readonly RecordRow[] };
}

const begun: Message = {
  kind: 'runStarted',
  format: 1,
  setpiece: '',
  backend: '',
  kubernetes: '',
  scenarios: 1,
  patience: 1,
  quietMs: 0,
  strict: false,
  guarantees: [],
};
const ended: Message = {
  kind: 'runFinished',
  counts: { pass: 0, flaky: 0, fail: 0, inconclusive: 0, skipped: 0, invalid: 0, error: 0, interrupted: 0 },
  vacuous: 0,
  exitCode: 0,
  realMs: 0,
};
