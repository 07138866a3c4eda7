// Annotations for GitHub Actions: workflow commands on standard output, which GitHub shows at the lines of the scenario.

import { Gatherer, titleOf } from './gather.ts';
import { redVerdicts, verdictText } from './plain-text.ts';
import type { Message, Reporter, ScenarioFinished } from '../src/runner/messages.ts';
import type { Output } from './output.ts';
import type { ScenarioReport } from './gather.ts';

/** One annotation. */
interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Writes an annotation for each verdict that is no pass, each problem of a file, and each flaky or broken run. */
export function createGithubReporter(output: Output): Reporter {
  const gatherer = new Gatherer();
  return {
    on(message: Message): void {
      const report = gatherer.take(message);
      if (report === undefined || report.finished.retried === true) return;
      for (const annotation of annotationsOf(report)) output.write(`${commandOf(annotation)}\n`);
    },
  };
}

function annotationsOf(report: ScenarioReport): readonly Annotation[] {
  const { finished } = report;
  const name = titleOf(finished.id);
  const verdicts = redVerdicts(report).map((verdict): Annotation => {
    const { file, line, column } = verdict.span;
    const level = verdict.outcome === 'fail' ? 'error' : 'warning';
    const message = `${verdictText(verdict)}\n\nreplay: ${finished.replay}`;
    return { level, title: `${name}: ${verdict.word}`, file, line, column, message };
  });
  const problems = finished.problems.map(({ severity, code, message, hint, span }): Annotation => {
    const { file, line, column } = span;
    const told = hint === undefined ? message : `${message}\n${hint}`;
    return { level: severity, title: code, file, line, column, message: told };
  });
  return [...verdicts, ...problems, ...wholeOf(finished, verdicts.length + problems.length)];
}

/** What is about no line of the file stands at its first. */
function wholeOf(finished: ScenarioFinished, told: number): readonly Annotation[] {
  const { file, outcome, reason = '', id } = finished;
  const at = { file, line: 1, column: 1 };
  const name = titleOf(id);
  if (outcome === 'flaky') {
    const message = `passed on try ${id.attempt ?? 1} only`;
    return [{ level: 'warning', title: `${name}: flaky`, ...at, message }];
  }
  if (outcome === 'error')
    return [{ level: 'error', title: `${name}: the environment failed`, ...at, message: reason }];
  const quiet = outcome === 'pass' || outcome === 'skipped' || outcome === 'interrupted' || told > 0;
  return quiet ? [] : [{ level: 'error', title: `${name}: ${outcome}`, ...at, message: reason }];
}

function commandOf({ level, title, file, line, column, message }: Annotation): string {
  const properties = { file, line: String(line), col: String(column), title };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${level} ${list.join(',')}::${escapeData(message)}`;
}

/** As the runner's own toolkit does it: a command is one line. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
