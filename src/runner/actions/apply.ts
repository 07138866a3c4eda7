// `apply` and `create`: the objects of a step one after another, in written order. A refusal does not keep the ones behind
// it from being sent, as with kubectl (API-CSA-07).

import { kindKey } from '../../kubernetes/kind.ts';
import { applyAsClient } from './client-side-apply.ts';
import { judgeWrite } from './judged-answer.ts';
import type { ObjectAddress } from '../../backends/cluster.ts';
import type { JudgedAnswer } from '../../expectations/judge.ts';
import type { KubernetesObject, Manifest } from '../../kubernetes/object.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Applies or creates the objects. */
export async function apply(action: ActionOf<'apply' | 'create'>, context: ActionContext): Promise<Answers> {
  const answers: JudgedAnswer[] = [];
  for (const object of context.manifests(action)) {
    if (action.verb === 'apply' && action.as === 'client') {
      answers.push(await applyAsClient(object, context));
      continue;
    }
    const answer = await context.send({ verb: action.verb, object });
    answers.push(judgeWrite(addressOf(object, answer.code < 400 ? answer.body : undefined), answer));
  }
  return answers;
}

/** An object without a name gets one from the server (`generateName`), if it is accepted. */
function addressOf(manifest: Manifest, created: unknown): ObjectAddress {
  const name = (created as KubernetesObject | undefined)?.metadata.name ?? manifest.metadata?.name ?? '';
  return { kind: kindKey(manifest), name };
}
