// `drain`: cordons the nodes and evicts their pods, except those of DaemonSets and mirror pods (NODE-06). An eviction that
// a disruption budget refuses is tried again every 5 s, as kubectl does, until the step's budget is spent.

import { controllerOf } from '../../kubernetes/object.ts';
import { composeKindKey } from '../../kubernetes/kind.ts';
import { cordon } from './cordon.ts';
import { judgeWrite } from './judged-answer.ts';
import type { ObjectAddress } from '../../backends/cluster.ts';
import type { JudgedAnswer } from '../../expectations/judge.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { World } from '../../trace/world.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

const retryMs = 5000;
const pods = composeKindKey('', 'Pod');

/** Empties nodes. The step's window opens when the last eviction was answered, not when the last pod is gone. */
export async function drain(action: ActionOf<'drain'>, context: ActionContext): Promise<Answers> {
  const answers: JudgedAnswer[] = [...(await cordon(action, context))];
  if (answers.some(({ refused }) => refused)) return answers;
  const nodes = new Set(context.resolve(action.target).map(({ name }) => name));
  const untilMs = context.nowMs + context.budgetMs;
  let left = podsOn(nodes, context.world);
  while (left.length > 0) {
    const blocked: (ObjectAddress & { readonly uid: string })[] = [];
    for (const pod of left) {
      const answer = await context.send({ verb: 'evict', target: pod });
      const again = answer.code === 429 && context.nowMs + retryMs <= untilMs;
      if (again) blocked.push(pod);
      else if (answer.code !== 404) answers.push(judgeWrite(pod, answer));
    }
    if (blocked.length > 0) await context.pass(retryMs);
    // A pod of the same name with another uid is another pod, and was not on the node when the drain began.
    left = blocked.filter(({ kind, name, uid }) => context.world.get(kind, name)?.metadata.uid === uid);
  }
  return answers;
}

function podsOn(nodes: ReadonlySet<string>, world: World): readonly (ObjectAddress & { readonly uid: string })[] {
  return [...world.objects(pods).values()].flatMap((pod) => {
    const { nodeName } = (pod.spec ?? {}) as { readonly nodeName?: string };
    if (nodeName === undefined || !nodes.has(nodeName) || staysOnNode(pod)) return [];
    return [{ kind: pods, name: pod.metadata.name, uid: pod.metadata.uid }];
  });
}

function staysOnNode(pod: KubernetesObject): boolean {
  return (
    controllerOf(pod)?.kind === 'DaemonSet' ||
    pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined ||
    pod.metadata.deletionTimestamp !== undefined
  );
}
