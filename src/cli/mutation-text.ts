// The matrix scenario x mutant for a terminal. As a grid it would be wider than any screen: it is shown mutant by mutant, then
// scenario by scenario where that says something new.

import type { Palette } from '../../reporters/render/palette.ts';
import type { MutationReport, ReportedMutant } from '../runner/mutation-report.ts';

/** Where the text goes. */
export interface TextPlace {
  readonly palette: Palette;
  /** Width, in characters. */
  readonly columns: number;
}

/** Ids of killers beyond these are only counted. */
const killersMax = 3;

/** The whole report, ending in a newline. */
export function mutationText(report: MutationReport, place: TextPlace & { readonly seconds: number }): string {
  const { palette } = place;
  const width = Math.max(...report.mutants.map(({ id }) => id.length));
  const lines = report.mutants.flatMap((mutant) => mutantLines(mutant, width, place));
  return [...lines, '', ...scenarioLines(report, palette), ...findings(report, place), summary(report, place), ''].join(
    '\n',
  );
}

/** The mutants with what each does wrong, ending in a newline. */
export function listMutants(
  mutants: readonly { readonly id: string; readonly about: string; readonly breaks: string }[],
  { palette, columns }: TextPlace,
): string {
  const blocks = mutants.map(({ id, about, breaks }) => {
    const text = wrap(`${about} (${breaks})`, columns - 4).map((line) => `    ${line}`);
    return [palette.strong(id), ...text].join('\n');
  });
  return `${blocks.join('\n')}\n\n${mutants.length} mutants; \`setpiece run FILE --mutant ID\` runs a scenario on one\n`;
}

function mutantLines(
  { id, killedBy, about, breaks }: ReportedMutant,
  width: number,
  place: TextPlace,
): readonly string[] {
  const { palette, columns } = place;
  const name = id.padEnd(width);
  if (killedBy.length === 0) {
    const text = wrap(`${about} (${breaks})`, columns - 8).map((line) => `        ${palette.faint(line)}`);
    return [`${palette.bad('✗')} ${name}    ${palette.bad('survives')}`, ...text];
  }
  const count = String(killedBy.length).padStart(4);
  return [`${palette.good('✓')} ${name} ${count}  ${palette.faint(fitted(killedBy, columns - width - 9))}`];
}

/** As many names as there is room for, at most three, and how many more there are. */
function fitted(names: readonly string[], room: number): string {
  for (let shown = Math.min(names.length, killersMax); shown > 1; shown -= 1) {
    const text = some(names, shown);
    if (text.length <= room) return text;
  }
  return some(names, 1);
}

function some(names: readonly string[], shown: number): string {
  const more = names.length - shown;
  return `${names.slice(0, shown).join(', ')}${more > 0 ? `, +${more}` : ''}`;
}

/** How much each scenario notices, in one table of numbers. */
function scenarioLines({ scenarios, idle }: MutationReport, palette: Palette): readonly string[] {
  // A scenario that notices none of a few chosen mutants is no news.
  const told = scenarios.filter(({ id, kills }) => kills.length > 0 || idle.includes(id));
  const sorted = told.toSorted((a, b) => a.kills.length - b.kills.length);
  const width = Math.max(0, ...sorted.map(({ id }) => id.length));
  const lines = sorted.map(({ id, kills }) => {
    const mark = kills.length > 0 ? palette.good('✓') : idle.includes(id) ? palette.bad('✗') : palette.faint('·');
    return `${mark} ${id.padEnd(width)} ${String(kills.length).padStart(4)}`;
  });
  return lines.length === 0 ? [] : [palette.strong('mutants that each scenario notices'), ...lines, ''];
}

function findings(report: MutationReport, { palette }: TextPlace): readonly string[] {
  const files = new Map(report.scenarios.map(({ id, file }) => [id, file]));
  const lines = [
    ...report.unsound.map(({ scenario, outcome, reason }) => {
      const why = reason === undefined ? '' : `: ${reason}`;
      return `${scenario}: ${outcome} on the right simulator${why}; it was not run on mutants`;
    }),
    ...report.survivors.map((id) => `${id} survives: no scenario notices it`),
    ...report.idle.map((id) => `${id} notices no mutant (${files.get(id) ?? ''})`),
    ...report.bugs.map(({ scenario, mutant, reason }) => `${scenario} on ${mutant}: setpiece broke: ${reason ?? ''}`),
  ];
  return lines.length === 0
    ? []
    : [palette.strong('findings'), ...lines.map((line) => `${palette.bad('✗')} ${line}`), ''];
}

function summary(report: MutationReport, { palette, seconds }: TextPlace & { readonly seconds: number }): string {
  const { mutants, scenarios, survivors, idle, interrupted, runs, seed } = report;
  const killed = `${mutants.filter(({ killedBy }) => killedBy.length > 0).length} of ${mutants.length} mutants noticed`;
  const parts = [
    interrupted
      ? palette.doubtful(`interrupted: ${killed} so far`)
      : survivors.length > 0
        ? palette.bad(killed)
        : palette.good(killed),
    `${scenarios.length} scenarios${idle.length > 0 ? `, ${idle.length} of them idle` : ''}`,
    `${runs} runs in ${seconds.toFixed(1)} s`,
    `seed ${seed}`,
  ];
  return parts.join(' · ');
}

/** Words on lines of at most so many characters; a longer word has a line for itself. */
function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
