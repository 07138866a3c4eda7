// One scenario's report as lines: a single one when all is well, everything that explains it when not.

import { titleOf } from '../gather.ts';
import { place, renderVerdict } from './explanation.ts';
import { formatReal, formatSpan } from './time.ts';
import { displayWidth, padRight, printable, shorten } from './width.ts';
import type { RunId, ScenarioFinished, ScenarioOutcome } from '../../src/runner/messages.ts';
import type { Verdict } from '../../src/expectations/verdict.ts';
import type { ScenarioReport, StepReport } from '../gather.ts';
import type { Palette } from './palette.ts';

/** What the lines of a scenario depend on besides its report. */
export interface ScenarioLayout {
  readonly columns: number;
  readonly palette: Palette;
  /** Vacuous passes are red. */
  readonly strict: boolean;
}

const signs: Readonly<Record<ScenarioOutcome, string>> = {
  pass: '✓',
  flaky: '~',
  fail: '✗',
  inconclusive: '?',
  skipped: '-',
  invalid: '✗',
  error: '!',
  interrupted: '!',
};

/** The lines of one scenario; several when it did not simply pass, with an empty line around each block. */
export function renderScenario(report: ScenarioReport, layout: ScenarioLayout): readonly string[] {
  const { finished } = report;
  const blocks = [...stepBlocks(report, layout), ...invariantBlocks(report, layout), ...otherBlocks(finished, layout)];
  const summary = summaryLine(finished, layout);
  if (blocks.length === 0) return [summary];
  const red = !['pass', 'flaky', 'skipped'].includes(finished.outcome);
  const end = red ? footer(finished, layout) : [];
  return ['', ...(red ? [] : [summary]), ...blocks.flatMap((lines) => lines.concat('')), ...end];
}

/** The colour of an outcome. */
export function paintOutcome(
  { outcome, vacuous }: ScenarioFinished,
  { palette, strict }: ScenarioLayout,
): (text: string) => string {
  if (outcome === 'pass') return vacuous === 0 ? palette.good : strict ? palette.bad : palette.doubtful;
  return outcome === 'fail' || outcome === 'invalid' || outcome === 'error' ? palette.bad : palette.doubtful;
}

function summaryLine(finished: ScenarioFinished, layout: ScenarioLayout): string {
  const { palette } = layout;
  const sign = finished.outcome === 'pass' && finished.vacuous > 0 ? '∅' : signs[finished.outcome];
  const mark = paintOutcome(finished, layout)(sign);
  if (finished.outcome === 'skipped') {
    const reason = palette.doubtful(`skipped: ${finished.reason ?? 'no reason given'}`);
    return `${mark} ${titleOf(finished.id)}   ${reason}`;
  }
  const { columns } = layout;
  const head = padRight(`${mark} ${shorten(titleOf(finished.id), columns - 2)}`, headWidth(columns));
  const facts = factsThatFit(finished, columns - displayWidth(head));
  return facts === '' ? head.trimEnd() : `${head}${palette.faint(facts)}`;
}

/** What all facts take, and what the first two of them do. */
const factsWidth = 76;
const factsMin = 44;
const headMax = 44;

/** Where the facts begin: in their usual place, or so far left that most names still end before them. */
function headWidth(columns: number): number {
  if (columns - factsWidth >= 34) return Math.min(headMax, columns - factsWidth);
  return Math.max(20, Math.min(headMax, columns - factsMin));
}

/** The facts in columns that are as wide as they usually are; those on the right go first where there is no room. */
function factsThatFit(finished: ScenarioFinished, cells: number): string {
  const notes = [
    ...(finished.outcome === 'flaky' ? [`flaky: passed on try ${finished.id.attempt ?? 1}`] : []),
    ...(finished.vacuous === 0 ? [] : [`${finished.vacuous} vacuous`]),
  ];
  const facts = [
    where(finished.id),
    `t=${formatSpan(finished.virtualMs)}`.padEnd(8),
    formatReal(finished.realMs).padStart(7),
    `${finished.records} records`.padStart(12),
    ...(finished.traceHash === undefined ? [] : [`trace ${finished.traceHash.slice(0, 12)}`]),
  ];
  for (let shown = facts.length; shown >= 0; shown -= 1) {
    const text = [...facts.slice(0, shown), ...notes].map((fact) => `   ${fact}`).join('');
    if (displayWidth(text.trimEnd()) <= cells) return text.trimEnd();
  }
  return '';
}

function where(id: RunId): string {
  const tried = id.attempt === undefined ? '' : ` try ${id.attempt}`;
  return id.backend === 'simulator' ? `simulator seed ${id.seed}` : `${id.backend}${tried}`;
}

