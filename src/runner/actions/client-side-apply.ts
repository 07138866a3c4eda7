// `apply` with `as: client`: what `kubectl apply` does without `--server-side` (API-CSA-01 to -06): GET, then POST, or a
// three-way patch against the annotation that the last apply left.

import { kindKey } from '../../kubernetes/kind.ts';
import { kindOfKey } from '../../kubernetes/kinds.ts';
import { lastAppliedOf, withLastApplied } from '../../kubernetes/patch/last-applied.ts';
import { threeWayPatch } from '../../kubernetes/patch/three-way-patch.ts';
import { judgeRead, judgeWrite, refusedByClient, unchangedAnswer } from './judged-answer.ts';
import type { ObjectAddress } from '../../backends/cluster.ts';
import type { JudgedAnswer } from '../../expectations/judge.ts';
import type { JsonObject, Manifest } from '../../kubernetes/object.ts';
import type { ActionContext } from './action-context.ts';

const attemptsMax = 5;
const pauseMs = 1000;

/** Applies one object as kubectl does. */
export async function applyAsClient(manifest: Manifest, context: ActionContext): Promise<JudgedAnswer> {
  const target: ObjectAddress = { kind: kindKey(manifest), name: manifest.metadata?.name ?? '' };
  if (target.name === '') {
    return refusedByClient(
      target,
      `from ${manifest.metadata?.generateName ?? ''}: cannot use generate name with apply`,
    );
  }
  const modified = withLastApplied(manifest as Manifest & JsonObject, namespaceFor(target, context));
  for (let attempt = 1; ; attempt += 1) {
    const found = await context.send({ verb: 'get', target });
    if (found.code === 404) return judgeWrite(target, await context.send({ verb: 'create', object: modified }));
    if (found.code >= 400) return judgeRead(target, found);
    const current = found.body as JsonObject;
    const lastApplied = lastAppliedOf(current);
    const { type, patch } = threeWayPatch({ modified, current, ...(lastApplied === undefined ? {} : { lastApplied }) });
    if (Object.keys(patch).length === 0) return unchangedAnswer(target, found, 'unchanged');
    const answer = await context.send({ verb: 'patch', target, type, body: patch });
    // Somebody else wrote in between (API-CSA-05).
    if (answer.code !== 409 || attempt === attemptsMax) return judgeWrite(target, answer);
    if (attempt > 1) await context.pass(pauseMs);
  }
}

/** Only what kubectl would put there: cluster-scoped objects have no namespace. */
function namespaceFor({ kind }: ObjectAddress, { namespace }: ActionContext): { readonly namespace?: string } {
  return kindOfKey(kind)?.namespaced === false ? {} : { namespace };
}
