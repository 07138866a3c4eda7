// What the tests of storage share: volumes, claims, pods that use them, and their changes in a line each.

import { podManifest } from '../cluster.ts';
import type { TestCluster } from '../cluster.ts';
import type { Manifest } from '../../../src/kubernetes/object.ts';
import type { Change } from '../../../src/simulator/store/store.ts';

export const pv = 'persistentvolume';
export const pvc = 'persistentvolumeclaim';

export function createVolume(cluster: TestCluster, name: string, spec: object = {}): void {
  cluster.create({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      hostPath: { path: `/data/${name}` },
      ...spec,
    },
  });
}

export function createClaim(cluster: TestCluster, name: string, spec: object = {}): void {
  cluster.create({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: '',
      resources: { requests: { storage: '1Gi' } },
      ...spec,
    },
  });
}

export function podWithClaim(name: string, claimName: string): Manifest {
  return podManifest(name, { spec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }] } });
}

/** `pv pv001 Available claimed` and so on: what the four writes of binding change. */
export function line({ type, kind, object }: Change): string {
  const { metadata, spec, status } = object as unknown as {
    metadata: { name: string; deletionTimestamp?: string };
    spec: { claimRef?: { uid?: string }; volumeName?: string };
    status?: { phase?: string };
  };
  const link = spec.claimRef?.uid !== undefined || spec.volumeName !== undefined ? ' linked' : '';
  const end = metadata.deletionTimestamp === undefined ? '' : ' terminating';
  return `${type} ${kind === pv ? 'pv' : 'pvc'} ${status?.phase}${link}${end}`;
}

export function storageLines(cluster: TestCluster, since = 0): readonly string[] {
  return cluster.changes
    .slice(since)
    .filter(({ kind }) => kind === pv || kind === pvc)
    .map(line);
}
