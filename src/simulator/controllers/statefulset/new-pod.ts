// The pod that a set creates for an ordinal at a revision (STS-ID-03, STS-ID-04, STS-ID-05). All pods of a revision share
// the template's containers by reference, so that the API server can know what it has validated before.

import { writable } from '../../writable.ts';
import { controllerReference } from '../history/controller-revision.ts';
import { volumesOf } from './claims.ts';
import { identityLabels, podNameOf, revisionLabel } from './identity.ts';
import type { Manifest, ObjectMeta } from '../../../kubernetes/object.ts';
import type { Writable } from '../../writable.ts';
import type { PodSpec, PodTemplate, StatefulSet } from './types.ts';

/** What a new pod is made from. */
export interface PodOrigin {
  readonly ordinal: number;
  /** The name of the ControllerRevision. */
  readonly revision: string;
  readonly template: PodTemplate;
}

// validation.NameIsDNSSubdomain: up to 253 characters, and the dash at the end is looked at as a letter.
const nameLengthMax = 253;

/** Builds the manifest of a pod. Everything but the template comes from the live set (STS-PICK-04). */
export function newPod(set: StatefulSet, { ordinal, revision, template }: PodOrigin): Manifest {
  const name = podNameOf(set, ordinal);
  const { labels, annotations, finalizers } = template.metadata ?? {};
  const generateName = `${set.metadata.name}-`;
  const volumes = volumesOf(set, ordinal, template.spec.volumes);
  const subdomain = set.spec.serviceName ?? '';
  // What the template says about hostname and subdomain is neither used nor validated (STS-ID-04).
  const spec = writable(withoutSubdomain(template.spec));
  spec.hostname = name;
  if (subdomain !== '') spec.subdomain = subdomain;
  if (volumes.length > 0) spec.volumes = volumes;
  const metadata: Partial<Writable<ObjectMeta>> = {
    name,
    generateName: generateName.length > nameLengthMax ? set.metadata.name : generateName,
  };
  if (set.metadata.namespace !== undefined) metadata.namespace = set.metadata.namespace;
  metadata.labels = Object.assign({}, labels, identityLabels(name, ordinal), { [revisionLabel]: revision });
  if (annotations !== undefined) metadata.annotations = annotations;
  if (finalizers !== undefined) metadata.finalizers = finalizers;
  metadata.ownerReferences = [controllerReference(set)];
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec };
}

function withoutSubdomain(spec: PodSpec): PodSpec {
  if (spec.subdomain === undefined) return spec;
  const { subdomain: _, ...rest } = spec;
  return rest;
}
