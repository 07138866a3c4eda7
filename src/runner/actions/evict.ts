// `evict`: one POST to the eviction subresource for each pod; a refusal by a disruption budget (429) is the answer (EVICT).

import { judgeWrite } from './judged-answer.ts';
import { sendToEach } from './send-to-each.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Asks for the eviction of the selected pods. */
export async function evict(action: ActionOf<'evict'>, context: ActionContext): Promise<Answers> {
  return sendToEach(action.target, context, judgeWrite, (target) => ({
    verb: 'evict',
    target,
    ...(action.graceSeconds === undefined ? {} : { graceSeconds: action.graceSeconds }),
  }));
}
