// `delete`: one DELETE for each object, with the options that the author gave. Unlike `kubectl delete` it does not wait.

import { judgeWrite } from './judged-answer.ts';
import { sendToEach } from './send-to-each.ts';
import type { Propagation } from '../../backends/cluster.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

const propagations: Readonly<Record<'background' | 'foreground' | 'orphan', Propagation>> = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
};

/** Deletes the selected objects. */
export async function deleteObjects(action: ActionOf<'delete'>, context: ActionContext): Promise<Answers> {
  return sendToEach(action.target, context, judgeWrite, (target) => ({
    verb: 'delete',
    target,
    ...(action.propagation === undefined ? {} : { propagation: propagations[action.propagation] }),
    ...(action.graceSeconds === undefined ? {} : { graceSeconds: action.graceSeconds }),
    ...(action.preconditions === undefined ? {} : { preconditions: action.preconditions }),
  }));
}
