// The pod that a Job creates (JOB-01, JOB-06).

import { controllerReference } from '../history/controller-revision.ts';
import { failureAnnotations } from './index-failures.ts';
import { indexLabel, trackingFinalizer } from './types.ts';
import type { Manifest } from '../../../kubernetes/object.ts';
import type { ContainerSpec, Pod } from '../../kubelet/pod.ts';
import type { Job } from './types.ts';

/** Builds the manifest; the API server completes the name. `replaced` is the failed pod whose index it takes on. */
export function newJobPod(job: Job, index: number | undefined, replaced?: Pod): Manifest {
  const { metadata, spec } = job.spec.template;
  const { namespace, name } = job.metadata;
  const place = index === undefined ? undefined : { [indexLabel]: String(index) };
  const counted = index === undefined ? undefined : failureAnnotations(job, replaced);
  const annotations = { ...metadata?.annotations, ...place, ...counted };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: index === undefined ? `${name}-` : `${name}-${index}-`,
      ...(namespace !== undefined && { namespace }),
      labels: { ...metadata?.labels, ...place },
      ...(Object.keys(annotations).length > 0 && { annotations }),
      finalizers: [trackingFinalizer],
      ownerReferences: [controllerReference(job)],
    },
    spec: index === undefined ? spec : { ...spec, hostname: `${name}-${index}`, ...indexed(spec) },
  };
}

/** Every container is told its index. */
function indexed(spec: Job['spec']['template']['spec']): object {
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.annotations['${indexLabel}']` };
  const variable = { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef } };
  const withIndex = (container: ContainerSpec): ContainerSpec => {
    const env = container.env ?? [];
    return env.some(({ name }) => name === variable.name) ? container : { ...container, env: [...env, variable] };
  };
  const { initContainers } = spec;
  return {
    containers: spec.containers.map(withIndex),
    ...(initContainers !== undefined && { initContainers: initContainers.map(withIndex) }),
  };
}
