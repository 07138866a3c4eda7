// Mutants whose StatefulSet controller tells something wrong about its set.

import { statefulSetKind } from '../controllers/statefulset/types.ts';
import { does } from './mutant.ts';
import type { StatefulSet, StatefulSetStatus } from '../controllers/statefulset/types.ts';
import type { Mutant, Seam } from './mutant.ts';

/** The mutants of this file. */
export const setStatus: readonly Mutant[] = [
  {
    id: 'observed-generation-stuck',
    about: 'Writes `observedGeneration` once and never again, so that nobody can tell whether a change was seen.',
    breaks: 'STS-STAT-04',
    seams: [tells((status, stored) => ({ ...status, observedGeneration: stored.observedGeneration ?? 1 }))],
  },
  {
    id: 'ready-replicas-guessed',
    about: 'Reports every pod as ready that exists: `readyReplicas` is copied from `replicas`.',
    breaks: 'STS-STAT-01',
    seams: [tells((status) => ({ ...status, readyReplicas: status.replicas }))],
  },
  {
    id: 'rollout-never-completes',
    about: 'Never makes the update revision the current one when all pods have it.',
    breaks: 'STS-ROLL-04',
    seams: [
      tells((status, stored) => ({
        ...status,
        currentRevision: stored.currentRevision ?? status.currentRevision ?? '',
      })),
    ],
  },
];

function tells(change: (status: StatefulSetStatus, stored: Partial<StatefulSetStatus>) => StatefulSetStatus): Seam {
  return does('statefulset', (api) => ({
    update(kind, key, wanted, options) {
      if (kind !== statefulSetKind || options?.subresource !== 'status') return api.update(kind, key, wanted, options);
      const altered: typeof wanted = (current) => {
        const { status } = wanted(current) as StatefulSet;
        const stored = (current as StatefulSet).status ?? {};
        return status === undefined ? current : { ...current, status: change(status, stored) };
      };
      return api.update(kind, key, altered, options);
    },
  }));
}
