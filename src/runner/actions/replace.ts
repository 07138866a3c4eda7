// `replace`: a PUT of the author's object. Without a resourceVersion in it the API server takes the newest (API-UPD).

import { judgeWrite } from './judged-answer.ts';
import { sendToEach } from './send-to-each.ts';
import type { Manifest } from '../../kubernetes/object.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Puts an object in the place of the selected one. */
export async function replace(action: ActionOf<'replace'>, context: ActionContext): Promise<Answers> {
  return sendToEach(action.target, context, judgeWrite, (target) => ({
    verb: 'replace',
    target,
    object: action.object as unknown as Manifest,
  }));
}
