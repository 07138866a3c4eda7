// The keys of the kinds whose states have words of their own.

import { composeKindKey } from '../../kubernetes/kind.ts';
import type { KindKey } from '../../kubernetes/kind.ts';

/** Pod. */
export const podKind: KindKey = composeKindKey('', 'Pod');
/** Node. */
export const nodeKind: KindKey = composeKindKey('', 'Node');
/** Service. */
export const serviceKind: KindKey = composeKindKey('', 'Service');
/** Event. */
export const eventKind: KindKey = composeKindKey('', 'Event');
/** PersistentVolumeClaim. */
export const claimKind: KindKey = composeKindKey('', 'PersistentVolumeClaim');
/** PersistentVolume. */
export const volumeKind: KindKey = composeKindKey('', 'PersistentVolume');
/** StatefulSet.apps. */
export const statefulSetKind: KindKey = composeKindKey('apps', 'StatefulSet');
/** Deployment.apps. */
export const deploymentKind: KindKey = composeKindKey('apps', 'Deployment');
/** ReplicaSet.apps. */
export const replicaSetKind: KindKey = composeKindKey('apps', 'ReplicaSet');
/** DaemonSet.apps. */
export const daemonSetKind: KindKey = composeKindKey('apps', 'DaemonSet');
/** ControllerRevision.apps. */
export const controllerRevisionKind: KindKey = composeKindKey('apps', 'ControllerRevision');
/** EndpointSlice.discovery.k8s.io. */
export const endpointSliceKind: KindKey = composeKindKey('discovery.k8s.io', 'EndpointSlice');
/** Lease.coordination.k8s.io. */
export const leaseKind: KindKey = composeKindKey('coordination.k8s.io', 'Lease');

/** StatefulSets, Deployments, ReplicaSets and DaemonSets. */
export const setKinds: ReadonlySet<KindKey> = new Set([statefulSetKind, deploymentKind, replicaSetKind, daemonSetKind]);
