// `kubectl cordon` and `kubectl uncordon`.

import { Printed } from '../printed.ts';
import { findTargets } from '../targets.ts';
import { finish } from './finish.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';
import type { FoundObject } from '../targets.ts';

/** Marks nodes as not to be scheduled to, or takes the mark away. */
export function cordon(call: KubectlCall): KubectlAnswer {
  call.flags.allow('selector');
  const printed = new Printed();
  for (const node of nodesOf(call, printed)) mark(node, call.verb === 'cordon', call, printed);
  return finish(printed);
}

/** The nodes that a command names. */
export function nodesOf(call: KubectlCall, printed: Printed): readonly FoundObject[] {
  const words = call.words.map((word) => word.replace(/^(?:nodes?|no)\//u, ''));
  return findTargets({ ...call, words: ['nodes', ...words] }, printed).found;
}

/** Marks one node, if it is not yet. */
export function mark(node: FoundObject, wanted: boolean, { session }: KubectlCall, printed: Printed): void {
  const { kind, object, address } = node;
  const { name } = object.metadata;
  const { unschedulable: is = false } = (object['spec'] ?? {}) as { readonly unschedulable?: boolean };
  const word = wanted ? 'cordoned' : 'uncordoned';
  if (is === wanted) return printed.done(kind, name, `already ${word}`);
  const body = { spec: { unschedulable: wanted ? true : null } };
  const answer = session.send(address, { verb: 'patch', patchType: 'strategic', body });
  if (answer.ok) printed.done(kind, name, word);
  else printed.refused(answer.status);
}
