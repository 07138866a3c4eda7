// The pod that a DaemonSet creates for one node: tied to it by affinity, and bound by the scheduler like any other (DS-01).

import { controllerReference } from '../history/controller-revision.ts';
import { daemonTolerations } from './node-fit.ts';
import { hashLabel } from './types.ts';
import type { Affinity } from '../../kubelet/pod.ts';
import type { Manifest } from '../../../kubernetes/object.ts';
import type { DaemonSet } from './types.ts';

/** Builds the manifest; the API server completes the name (DS-02). */
export function newDaemonPod(
  set: DaemonSet,
  { node, hash }: { readonly node: string; readonly hash: string },
): Manifest {
  const { template, templateGeneration } = set.spec;
  const { annotations, finalizers } = template.metadata ?? {};
  const { namespace, name } = set.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${name}-`,
      ...(namespace !== undefined && { namespace }),
      labels: {
        ...template.metadata?.labels,
        [hashLabel]: hash,
        ...(templateGeneration !== undefined && { 'pod-template-generation': String(templateGeneration) }),
      },
      ...(annotations !== undefined && { annotations }),
      ...(finalizers !== undefined && { finalizers }),
      ownerReferences: [controllerReference(set)],
    },
    spec: {
      ...template.spec,
      affinity: tiedTo(node, template.spec.affinity),
      tolerations: daemonTolerations(template.spec),
    },
  };
}

/** The template's own required node affinity was asked already, and gives way. */
function tiedTo(node: string, affinity: Affinity | undefined): Affinity {
  const requirement = { key: 'metadata.name', operator: 'In', values: [node] } as const;
  const nodeSelectorTerms = [{ matchFields: [requirement] }];
  const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
  return { ...affinity, nodeAffinity: { ...affinity?.nodeAffinity, ...required } };
}

/** The node for which a pod was made. */
export function targetNodeOf(spec: { readonly nodeName?: string; readonly affinity?: Affinity }): string | undefined {
  if (spec.nodeName !== undefined) return spec.nodeName;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  for (const { matchFields = [] } of required?.nodeSelectorTerms ?? []) {
    const named = matchFields.find(({ key, operator }) => key === 'metadata.name' && operator === 'In');
    if (named?.values?.length === 1) return named.values[0];
  }
  return undefined;
}
