// The strategies of the built-in kinds. A kind that is not listed is served with the rules that all kinds share: its
// metadata is validated, its spec is stored as it is sent.

import { kinds } from '../../../kubernetes/kinds.ts';
import { completeStrategy } from '../strategy.ts';
import { pathSegmentProblems } from '../validation/names.ts';
import { autoscaler } from './autoscaler.ts';
import { claim } from './claim.ts';
import { configMap, priorityClass, secret, serviceAccount } from './configuration.ts';
import { customResourceDefinition } from './custom-resource.ts';
import { daemonSet, deployment, replicaSet } from './deployment.ts';
import { cronJob, job } from './job.ts';
import { namespace } from './namespace.ts';
import { node } from './node.ts';
import { pod } from './pod.ts';
import { controllerRevision, disruptionBudget, endpoints, endpointSlice, event, lease } from './records.ts';
import { service } from './service.ts';
import { statefulSet } from './statefulset.ts';
import { storageClass, volume } from './volume.ts';
import type { Kind } from '../../../kubernetes/kind.ts';
import type { Strategy, StrategyDefinition } from '../strategy.ts';

type Rules = Omit<StrategyDefinition, 'kind'>;

/** Names of roles are any segment of a path. */
const role: Rules = { createsOnUpdate: true, nameProblems: pathSegmentProblems };
const answersDeleted: Rules = { answersDeleted: true };
const workload: Rules = { hasGeneration: true, subresources: ['status'] };

const rules: ReadonlyMap<string, Rules> = new Map<string, Rules>([
  ['configmap', configMap],
  ['controllerrevision.apps', controllerRevision],
  ['cronjob.batch', cronJob],
  ['csidriver.storage.k8s.io', { ...answersDeleted, unconditionalUpdate: false }],
  ['csinode.storage.k8s.io', { ...answersDeleted, unconditionalUpdate: false }],
  ['csistoragecapacity.storage.k8s.io', { unconditionalUpdate: false }],
  ['clusterrole.rbac.authorization.k8s.io', role],
  ['clusterrolebinding.rbac.authorization.k8s.io', role],
  ['customresourcedefinition.apiextensions.k8s.io', customResourceDefinition],
  ['daemonset.apps', daemonSet],
  ['deployment.apps', deployment],
  ['endpoints', endpoints],
  ['endpointslice.discovery.k8s.io', endpointSlice],
  ['event', event],
  ['horizontalpodautoscaler.autoscaling', autoscaler],
  ['ingress.networking.k8s.io', workload],
  ['ingressclass.networking.k8s.io', { hasGeneration: true }],
  ['job.batch', job],
  ['lease.coordination.k8s.io', lease],
  ['limitrange', { createsOnUpdate: true }],
  ['namespace', namespace],
  ['networkpolicy.networking.k8s.io', { hasGeneration: true }],
  ['node', node],
  ['persistentvolume', volume],
  ['poddisruptionbudget.policy', disruptionBudget],
  ['podtemplate', { ...answersDeleted, hasGeneration: true }],
  ['priorityclass.scheduling.k8s.io', priorityClass],
  ['replicaset.apps', replicaSet],
  ['replicationcontroller', { hasGeneration: true, subresources: ['status', 'scale'], orphansByDefault: true }],
  ['resourcequota', { ...answersDeleted, subresources: ['status'] }],
  ['role.rbac.authorization.k8s.io', role],
  ['rolebinding.rbac.authorization.k8s.io', role],
  ['runtimeclass.node.k8s.io', { createsOnUpdate: true, unconditionalUpdate: false }],
  ['secret', secret],
  ['service', service],
  ['serviceaccount', serviceAccount],
  ['statefulset.apps', statefulSet],
  ['storageclass.storage.k8s.io', storageClass],
  ['volumeattachment.storage.k8s.io', { ...answersDeleted, unconditionalUpdate: false, subresources: ['status'] }],
]);

/**
 * One strategy for each built-in kind. All simulations share them: they hold no state, and functions that were made anew for each
 * simulation would each be compiled anew.
 */
export const builtinStrategies: readonly Strategy[] = kinds.map((kind) => completeStrategy({ ...rulesOf(kind), kind }));

function rulesOf(kind: Kind): Rules {
  if (kind.kind === 'PersistentVolumeClaim') return claim(kind);
  if (kind.kind === 'Pod') return pod(kind);
  return rules.get(kind.key) ?? {};
}
