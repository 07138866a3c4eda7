// The kinds that recordings show.

import { composeKindKey } from '../src/kubernetes/kind.ts';
import type { KindKey } from '../src/kubernetes/kind.ts';

/** The eleven kinds that are watched while a recording is made. */
export const kinds = {
  pod: composeKindKey('', 'Pod'),
  set: composeKindKey('apps', 'StatefulSet'),
  claim: composeKindKey('', 'PersistentVolumeClaim'),
  revision: composeKindKey('apps', 'ControllerRevision'),
  event: composeKindKey('', 'Event'),
  slice: composeKindKey('discovery.k8s.io', 'EndpointSlice'),
  service: composeKindKey('', 'Service'),
  replicaSet: composeKindKey('apps', 'ReplicaSet'),
  deployment: composeKindKey('apps', 'Deployment'),
  volume: composeKindKey('', 'PersistentVolume'),
  node: composeKindKey('', 'Node'),
} as const;

/** The same as a set. */
export const recordedKinds: ReadonlySet<KindKey> = new Set(Object.values(kinds));
