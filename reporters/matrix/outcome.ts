// What scenarios, steps and expectations come to, and which of several counts. Pure.

import type { ScenarioOutcome } from '../../src/runner/messages.ts';

/** What a scenario, a step or an expectation came to. */
export type Shade = ScenarioOutcome | 'vacuous';

/** From the worst to the best. */
const order: readonly Shade[] = [
  'error',
  'invalid',
  'fail',
  'interrupted',
  'inconclusive',
  'flaky',
  'vacuous',
  'skipped',
  'pass',
];

/** The one that counts; of nothing, a pass. */
export function worstOf(shades: readonly Shade[]): Shade {
  return order.find((shade) => shades.includes(shade)) ?? 'pass';
}
