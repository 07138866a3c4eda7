// Mutants whose StatefulSet controller decides rightly and then does something else: other pods go, or more of them.

import { controllerOf } from '../../kubernetes/object.ts';
import { podKind, statefulSetKind, ordinalRange } from '../controllers/statefulset/types.ts';
import { podOrdinal, revisionLabel } from '../controllers/statefulset/identity.ts';
import { does } from './mutant.ts';
import type { Manifest } from '../../kubernetes/object.ts';
import type { Pod, PodSpec, StatefulSet } from '../controllers/statefulset/types.ts';
import type { ApiServer } from '../api/server.ts';
import type { ObjectKey } from '../store/store.ts';
import type { Mutant, Seam } from './mutant.ts';

/** The mutants of this file. */
export const setDeeds: readonly Mutant[] = [
  {
    id: 'scale-in-from-below',
    about: 'Removes the lowest surplus ordinal first: a list is walked in its own order.',
    breaks: 'STS-DOWN-01',
    seams: [goes((pod, others) => (pod.condemned ? others.filter(({ condemned }) => condemned).slice(0, 1) : [pod]))],
  },
  {
    id: 'scale-in-at-once',
    about: 'Removes all surplus pods in one go instead of one after another.',
    breaks: 'STS-DOWN-01',
    seams: [goes((pod, others) => (pod.condemned ? others.filter(({ condemned }) => condemned) : [pod]))],
  },
  {
    id: 'rolls-from-below',
    about: 'Updates the lowest ordinal first, which is often the primary of a database.',
    breaks: 'STS-ROLL-01',
    seams: [goes((pod, others) => (pod.outdated ? others.filter(({ outdated }) => outdated).slice(0, 1) : [pod]))],
  },
  {
    id: 'rolls-all-at-once',
    about: 'Replaces every outdated pod in one go, so that nothing serves during an update.',
    breaks: 'STS-ROLL-01',
    seams: [goes((pod, others) => (pod.outdated ? others.filter(({ outdated }) => outdated) : [pod]))],
  },
  {
    id: 'parallel-rolls-at-once',
    about: 'Takes Parallel for a promise about updates, too, and replaces every outdated pod in one go.',
    breaks: 'STS-BURST-05',
    seams: [
      goes((pod, others) => {
        const parallel = pod.set.spec.podManagementPolicy === 'Parallel';
        return parallel && pod.outdated ? others.filter(({ outdated }) => outdated) : [pod];
      }),
    ],
  },
  {
    id: 'deletes-pods-at-once',
    about: 'Deletes its pods without their time of grace: the next one starts while the old one may still run.',
    breaks: 'STS-DOWN-05',
    seams: [
      does('statefulset', (api) => ({
        delete: (kind, key, options) =>
          api.delete(kind, key, kind === podKind ? { ...options, gracePeriodSeconds: 0 } : options),
      })),
    ],
  },
  {
    id: 'partition-forgets-current',
    about: 'Makes lost pods below the partition from the new template: the partition guards the rolling alone.',
    breaks: 'STS-PART-07',
    seams: [
      does('statefulset', (api) => ({
        create: (object, options) => api.create(object.kind === 'Pod' ? fromNewest(api, object) : object, options),
      })),
    ],
  },
];

/** A pod as these mutants look at it. */
interface Member {
  readonly key: ObjectKey;
  readonly set: StatefulSet;
  /** Not among the replicas that the set wants. */
  readonly condemned: boolean;
  /** Among them, at or above the partition, and not at the update revision. */
  readonly outdated: boolean;
}

/** Instead of one pod, those go that `choose` names; `others` are all that are not going yet, lowest ordinal first. */
function goes(choose: (pod: Member, others: readonly Member[]) => readonly Member[]): Seam {
  return does('statefulset', (api) => ({
    delete(kind, key, options) {
      const pod = kind === podKind ? api.store.get(podKind, key) : undefined;
      const set = pod === undefined ? undefined : setOf(api, pod);
      if (pod === undefined || set === undefined) return api.delete(kind, key, options);
      const chosen = choose(memberOf(set, pod as Pod), membersOf(api, set));
      const results = chosen.map((member) => api.delete(kind, member.key, options));
      return results.at(-1) ?? { ok: true, value: pod };
    },
  }));
}

function setOf(api: ApiServer, pod: Pick<Manifest, 'metadata'>): StatefulSet | undefined {
  const owner = pod.metadata?.ownerReferences?.find(({ controller }) => controller === true);
  return api.store.get(statefulSetKind, `${pod.metadata?.namespace}/${owner?.name}`) as StatefulSet | undefined;
}

function membersOf(api: ApiServer, set: StatefulSet): readonly Member[] {
  const pods = [...api.store.by(podKind, 'owner', set.metadata.uid).values()] as Pod[];
  return pods
    .filter((pod) => pod.metadata.deletionTimestamp === undefined && controllerOf(pod)?.uid === set.metadata.uid)
    .sort((a, b) => (podOrdinal(a) ?? 0) - (podOrdinal(b) ?? 0))
    .map((pod) => memberOf(set, pod));
}

function memberOf(set: StatefulSet, pod: Pod): Member {
  const { start, end } = ordinalRange(set);
  const ordinal = podOrdinal(pod) ?? 0;
  const condemned = ordinal < start || ordinal >= end;
  const above = ordinal >= start + (set.spec.updateStrategy.rollingUpdate?.partition ?? 0);
  const outdated = !condemned && above && pod.metadata.labels?.[revisionLabel] !== set.status?.updateRevision;
  return { key: `${pod.metadata.namespace}/${pod.metadata.name}`, set, condemned, outdated };
}

/** The manifest of a new pod below the partition with the content of the set's present template. */
function fromNewest(api: ApiServer, manifest: Manifest): Manifest {
  const set = setOf(api, manifest);
  const updateRevision = set?.status?.updateRevision;
  const partition = set?.spec.updateStrategy.rollingUpdate?.partition ?? 0;
  const ordinal = Number(/\d+$/u.exec(manifest.metadata?.name ?? '')?.[0] ?? 0);
  if (set === undefined || updateRevision === undefined || ordinal >= ordinalRange(set).start + partition)
    return manifest;
  const { hostname, subdomain, volumes } = manifest['spec'] as PodSpec;
  const spec = { ...set.spec.template.spec, hostname, subdomain, volumes };
  const labels = { ...manifest.metadata?.labels, [revisionLabel]: updateRevision };
  return { ...manifest, metadata: { ...manifest.metadata, labels }, spec };
}
