// `resolve`: asks the cluster's DNS (capability `dns`).

import { judgeRead } from './judged-answer.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Resolves a name as a pod of the scenario's namespace would. */
export async function resolve(action: ActionOf<'resolve'>, context: ActionContext): Promise<Answers> {
  return [judgeRead(undefined, await context.send({ verb: 'resolve', name: action.name, type: action.type }))];
}
