// `advance`: nothing is asked. The step's window opens at once and stays open while the time passes, so that its `never` and
// `always` see what happens meanwhile; the judge ends it no sooner (`expectations/window.ts`).

import type { Answers } from './action-context.ts';

/** Leaves the time to the step's window. */
export function advance(): Promise<Answers> {
  return Promise.resolve([]);
}
