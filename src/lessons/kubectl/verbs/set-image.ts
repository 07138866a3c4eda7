// `kubectl set image`: a strategic merge patch of the containers that get another image (API-DISC-12).

import { KubectlRefusal } from '../own-errors.ts';
import { Printed } from '../printed.ts';
import { findTargets } from '../targets.ts';
import { finish } from './finish.ts';
import { nameOnlyOf } from './name-only.ts';
import type { Json, JsonObject, KubernetesObject } from '../../../kubernetes/object.ts';
import type { KubectlAnswer, KubectlCall } from '../call.ts';

interface Container {
  readonly name: string;
  readonly image?: string;
}

interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
}

/** Sets images by container name; `*` stands for all containers. */
export function setImage(call: KubectlCall): KubectlAnswer {
  const { flags, session } = call;
  flags.allow('all', 'selector', 'output');
  const images = new Map(call.words.filter(isPair).map((word) => splitPair(word)));
  if (images.size === 0) throw new KubectlRefusal('at least one image update is required');
  const printed = new Printed({ nameOnly: nameOnlyOf(flags) });
  const words = call.words.filter((word) => !isPair(word));
  for (const { kind, object, address } of findTargets({ ...call, words }, printed).found) {
    const path = pathToPodSpec(object);
    const change = changeOf(podSpecOf(object, path), images, printed);
    if (change === undefined) continue;
    const body = path.reduceRight<JsonObject>((inner, member) => ({ [member]: inner }), change);
    const answer = session.send(address, {
      verb: 'patch',
      patchType: 'strategic',
      body,
      query: { fieldManager: 'kubectl-set' },
    });
    if (answer.ok) printed.done(kind, object.metadata.name, 'image updated');
    else printed.refused(answer.status, 'failed to patch image update to pod template');
  }
  return finish(printed);
}

function isPair(word: string): boolean {
  return word.includes('=');
}

function splitPair(word: string): readonly [container: string, image: string] {
  const equal = word.indexOf('=');
  return [word.slice(0, equal), word.slice(equal + 1)];
}

/** The containers whose image differs; undefined where nothing is to be sent. Unknown containers are faults. */
function changeOf(spec: PodSpec, images: ReadonlyMap<string, string>, printed: Printed): JsonObject | undefined {
  const all = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const unknown = [...images.keys()].filter(
    (name) => name !== '*' && !all.some((container) => container.name === name),
  );
  for (const name of unknown) printed.fault({ text: `unable to find container named "${name}"` });
  if (unknown.length > 0) return undefined;
  const lists = (['containers', 'initContainers'] as const).flatMap((member): readonly (readonly [string, Json])[] => {
    const changed = (spec[member] ?? []).flatMap(({ name, image: now }) => {
      const image = images.get(name) ?? (member === 'containers' ? images.get('*') : undefined);
      return image === undefined || image === now ? [] : [{ name, image }];
    });
    return changed.length === 0 ? [] : [[member, changed]];
  });
  return lists.length === 0 ? undefined : Object.fromEntries(lists);
}

function pathToPodSpec({ kind }: KubernetesObject): readonly string[] {
  if (kind === 'Pod') return ['spec'];
  if (kind === 'CronJob') return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
  return ['spec', 'template', 'spec'];
}

function podSpecOf(object: KubernetesObject, path: readonly string[]): PodSpec {
  let found: unknown = object;
  for (const member of path) found = (found as Record<string, unknown> | undefined)?.[member];
  return found ?? {};
}
