// `rollout`: what `kubectl rollout undo` and `kubectl rollout restart` do, with the requests that they send.

import { judgeWrite } from './judged-answer.ts';
import { sendToEach } from './send-to-each.ts';
import { undoDeployment } from './undo-deployment.ts';
import { undoSet } from './undo-set.ts';
import { kindOfKey } from '../../kubernetes/kinds.ts';
import type { JudgedAnswer } from '../../expectations/judge.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Rolls back to a revision, or starts a new rollout of the same template. */
export async function rollout(action: ActionOf<'rollout'>, context: ActionContext): Promise<Answers> {
  if (action.undo === undefined) return restart(action, context);
  const answers: JudgedAnswer[] = [];
  for (const target of context.resolve(action.target)) {
    const undo = kindOfKey(target.kind)?.kind === 'Deployment' ? undoDeployment : undoSet;
    answers.push(await undo(target, action.undo.toRevision, context));
  }
  return answers;
}

/** The time is the cluster's, so that a trace of the simulator depends on nothing else (STS-CTL-12, DEP-RESTART-01). */
async function restart(action: ActionOf<'rollout'>, context: ActionContext): Promise<Answers> {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': context.timestamp };
  return sendToEach(action.target, context, judgeWrite, (target) => ({
    verb: 'patch',
    target,
    type: 'strategic',
    body: { spec: { template: { metadata: { annotations } } } },
  }));
}
