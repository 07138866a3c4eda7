// `cordon` and `uncordon`: a strategic merge patch of the node's spec, as kubectl sends it (API-DISC-12).

import { judgeWrite } from './judged-answer.ts';
import { sendToEach } from './send-to-each.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Makes nodes unschedulable, or schedulable again. */
export async function cordon(
  action: ActionOf<'cordon' | 'uncordon' | 'drain'>,
  context: ActionContext,
): Promise<Answers> {
  const unschedulable = action.verb === 'uncordon' ? null : true;
  return sendToEach(action.target, context, judgeWrite, (target) => ({
    verb: 'patch',
    target,
    type: 'strategic',
    body: { spec: { unschedulable } },
  }));
}
