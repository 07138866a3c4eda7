// The compact report: exactly one line a scenario, and one more for each verdict that is not a plain pass. Made for `grep`.

import { Gatherer, titleOf } from './gather.ts';
import { createPalette } from './render/palette.ts';
import { paintOutcome } from './render/scenario.ts';
import { formatReal, formatSpan } from './render/time.ts';
import { renderTotals } from './render/totals.ts';
import { padRight, printable } from './render/width.ts';
import { StatusLine } from './status-line.ts';
import type { Verdict } from '../src/expectations/verdict.ts';
import type { Message, Reporter } from '../src/runner/messages.ts';
import type { ScenarioReport } from './gather.ts';
import type { Output } from './output.ts';
import type { ScenarioLayout } from './render/scenario.ts';

/** Reports in single lines: outcome, scenario, times; then `file:line:column word: rule` for what did not pass. */
export function createLineReporter(output: Output): Reporter {
  const palette = createPalette(output.colours);
  const gatherer = new Gatherer();
  const status = new StatusLine(output);
  let layout: ScenarioLayout = { columns: output.columns, palette, strict: false };

  const write = (lines: readonly string[]): void => {
    status.clear();
    for (const line of lines) output.write(`${line}\n`);
  };

  return {
    on(message: Message): void {
      status.on(message);
      if (message.kind === 'runStarted') layout = { ...layout, strict: message.strict };
      const report = gatherer.take(message);
      if (report !== undefined) write(scenarioLines(report, layout));
      if (message.kind === 'runFinished') write(renderTotals(message, palette, layout.strict));
    },
  };
}

function scenarioLines({ steps, finished }: ScenarioReport, layout: ScenarioLayout): readonly string[] {
  const outcome = finished.outcome === 'pass' && finished.vacuous > 0 ? 'vacuous' : finished.outcome;
  const head = `${paintOutcome(finished, layout)(padRight(outcome, 12))} ${titleOf(finished.id)}`;
  const times = `t=${formatSpan(finished.virtualMs)} ${formatReal(finished.realMs)}`;
  const reason = finished.reason === undefined ? '' : `  ${printable(finished.reason)}`;
  const verdicts = [...steps.flatMap((step) => step.finished?.verdicts ?? []), ...finished.invariants];
  return [
    `${head}  ${layout.palette.faint(times)}${reason}`,
    ...finished.problems.map(
      ({ span, code, message }) => `  ${span.file}:${span.line}:${span.column} ${code}: ${printable(message)}`,
    ),
    ...verdicts.filter((verdict) => verdict.outcome !== 'pass' || verdict.vacuous).map(verdictLine),
  ];
}

function verdictLine({ span, word, text, outcome, vacuous, explanation }: Verdict): string {
  const what = explanation === undefined ? text : `${explanation.rule}; ${explanation.seen}`;
  const how = outcome === 'pass' && vacuous ? 'vacuous' : outcome;
  return `  ${span.file}:${span.line}:${span.column} ${word} ${how}: ${printable(what)}`;
}
