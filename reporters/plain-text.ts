// What a run came to as plain text, for reports that are read elsewhere: no colours, a fixed width.

import { createPalette } from './render/palette.ts';
import { renderVerdict } from './render/explanation.ts';
import { renderScenario } from './render/scenario.ts';
import type { Verdict } from '../src/expectations/verdict.ts';
import type { ScenarioReport } from './gather.ts';

const layout = { columns: 120, palette: createPalette(false), strict: false } as const;

/** One verdict with its explanation. */
export function verdictText(verdict: Verdict): string {
  return renderVerdict(verdict, layout).join('\n');
}

/** All that the list reporter would say of a scenario. */
export function scenarioText(report: ScenarioReport): string {
  return renderScenario(report, layout).join('\n').trim();
}

/** The verdicts of a run that did not pass, steps first. */
export function redVerdicts({ steps, finished }: ScenarioReport): readonly Verdict[] {
  const verdicts = [...steps.flatMap((step) => step.finished?.verdicts ?? []), ...finished.invariants];
  return verdicts.filter(({ outcome }) => outcome !== 'pass');
}
