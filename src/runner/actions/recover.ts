// `recover`: takes the faults of the selected objects away.

import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Ends the faults of whoever bears the selected names. */
export async function recover(action: ActionOf<'recover'>, context: ActionContext): Promise<Answers> {
  await context.inject({ how: 'recover', targets: context.resolve(action.target) });
  return [];
}
