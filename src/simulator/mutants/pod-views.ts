// Mutants that take pods for something else: for ready, for nobody's, for their own.

import { podKind } from '../controllers/statefulset/types.ts';
import { does, sees } from './mutant.ts';
import type { KubernetesObject, OwnerReference } from '../../kubernetes/object.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { AlterCalls, Mutant } from './mutant.ts';

/** The mutants of this file. */
export const podViews: readonly Mutant[] = [
  {
    id: 'creation-not-awaited',
    about: 'Goes on as soon as a pod exists, whether it runs or not: created is taken for started.',
    breaks: 'STS-CREATE-01',
    seams: [sees<Pod>('statefulset', podKind, asReady)],
  },
  {
    id: 'readiness-ignored',
    about: 'Goes on as soon as a pod runs and never looks at its readiness.',
    breaks: 'STS-CREATE-02',
    seams: [sees<Pod>('statefulset', podKind, (pod) => (pod.status.phase === 'Running' ? asReady(pod) : pod))],
  },
  {
    id: 'stuck-pods-not-awaited',
    about: 'Goes past pods that cannot start (a bad image, a crash), so that a broken update reaches every pod.',
    breaks: 'STS-STUCK-01',
    seams: [sees<Pod>('statefulset', podKind, (pod) => (isStuck(pod) ? asReady(pod) : pod))],
  },
  {
    id: 'crashed-pods-replaced',
    about:
      'Takes a container that crashed for a pod that failed, and replaces the pod instead of leaving it to its node.',
    breaks: 'POD-RESTART-01',
    seams: [sees<Pod>('statefulset', podKind, (pod) => (hasCrashed(pod) ? asFailed(pod) : pod))],
  },
  {
    id: 'readiness-gates-ignored',
    about: 'Calls a pod ready as soon as its containers are, whatever its readiness gates say.',
    breaks: 'POD-COND-01',
    seams: [
      does('kubelet', (api) => ({
        update(kind, key, change, options) {
          if (kind !== podKind) return api.update(kind, key, change, options);
          // What the status is made from has no gates; what is stored keeps them.
          return api.update(kind, key, (pod) => ({ ...change(ungated(pod as Pod)), spec: (pod as Pod).spec }), options);
        },
      })),
    ],
  },
  {
    id: 'orphans-not-adopted',
    about: 'Takes only pods of its own making; pods that an orphaning deletion left behind belong to nobody for ever.',
    breaks: 'STS-OWN-02',
    seams: [sees<Pod>(['statefulset', 'replicaset'], podKind, (pod) => (isOrphan(pod) ? unlabelled(pod) : pod))],
  },
  {
    id: 'others-pods-adopted',
    about: 'Takes whatever its selector fits, also from another controller.',
    breaks: 'STS-OWN-01',
    seams: [
      sees<Pod>(['statefulset', 'replicaset'], podKind, asOrphanOfOthers),
      does(['statefulset', 'replicaset'], (api) => ({
        update: (kind, key, change, options) =>
          api.update(kind, key, kind === podKind ? (current) => ownedByLast(change(current)) : change, options),
      })),
    ],
  },
  {
    id: 'strays-kept',
    about: 'Never lets go of a pod whose labels do not fit its selector any more.',
    breaks: 'STS-OWN-03',
    seams: [does(['statefulset', 'replicaset'], (api) => keepingOwners(api))],
  },
];

function asReady(pod: Pod): KubernetesObject {
  const others = (pod.status.conditions ?? []).filter(({ type }) => type !== 'Ready');
  const known = pod.status.conditions?.find(({ type }) => type === 'Ready');
  const lastTransitionTime = known?.lastTransitionTime ?? pod.metadata.creationTimestamp;
  const ready = { type: 'Ready', status: 'True', lastTransitionTime };
  return { ...pod, status: { ...pod.status, phase: 'Running', conditions: [...others, ready] } };
}

/** A container waits for something that time alone does not bring. */
function isStuck({ status }: Pod): boolean {
  const reasons = (status.containerStatuses ?? []).map(({ state }) => {
    const { waiting } = (state ?? {}) as { readonly waiting?: { readonly reason?: string } };
    return waiting?.reason ?? '';
  });
  return reasons.some((reason) => reason.endsWith('BackOff') || reason.startsWith('Err'));
}

function hasCrashed({ metadata, status }: Pod): boolean {
  const crashed = status.containerStatuses?.some(
    ({ state, restartCount }) => restartCount > 0 || 'terminated' in (state ?? {}),
  );
  return crashed === true && metadata.deletionTimestamp === undefined;
}

function ungated(pod: Pod): Pod {
  const { readinessGates: _, ...spec } = pod.spec;
  return { ...pod, spec };
}

function asFailed(pod: Pod): KubernetesObject {
  return { ...pod, status: { ...pod.status, phase: 'Failed' } };
}

function isOrphan({ metadata }: KubernetesObject): boolean {
  return metadata.ownerReferences?.some(({ controller }) => controller === true) !== true;
}

function unlabelled(pod: Pod): KubernetesObject {
  const { labels: _, ...metadata } = pod.metadata;
  return { ...pod, metadata };
}

/** A pod that a controller of another kind owns looks like nobody's. */
function asOrphanOfOthers(pod: Pod): KubernetesObject {
  if (!isForeign(pod)) return pod;
  const { ownerReferences: _, ...metadata } = pod.metadata;
  return { ...pod, metadata };
}

function isForeign({ metadata }: Pod): boolean {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  return owner !== undefined && owner.kind !== 'StatefulSet' && owner.kind !== 'ReplicaSet';
}

/** The API server refuses two controllers: the last one that came stays. */
function ownedByLast(object: KubernetesObject): KubernetesObject {
  const owners = object.metadata.ownerReferences ?? [];
  const last = owners.findLast(({ controller }) => controller === true);
  const kept = owners.filter((owner: OwnerReference) => owner.controller !== true || owner === last);
  return kept.length === owners.length
    ? object
    : { ...object, metadata: { ...object.metadata, ownerReferences: kept } };
}

const keepingOwners: AlterCalls = (api) => ({
  update(kind, key, change, options) {
    const current = api.store.get(kind, key);
    if (kind !== podKind || current === undefined) return api.update(kind, key, change, options);
    const releases = ownersOf(change(current)) < ownersOf(current);
    return releases ? { ok: true, value: current } : api.update(kind, key, change, options);
  },
});

function ownersOf({ metadata }: KubernetesObject): number {
  return metadata.ownerReferences?.length ?? 0;
}
