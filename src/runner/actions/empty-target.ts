// A target that selects nothing is a mistake in the scenario, not a failed expectation: exit code 2.

import { ScenarioError } from '../../scenario/problem.ts';
import { formatDuration } from '../../kubernetes/duration.ts';
import type { Selection } from '../../scenario/model.ts';

/** The error for a target that is not there when its step starts. */
export function emptyTarget(
  target: Selection,
  when: { readonly nowMs: number; readonly step: { readonly name: string } },
  what: { readonly found: string; readonly hint?: string },
): ScenarioError {
  return new ScenarioError([
    {
      code: 'unknown-object',
      severity: 'error',
      message: `the target \`${target.text}\` selects nothing when step "${when.step.name}" starts (t=+${formatDuration(when.nowMs)}): ${what.found}`,
      span: target.span,
      hint: what.hint ?? 'a step before must have made it; await it there with `settled` or `eventually`',
    },
  ]);
}