function stepBlocks({ steps, finished }: ScenarioReport, layout: ScenarioLayout): readonly (readonly string[])[] {
  return steps.flatMap((step) => {
    const told = (step.finished?.verdicts ?? []).filter(isTold);
    if (told.length === 0) return [];
    const red = told.filter(({ outcome }) => outcome !== 'pass');
    const head = red.length === 0 ? [] : [stepHead(step, finished, layout), ''];
    const lines = verdictLines(told, step.started.name, finished, layout);
    return [head.concat(lines)];
  });
}

function stepHead({ started, finished }: StepReport, scenario: ScenarioFinished, layout: ScenarioLayout): string {
  const { palette } = layout;
  const left = `${palette.bad('✗')} ${palette.strong(titleOf(scenario.id))} › ${printable(started.name)}`;
  const red = (finished?.verdicts ?? []).filter(({ outcome }) => outcome !== 'pass');
  const at = Math.min(...red.map(({ atMs }) => atMs), finished?.atMs ?? started.atMs);
  const right = `${where(scenario.id)}   t=+${formatSpan(at)} (${formatReal(scenario.realMs)} real)`;
  const space = layout.columns - displayWidth(left) - displayWidth(right);
  return space >= 3 ? `${left}${' '.repeat(space)}${palette.faint(right)}` : `${left}\n  ${palette.faint(right)}`;
}

function invariantBlocks({ finished }: ScenarioReport, layout: ScenarioLayout): readonly (readonly string[])[] {
  const told = finished.invariants.filter(isTold);
  if (told.length === 0) return [];
  const red = told.some(({ outcome }) => outcome !== 'pass');
  const head = red
    ? [`${layout.palette.bad('✗')} ${layout.palette.strong(titleOf(finished.id))} › invariants`, '']
    : [];
  return [[...head, ...verdictLines(told, 'invariants', finished, layout)]];
}

function isTold(verdict: Verdict): boolean {
  return verdict.outcome !== 'pass' || verdict.vacuous;
}

function verdictLines(
  verdicts: readonly Verdict[],
  step: string,
  finished: ScenarioFinished,
  layout: ScenarioLayout,
): readonly string[] {
  const { palette, columns, strict } = layout;
  return verdicts.flatMap((verdict, index) => {
    const space = index > 0 && verdict.outcome !== 'pass' ? [''] : [];
    if (verdict.outcome === 'pass') {
      const paint = strict ? palette.bad : palette.doubtful;
      const seen = verdict.explanation?.seen ?? 'nothing ever matched it, so nothing could break it';
      return [
        `  ${paint('∅ vacuous')}  ${titleOf(finished.id)} › ${printable(step)} › ${verdict.word} ${printable(verdict.text)}`,
        `      ${place(verdict.span, palette)}   ${printable(seen)}`,
      ];
    }
    return [
      ...space,
      ...renderVerdict(verdict, { columns: columns - 2, palette }).map((line) => (line === '' ? '' : `  ${line}`)),
    ];
  });
}

function otherBlocks(finished: ScenarioFinished, layout: ScenarioLayout): readonly (readonly string[])[] {
  const { palette } = layout;
  const blocks: (readonly string[])[] = finished.frames.map((frame) => frame.replace(/\n+$/, '').split('\n'));
  const head = `${paintOutcome(finished, layout)(signs[finished.outcome])} ${palette.strong(titleOf(finished.id))}`;
  if (finished.outcome === 'error') {
    const what = finished.bug === true ? 'setpiece itself broke (a bug of ours)' : 'the environment failed';
    blocks.push([`${head}   ${palette.bad(what)}`, ...(finished.reason ?? '').split('\n').map((line) => `  ${line}`)]);
  }
  // Verdicts and frames tell the rest; where there is a reason, they do not say it.
  if ((finished.outcome === 'inconclusive' || finished.outcome === 'invalid') && finished.reason !== undefined) {
    const what = paintOutcome(finished, layout)(finished.outcome);
    blocks.push([`${head}   ${what}`, ...finished.reason.split('\n').map((line) => `  ${printable(line)}`)]);
  }
  if (finished.outcome === 'interrupted') {
    blocks.push([`${head}   ${palette.doubtful(`interrupted at t=${formatSpan(finished.virtualMs)}`)}`]);
  }
  return blocks;
}

function footer(finished: ScenarioFinished, { palette }: ScenarioLayout): readonly string[] {
  const lines: string[] = [];
  if (finished.retried === true) lines.push(palette.doubtful('tried again: this end does not count'));
  if (finished.notRun.length > 0) lines.push(palette.faint(`not run: ${finished.notRun.map(printable).join(' · ')}`));
  const trace = finished.tracePath === undefined ? '' : `      trace: ${finished.tracePath}`;
  if (finished.replay !== '') lines.push(`replay: ${palette.strong(finished.replay)}${trace}`);
  return lines.length === 0 ? [] : [...lines.map((line) => `  ${line}`), ''];
}
