// The claims of a pod: their names, what a new one looks like, and the pod's volumes that refer to them (STS-PVC, STS-ID-09).

import type { Manifest } from '../../../kubernetes/object.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { ClaimTemplate, Pod, PodSpec, StatefulSet, Volume } from './types.ts';

/** A claim as it is stored. */
export type Claim = KubernetesObject;

const noTemplates: readonly ClaimTemplate[] = [];

/** The set's claim templates, none if it has none. */
export function claimTemplatesOf(set: StatefulSet): readonly ClaimTemplate[] {
  return set.spec.volumeClaimTemplates ?? noTemplates;
}

/** `<template>-<set>-<ordinal>` (STS-PVC-01). */
export function claimNameOf(set: StatefulSet, template: ClaimTemplate, ordinal: number): string {
  return `${template.metadata.name}-${set.metadata.name}-${ordinal}`;
}

/** A new claim: the template's content, with the selector's labels on top (STS-PVC-02). */
export function newClaim(set: StatefulSet, template: ClaimTemplate, ordinal: number): Manifest {
  const { labels, annotations, finalizers } = template.metadata;
  const merged = { ...labels, ...set.spec.selector.matchLabels };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: claimNameOf(set, template, ordinal),
      ...(set.metadata.namespace === undefined ? {} : { namespace: set.metadata.namespace }),
      ...(Object.keys(merged).length === 0 ? {} : { labels: merged }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(finalizers === undefined ? {} : { finalizers }),
    },
    spec: template.spec,
  };
}

/** The volumes of a pod: one for each claim template, then the template's own that no claim replaces (STS-ID-09). */
export function volumesOf(set: StatefulSet, ordinal: number, own: readonly Volume[] | undefined): readonly Volume[] {
  const templates = claimTemplatesOf(set);
  const claimed = templates.map((template) => ({
    name: template.metadata.name,
    persistentVolumeClaim: { claimName: claimNameOf(set, template, ordinal) },
  }));
  if (own === undefined) return claimed;
  const replaced = new Set(templates.map((template) => template.metadata.name));
  return [...claimed, ...own.filter((volume) => !replaced.has(volume.name))];
}

/** Whether a pod's volumes refer to its claims. */
export function storageMatches(set: StatefulSet, pod: Pod, ordinal: number): boolean {
  return claimTemplatesOf(set).every((template) => {
    const volume = pod.spec.volumes?.find(({ name }) => name === template.metadata.name);
    return volume?.persistentVolumeClaim?.claimName === claimNameOf(set, template, ordinal);
  });
}

/** A pod with its volumes rewritten. A real API server refuses that on a stored pod (STS-POD-08). */
export function withStorage(set: StatefulSet, pod: Pod, ordinal: number): Pod {
  const spec: PodSpec = { ...pod.spec, volumes: volumesOf(set, ordinal, pod.spec.volumes) };
  return { ...pod, spec };
}
