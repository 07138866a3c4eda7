// ControllerRevisions as a value: what one looks like, how they are ordered and compared (reference section 12).

import { canonicalJson } from './canonical-json.ts';
import { hashRevision } from './revision-hash.ts';
import { compareCodePoints } from './compare-code-points.ts';
import { composeKindKey } from '../../../kubernetes/kind.ts';
import type { Manifest, JsonObject, KubernetesObject, OwnerReference } from '../../../kubernetes/object.ts';

/** A recorded pod template. */
export interface ControllerRevision extends KubernetesObject {
  readonly revision: number;
  readonly data: RevisionData;
}

/** A strategic merge patch that replaces the whole template (STS-REV-02). */
export type RevisionData = JsonObject;

export const controllerRevisionKind = composeKindKey('apps', 'ControllerRevision');

/** Carries the first computed hash, also after a collision renamed the object (STS-REV-04). */
const hashLabel = 'controller.kubernetes.io/hash';

const texts = new WeakMap<object, string>();

/** The canonical text of a revision's data; computed once for each data object. */
export function dataText(data: RevisionData): string {
  let text = texts.get(data);
  if (text === undefined) texts.set(data, (text = canonicalJson(data)));
  return text;
}

/** Whether two revisions record the same, byte by byte (STS-REV-05). */
export function equalData(a: RevisionData, b: RevisionData): boolean {
  return a === b || dataText(a) === dataText(b);
}

/** Oldest first: by revision number, creation, name (STS-REV-08). */
export function sortRevisions(revisions: readonly ControllerRevision[]): ControllerRevision[] {
  return [...revisions].sort(
    (a, b) =>
      a.revision - b.revision ||
      compareCodePoints(a.metadata.creationTimestamp, b.metadata.creationTimestamp) ||
      compareCodePoints(a.metadata.name, b.metadata.name),
  );
}

/** The number for a new revision: one more than the highest of sorted ones. */
export function nextRevisionNumber(sorted: readonly ControllerRevision[]): number {
  return (sorted.at(-1)?.revision ?? 0) + 1;
}

/** `<owner's name cut to 223 bytes>-<hash>`. Names are ASCII, so bytes are characters. */
export function revisionName(owner: string, hash: string): string {
  return `${owner.slice(0, 223)}-${hash}`;
}

/** What a new revision is made of. */
export interface RevisionContent {
  readonly owner: KubernetesObject;
  /** The labels of the pod template. */
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly data: RevisionData;
  readonly revision: number;
  readonly collisionCount: number;
}

/** Builds the manifest of a revision (STS-REV-01). */
export function newControllerRevision(content: RevisionContent): Manifest & { readonly data: RevisionData } {
  const { owner, data, revision, collisionCount } = content;
  const hash = hashRevision(dataText(data), collisionCount);
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: revisionName(owner.metadata.name, hash),
      ...(owner.metadata.namespace === undefined ? {} : { namespace: owner.metadata.namespace }),
      labels: { ...content.labels, [hashLabel]: hash },
      ...(owner.metadata.annotations === undefined ? {} : { annotations: owner.metadata.annotations }),
      ownerReferences: [controllerReference(owner)],
    },
    data,
    revision,
  };
}

/** The owner reference that makes an object the controller of another. */
export function controllerReference(owner: KubernetesObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}
