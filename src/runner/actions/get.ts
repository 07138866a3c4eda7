// `get`: reads the selected objects one by one, or, with `list: true`, lists their kind and keeps what is selected.

import { judgeRead } from './judged-answer.ts';
import { sendToEach } from './send-to-each.ts';
import type { Answer } from '../../backends/cluster.ts';
import type { Json, KubernetesObject } from '../../kubernetes/object.ts';
import type { Selection } from '../../scenario/model.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Reads objects through the API, not from the trace. */
export async function get(action: ActionOf<'get'>, context: ActionContext): Promise<Answers> {
  if (action.list) return list(action.target, context);
  return sendToEach(action.target, context, judgeRead, (target) => ({
    verb: 'get',
    target,
    ...(action.subresource === undefined ? {} : { subresource: action.subresource }),
  }));
}

async function list(target: Selection, context: ActionContext): Promise<Answers> {
  const names = new Set(context.select(target).map(({ name }) => name));
  const answer = await context.send({ verb: 'list', kind: target.of });
  return [judgeRead(undefined, answer.code < 400 ? keep(answer, names) : answer)];
}

function keep(answer: Answer, names: ReadonlySet<string>): Answer {
  const { items } = answer.body as { readonly items: readonly KubernetesObject[] };
  return { ...answer, body: { items: items.filter(({ metadata }) => names.has(metadata.name)) as unknown as Json } };
}
