// Words of pods (table S).

import { controllerOf } from '../../kubernetes/object.ts';
import { ordinalOf } from '../../kubernetes/names.ts';
import { eventKind, podKind } from './kinds.ts';
import { conditionStatus, generationObserved, jsonOf, listOf, member, numberOf, plainWord } from './word.ts';
import type { Json, KubernetesObject } from '../../kubernetes/object.ts';
import type { Change } from '../change.ts';
import type { Word, WordContext } from './word.ts';

/** The words of a pod. */
export const podWords: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['ready', plainWord(podReady)],
  ['phase', plainWord((pod) => jsonOf(member(pod['status'], 'phase')))],
  ['node', plainWord((pod) => jsonOf(member(pod['spec'], 'nodeName')))],
  ['ip', plainWord((pod) => jsonOf(member(pod['status'], 'podIP')))],
  ['image', { read: readImages, meets: 'every' }],
  ['containers', plainWord(readContainers)],
  ['restarts', plainWord(readRestarts)],
  ['revision', { read: readRevisions, meets: 'any', foreign: changesRevision }],
  ['ordinal', plainWord((pod) => ordinalOf(pod.metadata.name))],
]);

/** Whether a pod's Ready condition is true. */
export function podReady(pod: KubernetesObject): boolean {
  return conditionStatus(pod, 'Ready') === 'True';
}

/** By container, from the spec: what is wanted to run, not the digest that the runtime reports. */
function readImages(pod: KubernetesObject): Json {
  const images: Record<string, Json | undefined> = {};
  for (const container of listOf(member(pod['spec'], 'containers'))) {
    images[String(member(container, 'name'))] = jsonOf(member(container, 'image'));
  }
  return images;
}

function readContainers(pod: KubernetesObject): Json {
  const images = readImages(pod) as Readonly<Record<string, Json>>;
  const containers: Record<string, Json> = {};
  for (const [name, image] of Object.entries(images)) containers[name] = { ready: false, restarts: 0, image };
  for (const status of listOf(member(pod['status'], 'containerStatuses'))) {
    const name = String(member(status, 'name'));
    containers[name] = {
      ready: member(status, 'ready') === true,
      restarts: numberOf(member(status, 'restartCount')),
      image: images[name],
      waiting: jsonOf(member(member(member(status, 'state'), 'waiting'), 'reason')),
    };
  }
  return containers;
}

function readRestarts(pod: KubernetesObject): Json {
  let restarts = 0;
  for (const status of listOf(member(pod['status'], 'containerStatuses'))) {
    restarts += numberOf(member(status, 'restartCount'));
  }
  return restarts;
}

/**
 * Which of the owner's revisions the pod's label names: `current`, `update`, or both once they are one. Nothing as long as
 * the owner has not observed its own newest generation, since its status then speaks of an older spec (STS-STATUS).
 */
function readRevisions(pod: KubernetesObject, { world }: WordContext): Json | undefined {
  const reference = controllerOf(pod);
  const owner = reference === undefined ? undefined : world.byUid(reference.uid);
  const label = pod.metadata.labels?.['controller-revision-hash'];
  if (owner === undefined || label === undefined || !generationObserved(owner)) return undefined;
  const revisions: Json[] = [];
  if (member(owner['status'], 'currentRevision') === label) revisions.push('current');
  if (member(owner['status'], 'updateRevision') === label) revisions.push('update');
  return revisions;
}

/** Asked at every change of anything, so it looks at little. */
function changesRevision({ kind, before, after }: Change): boolean {
  if (kind === podKind || kind === eventKind) return false;
  const was = revisionsOf(before);
  const is = revisionsOf(after);
  if (was === undefined || is === undefined) return was !== is;
  return (
    before?.metadata.uid !== after?.metadata.uid ||
    was['updateRevision'] !== is['updateRevision'] ||
    was['currentRevision'] !== is['currentRevision'] ||
    (before !== undefined && generationObserved(before)) !== (after !== undefined && generationObserved(after))
  );
}

/** The status of an owner that tells revisions. */
function revisionsOf(owner: KubernetesObject | undefined): Readonly<Record<string, unknown>> | undefined {
  const status = owner?.['status'];
  return member(status, 'updateRevision') === undefined ? undefined : (status as Readonly<Record<string, unknown>>);
}
