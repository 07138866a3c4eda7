// Mutants of Deployments and ReplicaSets.

import { deploymentKind } from '../controllers/deployment/types.ts';
import { replicaSetKind } from '../controllers/replicaset/types.ts';
import { sees, withSpecMembers } from './mutant.ts';
import type { Deployment } from '../controllers/deployment/types.ts';
import type { ReplicaSet } from '../controllers/replicaset/types.ts';
import type { Mutant, Seam } from './mutant.ts';

/** The mutants of this file. */
export const workloads: readonly Mutant[] = [
  {
    id: 'surge-exceeded',
    about: 'Makes all new pods of a Deployment at once, whatever `maxSurge` says.',
    breaks: 'DEP-ROLL-01',
    seams: [reads((spec) => rolling(spec, { maxSurge: '100%' }))],
  },
  {
    id: 'unavailable-exceeded',
    about: 'Takes all old pods of a Deployment away at once, whatever `maxUnavailable` says.',
    breaks: 'DEP-ROLL-04',
    seams: [reads((spec) => rolling(spec, { maxUnavailable: '100%' }))],
  },
  {
    id: 'recreate-overlaps',
    about: 'Rolls a Deployment of the strategy Recreate, so that old and new pods run side by side.',
    breaks: 'DEP-REC-01',
    seams: [
      reads(({ strategy }) =>
        strategy.type === 'Recreate'
          ? { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } } }
          : {},
      ),
    ],
  },
  {
    id: 'progress-deadline-ignored',
    about: 'Never says that a rollout of a Deployment makes no progress.',
    breaks: 'DEP-ROLL-06',
    seams: [reads(() => ({ progressDeadlineSeconds: 2_147_483_647 }))],
  },
  {
    id: 'replica-one-short',
    about: 'Keeps one replica too few in a ReplicaSet of several: an index is taken for a number.',
    breaks: 'RS-01',
    seams: [
      sees<ReplicaSet>('replicaset', replicaSetKind, (set) =>
        withSpecMembers(set, { replicas: set.spec.replicas > 1 ? set.spec.replicas - 1 : set.spec.replicas }),
      ),
    ],
  },
];

function reads(members: (spec: Deployment['spec']) => Readonly<Record<string, unknown>>): Seam {
  return sees<Deployment>('deployment', deploymentKind, (deployment) =>
    withSpecMembers(deployment, members(deployment.spec)),
  );
}

function rolling(
  { strategy }: Deployment['spec'],
  members: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  if (strategy.type !== 'RollingUpdate') return {};
  return { strategy: { ...strategy, rollingUpdate: { ...strategy.rollingUpdate, ...members } } };
}
