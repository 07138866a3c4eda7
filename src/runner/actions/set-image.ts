// `setImage`: a strategic merge patch of the pod template's containers, as `kubectl set image` sends it (API-DISC-12).

import { kindOfKey } from '../../kubernetes/kinds.ts';
import { ScenarioError } from '../../scenario/problem.ts';
import { addressText } from '../../backends/address-text.ts';
import { judgeWrite } from './judged-answer.ts';
import { sendToEach } from './send-to-each.ts';
import type { ObjectAddress } from '../../backends/cluster.ts';
import type { Json, JsonObject, KubernetesObject } from '../../kubernetes/object.ts';
import type { ActionContext, ActionOf, Answers } from './action-context.ts';

/** Sets the images of containers, by container name. */
export async function setImage(action: ActionOf<'setImage'>, context: ActionContext): Promise<Answers> {
  return sendToEach(action.target, context, judgeWrite, (target) => ({
    verb: 'patch',
    target,
    type: 'strategic',
    body: patchOf(action, target, context),
  }));
}

function patchOf(action: ActionOf<'setImage'>, target: ObjectAddress, context: ActionContext): JsonObject {
  const path = pathToPodSpec(target);
  const podSpec = podSpecOf(context.world.get(target.kind, target.name), path);
  const lists = new Map<'containers' | 'initContainers', Json[]>();
  for (const [name, image] of Object.entries(action.containers)) {
    const member = podSpec === undefined ? 'containers' : listWith(name, podSpec);
    if (member === undefined) throw unknownContainer(name, { action, target, known: namesIn(podSpec ?? {}) });
    lists.set(member, [...(lists.get(member) ?? []), { name, image }]);
  }
  return path.reduceRight<JsonObject>((inner, member) => ({ [member]: inner }), Object.fromEntries(lists));
}

interface PodSpec {
  readonly containers?: readonly { readonly name: string }[];
  readonly initContainers?: readonly { readonly name: string }[];
}

function pathToPodSpec({ kind }: ObjectAddress): readonly string[] {
  const name = kindOfKey(kind)?.kind;
  if (name === 'Pod') return ['spec'];
  if (name === 'CronJob') return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
  return ['spec', 'template', 'spec'];
}

/** Undefined when the object does not exist: the request is sent all the same, and the API server says so. */
function podSpecOf(object: KubernetesObject | undefined, path: readonly string[]): PodSpec | undefined {
  let found: unknown = object;
  for (const member of path) found = (found as Record<string, unknown> | undefined)?.[member];
  return found as PodSpec | undefined;
}

function listWith(container: string, spec: PodSpec): 'containers' | 'initContainers' | undefined {
  if (spec.containers?.some(({ name }) => name === container) === true) return 'containers';
  return spec.initContainers?.some(({ name }) => name === container) === true ? 'initContainers' : undefined;
}

function namesIn(spec: PodSpec): readonly string[] {
  return [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ name }) => name);
}

function unknownContainer(
  container: string,
  at: { readonly action: ActionOf<'setImage'>; readonly target: ObjectAddress; readonly known: readonly string[] },
): ScenarioError {
  return new ScenarioError([
    {
      code: 'unknown-container',
      severity: 'error',
      message: `${addressText(at.target)} has no container \`${container}\``,
      span: at.action.span,
      hint: `its containers: ${at.known.join(', ')}`,
    },
  ]);
}
