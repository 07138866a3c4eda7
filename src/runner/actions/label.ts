// `label` and `annotate`: a merge patch in which removed keys are null, as kubectl sends it (API-DISC-12).

import { judgeWrite, refusedByClient } from './judged-answer.ts';
import type { ObjectAddress } from '../../backends/cluster.ts';
import type { JudgedAnswer } from '../../expectations/judge.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Sets and removes labels or annotations. */
export async function label(action: ActionOf<'label' | 'annotate'>, context: ActionContext): Promise<Answers> {
  const values: Record<string, Json> = { ...action.set };
  for (const key of action.remove) values[key] = null;
  const member = action.verb === 'label' ? 'labels' : 'annotations';
  const answers: JudgedAnswer[] = [];
  for (const target of context.resolve(action.target)) {
    const refusal = context.overwrites ? undefined : overwritten(action, target, context);
    if (refusal !== undefined) {
      answers.push(refusedByClient(target, refusal));
      continue;
    }
    const body = { metadata: { [member]: values } };
    answers.push(judgeWrite(target, await context.send({ verb: 'patch', target, type: 'merge', body })));
  }
  return answers;
}

/** kubectl's rule (label.go, annotate.go: validateNo…Overwrites): a key that has another value already is not changed. */
function overwritten(
  { verb, set }: ActionOf<'label' | 'annotate'>,
  { kind, name }: ObjectAddress,
  { world }: Pick<ActionContext, 'world'>,
): string | undefined {
  const { labels, annotations } = world.get(kind, name)?.metadata ?? {};
  const there = (verb === 'label' ? labels : annotations) ?? {};
  const others = Object.entries(set).flatMap(([key, value]) =>
    Object.hasOwn(there, key) && there[key] !== value ? [`'${key}' already has a value (${there[key] ?? ''})`] : [],
  );
  if (others.length === 0) return undefined;
  if (verb === 'annotate') {
    return `--overwrite is false but found the following declared annotation(s): ${others.join('; ')}`;
  }
  const told = others.map((text) => `${text}, and --overwrite is false`);
  return told.length === 1 ? told[0] : `[${told.join(', ')}]`;
}
