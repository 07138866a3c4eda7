// What keeps a pod from its volumes and its environment: claims that are not bound, ConfigMaps and Secrets that are missing.

import { composeKindKey } from '../../kubernetes/kind.ts';
import type { Lister } from '../store/store.ts';
import { claimNamesOf } from './pod.ts';
import type { ContainerSpec, OptionalReference, Pod } from './pod.ts';

const claimKind = composeKindKey('', 'PersistentVolumeClaim');
const configMapKind = composeKindKey('', 'ConfigMap');
const secretKind = composeKindKey('', 'Secret');

/** Why a pod's volumes cannot be mounted; `event` is the FailedMount message, where the kubelet gives one at once. */
export interface MountObstacle {
  readonly event?: string;
}

/** The first obstacle of a pod's volumes, undefined when all can be mounted (ATT-05, POD-IMG-06). */
export function mountObstacle(lister: Lister, pod: Pod): MountObstacle | undefined {
  const { namespace = '' } = pod.metadata;
  for (const name of claimNamesOf(pod)) {
    const claim = lister.get(claimKind, `${namespace}/${name}`);
    const phase = (claim?.['status'] as { readonly phase?: string } | undefined)?.phase;
    if (phase !== 'Bound') return {};
  }
  for (const volume of pod.spec.volumes ?? []) {
    const secret = volume.secret && { name: volume.secret.secretName, optional: volume.secret.optional ?? false };
    const missing = missingOf(lister, namespace, { configMap: volume.configMap, secret });
    if (missing !== undefined) return { event: `MountVolume.SetUp failed for volume "${volume.name}" : ${missing}` };
  }
  return undefined;
}

/** What a container's environment refers to and cannot be found: `configmap "nope" not found`. */
export function missingConfiguration(lister: Lister, pod: Pod, container: ContainerSpec): string | undefined {
  const { namespace = '' } = pod.metadata;
  for (const { configMapRef, secretRef } of container.envFrom ?? []) {
    const missing = missingOf(lister, namespace, { configMap: configMapRef, secret: secretRef });
    if (missing !== undefined) return missing;
  }
  for (const { valueFrom } of container.env ?? []) {
    const references = { configMap: valueFrom?.configMapKeyRef, secret: valueFrom?.secretKeyRef };
    const missing = missingOf(lister, namespace, references);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

function missingOf(
  lister: Lister,
  namespace: string,
  references: { readonly configMap: OptionalReference | undefined; readonly secret: OptionalReference | undefined },
): string | undefined {
  const { configMap, secret } = references;
  const lacks = (kind: typeof secretKind, reference: OptionalReference | undefined): boolean =>
    reference !== undefined && reference.optional !== true && !lister.get(kind, `${namespace}/${reference.name}`);
  if (lacks(configMapKind, configMap)) return `configmap "${configMap?.name}" not found`;
  return lacks(secretKind, secret) ? `secret "${secret?.name}" not found` : undefined;
}
