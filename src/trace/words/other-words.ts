// Words of claims, volumes, services, nodes, controller revisions and events (table S).

import { kindKey } from '../../kubernetes/kind.ts';
import { compareNatural } from '../../kubernetes/names.ts';
import { endpointSliceKind } from './kinds.ts';
import { conditionStatus, jsonOf, listOf, member, plainWord } from './word.ts';
import type { Json, KubernetesObject } from '../../kubernetes/object.ts';
import type { Word, WordContext } from './word.ts';

/** The words of a PersistentVolumeClaim. */
export const claimWords: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['phase', plainWord((claim) => jsonOf(member(claim['status'], 'phase')))],
  ['volume', plainWord((claim) => jsonOf(member(claim['spec'], 'volumeName')))],
  ['capacity', plainWord((claim) => jsonOf(member(member(claim['status'], 'capacity'), 'storage')))],
  ['class', plainWord((claim) => jsonOf(member(claim['spec'], 'storageClassName')))],
]);

/** The words of a PersistentVolume. */
export const volumeWords: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['phase', plainWord((volume) => jsonOf(member(volume['status'], 'phase')))],
  ['claim', plainWord((volume) => jsonOf(member(member(volume['spec'], 'claimRef'), 'name')))],
]);

/** The words of a Service. */
export const serviceWords: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['endpoints', { read: readEndpoints, meets: 'value', foreign: (change) => change.kind === endpointSliceKind }],
]);

/** The words of a Node. */
export const nodeWords: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['ready', plainWord((node) => conditionStatus(node, 'Ready') === 'True')],
  ['schedulable', plainWord((node) => member(node['spec'], 'unschedulable') !== true)],
]);

/** The words of a ControllerRevision. */
export const revisionWords: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['revision', plainWord((revision) => jsonOf(revision['revision']))],
]);

/** The words of an Event, of either API group. */
export const eventWords: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['about', plainWord(readAbout)],
  ['reason', plainWord((event) => jsonOf(event['reason']))],
  ['message', plainWord((event) => jsonOf(event['message'] ?? event['note']))],
]);

/** What an Event is about, as `statefulset.apps/web`. */
export function readAbout(event: KubernetesObject): string | undefined {
  const about = event['involvedObject'] ?? event['regarding'];
  const apiVersion = member(about, 'apiVersion');
  const kind = member(about, 'kind');
  const name = member(about, 'name');
  if (typeof kind !== 'string' || typeof name !== 'string') return undefined;
  return `${kindKey({ apiVersion: typeof apiVersion === 'string' ? apiVersion : 'v1', kind })}/${name}`;
}

/** The names of the ready pods behind a Service, from its EndpointSlices. A missing condition counts as ready (EndpointConditions). */
function readEndpoints(service: KubernetesObject, { world }: WordContext): Json {
  const pods = new Set<string>();
  for (const slice of world.objects(endpointSliceKind).values()) {
    if (slice.metadata.labels?.['kubernetes.io/service-name'] !== service.metadata.name) continue;
    for (const endpoint of listOf(slice['endpoints'])) {
      const target = member(endpoint, 'targetRef');
      const name = member(target, 'name');
      const ready = member(member(endpoint, 'conditions'), 'ready') !== false;
      if (ready && member(target, 'kind') === 'Pod' && typeof name === 'string') pods.add(name);
    }
  }
  return [...pods].sort(compareNatural);
}
