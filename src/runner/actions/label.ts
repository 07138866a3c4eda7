// `label` and `annotate`: a merge patch in which removed keys are null, as kubectl sends it (API-DISC-12).

import { judgeWrite } from './judged-answer.ts';
import { sendToEach } from './send-to-each.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Sets and removes labels or annotations. */
export async function label(action: ActionOf<'label' | 'annotate'>, context: ActionContext): Promise<Answers> {
  const values: Record<string, Json> = { ...action.set };
  for (const key of action.remove) values[key] = null;
  const member = action.verb === 'label' ? 'labels' : 'annotations';
  return sendToEach(action.target, context, judgeWrite, (target) => ({
    verb: 'patch',
    target,
    type: 'merge',
    body: { metadata: { [member]: values } },
  }));
}
