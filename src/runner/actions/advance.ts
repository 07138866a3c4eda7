// `advance`: lets time pass before the step's window opens: the action is over when the time has passed, and the first
// point of the window is the state then (W-1). What happens meanwhile is seen by invariants only; a step without a verb and
// with `until: 5s` watches a stretch of time.

import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Lets time pass on the backend's clock. */
export async function advance(action: ActionOf<'advance'>, context: ActionContext): Promise<Answers> {
  await context.pass(action.ms);
  return [];
}
