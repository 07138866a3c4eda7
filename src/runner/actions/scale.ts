// `scale`: a merge patch of /scale, as a client that knows nothing but the wanted number sends it (API-SUB).

import { judgeWrite } from './judged-answer.ts';
import { sendToEach } from './send-to-each.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Sets the number of replicas. */
export async function scale(action: ActionOf<'scale'>, context: ActionContext): Promise<Answers> {
  return sendToEach(action.target, context, judgeWrite, (target) => ({
    verb: 'patch',
    target,
    type: 'merge',
    subresource: 'scale',
    body: { spec: { replicas: action.to } },
  }));
}
