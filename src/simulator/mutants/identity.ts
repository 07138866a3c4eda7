// Mutants that get the identity of a set's pods wrong: names, uids, labels, host names, volumes.

import { claimTemplatesOf } from '../controllers/statefulset/claims.ts';
import { podNameLabel } from '../controllers/statefulset/identity.ts';
import { podKind, statefulSetKind } from '../controllers/statefulset/types.ts';
import { withMetadata } from '../api/strategies/members.ts';
import { does, ruled, sees } from './mutant.ts';
import type { Manifest } from '../../kubernetes/object.ts';
import type { Pod, PodSpec, StatefulSet, Volume } from '../controllers/statefulset/types.ts';
import type { Mutant, Seam } from './mutant.ts';

/** The mutants of this file. */
export const identity: readonly Mutant[] = [
  {
    id: 'uid-reused',
    about: 'Gives a pod the uid of the one that bore its name before: uids are made from names.',
    breaks: 'API-META-01',
    seams: [
      ruled([podKind], (strategy) => ({
        prepareForCreate(object, context) {
          const prepared = strategy.prepareForCreate(object, context);
          const { namespace = '', name } = prepared.metadata;
          return withMetadata(prepared, { ...prepared.metadata, uid: uidOf(`${namespace}/${name}`) });
        },
      })),
    ],
  },
  {
    id: 'identity-labels-missing',
    about: 'Makes pods without the labels that name them, so that a Service cannot select one of them.',
    breaks: 'STS-ID-03',
    seams: [
      makes((manifest) => {
        const labels = Object.entries(manifest.metadata?.labels ?? {}).filter(([key]) => !identityLabels.includes(key));
        return { ...manifest, metadata: { ...manifest.metadata, labels: Object.fromEntries(labels) } };
      }),
      // It believes that they are there, and repairs nothing.
      sees<Pod>('statefulset', podKind, (pod) => {
        const labels = { ...pod.metadata.labels, [podNameLabel]: pod.metadata.name };
        return { ...pod, metadata: { ...pod.metadata, labels } };
      }),
    ],
  },
  {
    id: 'hostname-missing',
    about: 'Makes pods without host name and subdomain: a name of its own in the API is thought to be enough.',
    breaks: 'STS-ID-04',
    seams: [
      makes((manifest) => {
        const { hostname: _, subdomain: __, ...spec } = manifest['spec'] as PodSpec;
        return { ...manifest, spec };
      }),
    ],
  },
  {
    id: 'claim-of-another',
    about: 'Gives every pod the claims of the first one: the ordinal is forgotten in the name of the claim.',
    breaks: 'STS-PVC-01',
    seams: [
      makes((manifest) => withVolumes(manifest, (volume) => mounting(volume, (claim) => claim.replace(/\d+$/u, '0')))),
      // It believes that they are right, and repairs nothing.
      sees<Pod>('statefulset', podKind, (pod) => {
        const [ordinal = '0'] = /\d+$/u.exec(pod.metadata.name) ?? [];
        return withVolumes(pod, (volume) => mounting(volume, (claim) => claim.replace(/\d+$/u, ordinal)));
      }),
    ],
  },
  {
    id: 'template-without-claims',
    about: 'Makes the claims of a pod and forgets to mount them: its data go with it.',
    breaks: 'STS-ID-09',
    seams: [
      does('statefulset', (api) => ({
        create(object, options) {
          const owner = object.metadata?.ownerReferences?.find(({ controller }) => controller === true);
          const set = api.store.get(statefulSetKind, `${object.metadata?.namespace}/${owner?.name}`);
          return api.create(
            object.kind === 'Pod' && set !== undefined ? unmounted(object, set as StatefulSet) : object,
            options,
          );
        },
        // What it cannot repair it leaves alone.
        update(kind, key, change, options) {
          const stored = api.store.get(kind, key);
          return kind === podKind && stored !== undefined
            ? { ok: true, value: stored }
            : api.update(kind, key, change, options);
        },
      })),
    ],
  },
];

const identityLabels: readonly string[] = [podNameLabel, 'apps.kubernetes.io/pod-index'];

function makes(change: (manifest: Manifest) => Manifest): Seam {
  return does('statefulset', (api) => ({
    create: (object, options) => api.create(object.kind === 'Pod' ? change(object) : object, options),
  }));
}

function withVolumes<T extends Pod | Manifest>(pod: T, change: (volume: Volume) => Volume): T {
  const spec = pod['spec'] as PodSpec;
  return { ...pod, spec: { ...spec, volumes: (spec.volumes ?? []).map(change) } };
}

function mounting(volume: Volume, rename: (claim: string) => string): Volume {
  const { persistentVolumeClaim: claim } = volume;
  if (claim === undefined) return volume;
  return { ...volume, persistentVolumeClaim: { ...claim, claimName: rename(claim.claimName) } };
}

/** The volumes are there, but empty ones. */
function unmounted(manifest: Manifest, set: StatefulSet): Manifest {
  const claimed = new Set(claimTemplatesOf(set).map(({ metadata }) => metadata.name));
  return withVolumes(manifest, (volume) => (claimed.has(volume.name) ? { name: volume.name, emptyDir: {} } : volume));
}

/** A uid that is the same for the same text. */
function uidOf(text: string): string {
  const digits = [0, 1, 2, 3].map((salt) => hash(`${salt}${text}`).toString(16).padStart(8, '0')).join('');
  const part = (from: number, to: number): string => digits.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
