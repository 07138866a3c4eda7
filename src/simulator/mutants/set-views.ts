// Mutants whose StatefulSet controller reads its set wrongly: a field is not looked at, or taken for another.

import { controllerRevisionKind } from '../controllers/history/controller-revision.ts';
import { statefulSetKind } from '../controllers/statefulset/types.ts';
import { does, sees, withSpecMembers } from './mutant.ts';
import type { StatefulSet, StatefulSetSpec } from '../controllers/statefulset/types.ts';
import type { Mutant, Seam } from './mutant.ts';

/** The mutants of this file. */
export const setViews: readonly Mutant[] = [
  {
    id: 'order-ignored',
    about: 'Starts and stops all pods at once under OrderedReady, as every controller of interchangeable pods does.',
    breaks: 'STS-CREATE-01',
    seams: [reads(() => ({ podManagementPolicy: 'Parallel' }))],
  },
  {
    id: 'order-forced',
    about: 'Waits for each pod before the next under Parallel, too: the policy is read by nobody.',
    breaks: 'STS-BURST-01',
    seams: [reads(() => ({ podManagementPolicy: 'OrderedReady' }))],
  },
  {
    id: 'start-ordinal-ignored',
    about: 'Counts from 0 whatever `ordinals.start` says, since it used to be 0 for everybody.',
    breaks: 'STS-ORD-01',
    seams: [reads(() => ({ ordinals: {} }))],
  },
  {
    id: 'min-ready-seconds-ignored',
    about: 'Takes a pod for available as soon as it is ready and never waits `minReadySeconds`.',
    breaks: 'STS-AVAIL-02',
    seams: [reads(() => ({ minReadySeconds: 0 }))],
  },
  {
    id: 'partition-ignored',
    about: 'Rolls every pod, also those below the partition, as if a canary were a plain update.',
    breaks: 'STS-PART-01',
    seams: [reads(({ updateStrategy }) => (isRolling(updateStrategy) ? { updateStrategy: rolling } : {}))],
  },
  {
    id: 'on-delete-rolls',
    about: 'Replaces outdated pods under OnDelete instead of waiting until somebody deletes them.',
    breaks: 'STS-ONDEL-01',
    seams: [reads(({ updateStrategy }) => (isRolling(updateStrategy) ? {} : { updateStrategy: rolling }))],
  },
  {
    id: 'update-never-rolls',
    about: 'Leaves outdated pods alone under RollingUpdate; only pods that go for other reasons come back new.',
    breaks: 'STS-ROLL-01',
    seams: [reads(() => ({ updateStrategy: { type: 'OnDelete' } }))],
  },
  {
    id: 'history-unlimited',
    about: 'Never deletes an old revision: cleaning up behind `revisionHistoryLimit` is the part that is forgotten.',
    breaks: 'STS-HIST-01',
    seams: [reads(() => ({ revisionHistoryLimit: -1 }))],
  },
  {
    id: 'history-forgotten',
    about: 'Deletes every revision that no pod uses at once, so that nothing is left to go back to.',
    breaks: 'STS-HIST-01',
    seams: [reads(() => ({ revisionHistoryLimit: 0 }))],
  },
  {
    id: 'revision-number-kept',
    about: 'Finds the old revision again at a rollback but forgets to make it the newest.',
    breaks: 'STS-BACK-01',
    seams: [
      does('statefulset', (api) => ({
        update(kind, key, change, options) {
          const current = api.store.get(kind, key);
          if (kind !== controllerRevisionKind || current === undefined) return api.update(kind, key, change, options);
          const renumbers = change(current)['revision'] !== current['revision'];
          return renumbers ? { ok: true, value: current } : api.update(kind, key, change, options);
        },
      })),
    ],
  },
  {
    id: 'claims-forgotten',
    about: 'Makes pods without the claims of the templates, as a controller does that knows templates of pods only.',
    breaks: 'STS-CREATE-04',
    seams: [reads(() => ({ volumeClaimTemplates: [] }))],
  },
  {
    id: 'claims-deleted-on-scale-in',
    about: 'Lets claims go with the pods of a scale-in although nobody asked for it: their data are lost.',
    breaks: 'STS-RET-01',
    seams: [reads((spec) => ({ persistentVolumeClaimRetentionPolicy: { ...policyOf(spec), whenScaled: 'Delete' } }))],
  },
  {
    id: 'claims-deleted-with-set',
    about: 'Lets claims go with their set although nobody asked for it: their data are lost.',
    breaks: 'STS-DEL-06',
    seams: [reads((spec) => ({ persistentVolumeClaimRetentionPolicy: { ...policyOf(spec), whenDeleted: 'Delete' } }))],
  },
  {
    id: 'claims-always-kept',
    about: 'Keeps every claim whatever the retention policy says, as all versions before 1.27 did.',
    breaks: 'STS-RET-01',
    seams: [reads(() => ({ persistentVolumeClaimRetentionPolicy: { whenScaled: 'Retain', whenDeleted: 'Retain' } }))],
  },
];

const rolling = { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } as const;

function reads(members: (spec: StatefulSetSpec) => Readonly<Record<string, unknown>>): Seam {
  return sees<StatefulSet>('statefulset', statefulSetKind, (set) => withSpecMembers(set, members(set.spec)));
}

function isRolling({ type }: StatefulSetSpec['updateStrategy']): boolean {
  return type === 'RollingUpdate';
}

function policyOf(spec: StatefulSetSpec): object {
  return spec.persistentVolumeClaimRetentionPolicy ?? {};
}
