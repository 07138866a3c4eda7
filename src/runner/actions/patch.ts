// `patch`: the author's patch, sent as it is.

import { judgeWrite } from './judged-answer.ts';
import { sendToEach } from './send-to-each.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Sends a merge, strategic merge or JSON patch. */
export async function patch(action: ActionOf<'patch'>, context: ActionContext): Promise<Answers> {
  return sendToEach(action.target, context, judgeWrite, (target) => ({
    verb: 'patch',
    target,
    type: action.type,
    body: action.body,
    ...(action.subresource === undefined ? {} : { subresource: action.subresource }),
  }));
}
