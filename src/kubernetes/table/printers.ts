// Which printer shows which kind (API-TABLE-04).

import { controllerRevisionPrinter, eventPrinter, leasePrinter, namespacePrinter, nodePrinter } from './cluster.ts';
import {
  autoscalerPrinter,
  configMapPrinter,
  createdAtPrinter,
  disruptionBudgetPrinter,
  plainPrinter,
  priorityClassPrinter,
  resourceQuotaPrinter,
  roleBindingPrinter,
  runtimeClassPrinter,
  secretPrinter,
} from './configuration.ts';
import { cronJobPrinter, jobPrinter } from './jobs.ts';
import {
  endpointSlicePrinter,
  endpointsPrinter,
  ingressClassPrinter,
  ingressPrinter,
  networkPolicyPrinter,
  servicePrinter,
} from './network.ts';
import { podPrinter } from './pod.ts';
import {
  claimPrinter,
  csiDriverPrinter,
  csiNodePrinter,
  storageClassPrinter,
  volumeAttachmentPrinter,
  volumeAttributesClassPrinter,
  volumePrinter,
} from './storage.ts';
import {
  daemonSetPrinter,
  deploymentPrinter,
  podTemplatePrinter,
  replicaSetPrinter,
  replicationControllerPrinter,
  statefulSetPrinter,
} from './workloads.ts';
import type { KindKey } from '../kind.ts';
import type { Printer } from './printer.ts';

const printers: ReadonlyMap<string, Printer> = new Map<string, Printer>([
  ['clusterrolebinding.rbac.authorization.k8s.io', roleBindingPrinter],
  ['configmap', configMapPrinter],
  ['controllerrevision.apps', controllerRevisionPrinter],
  ['cronjob.batch', cronJobPrinter],
  ['csidriver.storage.k8s.io', csiDriverPrinter],
  ['csinode.storage.k8s.io', csiNodePrinter],
  ['daemonset.apps', daemonSetPrinter],
  ['deployment.apps', deploymentPrinter],
  ['endpoints', endpointsPrinter],
  ['endpointslice.discovery.k8s.io', endpointSlicePrinter],
  ['event', eventPrinter],
  ['horizontalpodautoscaler.autoscaling', autoscalerPrinter],
  ['ingress.networking.k8s.io', ingressPrinter],
  ['ingressclass.networking.k8s.io', ingressClassPrinter],
  ['job.batch', jobPrinter],
  ['lease.coordination.k8s.io', leasePrinter],
  ['namespace', namespacePrinter],
  ['networkpolicy.networking.k8s.io', networkPolicyPrinter],
  ['node', nodePrinter],
  ['persistentvolume', volumePrinter],
  ['persistentvolumeclaim', claimPrinter],
  ['pod', podPrinter],
  ['poddisruptionbudget.policy', disruptionBudgetPrinter],
  ['podtemplate', podTemplatePrinter],
  ['priorityclass.scheduling.k8s.io', priorityClassPrinter],
  ['replicaset.apps', replicaSetPrinter],
  ['replicationcontroller', replicationControllerPrinter],
  ['resourcequota', resourceQuotaPrinter],
  ['rolebinding.rbac.authorization.k8s.io', roleBindingPrinter],
  ['runtimeclass.node.k8s.io', runtimeClassPrinter],
  ['secret', secretPrinter],
  ['service', servicePrinter],
  ['serviceaccount', plainPrinter],
  ['statefulset.apps', statefulSetPrinter],
  ['storageclass.storage.k8s.io', storageClassPrinter],
  ['volumeattachment.storage.k8s.io', volumeAttachmentPrinter],
  ['volumeattributesclass.storage.k8s.io', volumeAttributesClassPrinter],
]);

/** The printer of a built-in kind; kinds without one of their own show when they were created. */
export function printerOf(kind: KindKey): Printer {
  return printers.get(kind) ?? createdAtPrinter;
}
