// `rollout undo` of StatefulSets and DaemonSets: a strategic merge patch with the data of a ControllerRevision (STS-CTL-08).

import { isDeepStrictEqual } from 'node:util';
import { composeKindKey } from '../../kubernetes/kind.ts';
import { chooseRevision } from './choose-revision.ts';
import { judgeRead, judgeWrite, refusedByClient, unchangedAnswer } from './judged-answer.ts';
import { listOwned } from './list-owned.ts';
import type { ObjectAddress } from '../../backends/cluster.ts';
import type { JudgedAnswer } from '../../expectations/judge.ts';
import type { Json, JsonObject, KubernetesObject } from '../../kubernetes/object.ts';
import type { ActionContext } from './action-context.ts';

const revisions = composeKindKey('apps', 'ControllerRevision');

/** Sends the patch; answers without one when the template is already that of the revision. */
export async function undoSet(
  target: ObjectAddress,
  toRevision: number | undefined,
  context: Pick<ActionContext, 'send'>,
): Promise<JudgedAnswer> {
  const set = await context.send({ verb: 'get', target });
  if (set.code >= 400) return judgeRead(target, set);
  const owned = await listOwned(revisions, set.body as KubernetesObject, context);
  const chosen = chooseRevision(
    owned.map((revision) => ({ number: Number(revision.revision), content: revision.data as JsonObject })),
    toRevision,
  );
  if (typeof chosen === 'string') return refusedByClient(target, chosen);
  if (isDeepStrictEqual(templateOf(set.body as KubernetesObject), templateOf(chosen.content))) {
    return unchangedAnswer(target, set, `current template already matches revision ${toRevision ?? 0}`);
  }
  return judgeWrite(
    target,
    await context.send({ verb: 'patch', target, type: 'strategic', body: chosen.content as Json }),
  );
}

/** The pod template, without the directive that a revision's data carries in it. */
function templateOf(holder: Readonly<Record<string, unknown>>): unknown {
  const { template } = (holder['spec'] ?? {}) as { readonly template?: Record<string, unknown> };
  const { $patch: _directive, ...rest } = template ?? {};
  return rest;
}
