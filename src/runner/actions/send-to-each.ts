// One request for each selected object, in the order of the selection; a refusal does not keep the others from being sent.

import type { Answer, ClusterRequest, ObjectAddress } from '../../backends/cluster.ts';
import type { JudgedAnswer } from '../../expectations/judge.ts';
import type { Selection } from '../../scenario/model.ts';
import type { ActionContext, Answers } from './action-context.ts';

/** Resolves the target and sends what `request` makes for each object. */
export async function sendToEach(
  selection: Selection,
  context: ActionContext,
  judge: (target: ObjectAddress, answer: Answer) => JudgedAnswer,
  request: (target: ObjectAddress) => ClusterRequest,
): Promise<Answers> {
  const answers: JudgedAnswer[] = [];
  for (const target of context.resolve(selection)) answers.push(judge(target, await context.send(request(target))));
  return answers;
}
