// The last lines of a report: how many scenarios came to what, and what the exit code says.

import { formatReal } from './time.ts';
import type { RunFinished, ScenarioOutcome } from '../../src/runner/messages.ts';
import type { Palette } from './palette.ts';

const words: readonly (readonly [outcome: ScenarioOutcome, word: string])[] = [
  ['fail', 'failed'],
  ['error', 'broken by the environment'],
  ['invalid', 'invalid'],
  ['inconclusive', 'inconclusive'],
  ['interrupted', 'interrupted'],
  ['flaky', 'flaky'],
  ['skipped', 'skipped'],
  ['pass', 'passed'],
];

/** `1 failed · 2 skipped · 3 passed (1 vacuous)   0.4 s`, and the reason when the run itself could not be finished. */
export function renderTotals(finished: RunFinished, palette: Palette, strict: boolean): readonly string[] {
  const parts = words.flatMap(([outcome, word]) => {
    const count = finished.counts[outcome];
    if (count === 0) return [];
    const vacuous = outcome === 'pass' && finished.vacuous > 0 ? vacuousText(finished.vacuous, palette, strict) : '';
    return [`${paint(outcome, palette)(`${count} ${word}`)}${vacuous}`];
  });
  const counted = parts.length === 0 ? 'no scenario was run' : parts.join(' · ');
  const reason = finished.reason === undefined ? [] : [palette.bad(finished.reason)];
  return [...reason, `${counted}   ${palette.faint(`${formatReal(finished.realMs)}, exit code ${finished.exitCode}`)}`];
}

function vacuousText(count: number, palette: Palette, strict: boolean): string {
  return ` (${(strict ? palette.bad : palette.doubtful)(`∅ ${count} vacuous`)})`;
}

function paint(outcome: ScenarioOutcome, palette: Palette): (text: string) => string {
  if (outcome === 'pass') return palette.good;
  return outcome === 'fail' || outcome === 'error' || outcome === 'invalid' ? palette.bad : palette.doubtful;
}
