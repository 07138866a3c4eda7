// Lists the objects of a kind that one object controls, by uid.

import { controllerOf } from '../../kubernetes/object.ts';
import { BackendError } from '../../backends/cluster.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { ActionContext } from './action-context.ts';

/** The controlled objects, as the API server lists them. A list that is refused is a failure of the environment. */
export async function listOwned(
  kind: KindKey,
  owner: KubernetesObject,
  context: Pick<ActionContext, 'send'>,
): Promise<readonly KubernetesObject[]> {
  const answer = await context.send({ verb: 'list', kind });
  if (answer.code >= 400) throw new BackendError(`listing ${kind} was refused with code ${answer.code}`);
  const { items } = answer.body as { readonly items?: readonly KubernetesObject[] };
  return (items ?? []).filter((item) => controllerOf(item)?.uid === owner.metadata.uid);
}
