// Finding, renumbering or creating the ReplicaSet of a Deployment's present template (DEP-NAME, DEP-STAT-02, DEP-ROLL-08).

import { controllerReference } from '../history/controller-revision.ts';
import { readLive } from '../read-live.ts';
import { revisionAnnotation, revisionOf, withRevision, withSizes } from './annotations.ts';
import { conditionOf, newCondition, setCondition } from './conditions.ts';
import { equalIgnoringHash, hashLabel } from './family.ts';
import { newReplicaSetSize, totalSize } from './limits.ts';
import { carryStatus, errorText, manager, recordEvent, writeDeployment, writeReplicaSet } from './pass-context.ts';
import { hasProgressDeadline } from './progress.ts';
import { podTemplateHash } from './template-hash.ts';
import { replicaSetKind } from './types.ts';
import type { Manifest } from '../../../kubernetes/object.ts';
import type { Result } from '../../api/server.ts';
import type { Task } from '../task.ts';
import type { ConditionNews } from './conditions.ts';
import type { PassContext } from './pass-context.ts';
import type { Deployment, Family, ReplicaSet } from './types.ts';

/** A ReplicaSet, none (a pass that creates none), or why it could not be had. */
export type Found =
  | { readonly ok: true; readonly set: ReplicaSet | undefined }
  | { readonly ok: false; readonly message: string };

/** Brings the ReplicaSet of the present template up to date; it is created only if `create` says so. */
export function* syncNewReplicaSet(pass: PassContext, family: Family, create: boolean): Task<Found> {
  const revision = highestRevision(family.old) + 1n;
  if (family.current !== undefined) return yield* syncExisting(pass, family.current, revision);
  return create ? yield* createNew(pass, family, revision) : { ok: true, set: undefined };
}

function highestRevision(sets: readonly ReplicaSet[]): bigint {
  return sets.map(revisionOf).reduce((highest, revision) => (revision > highest ? revision : highest), 0n);
}

function* syncExisting(pass: PassContext, set: ReplicaSet, revision: bigint): Task<Found> {
  const { deployment } = pass;
  const annotations = withRevision(deployment, set.metadata.annotations, revision);
  const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
  if (annotations !== set.metadata.annotations || (set.spec.minReadySeconds ?? 0) !== minReadySeconds) {
    return yield* writeReplicaSet(pass, set, (current) => {
      const { minReadySeconds: _, ...spec } = current.spec;
      const changed = minReadySeconds === 0 ? spec : { ...spec, minReadySeconds };
      const metadata = annotations === undefined ? current.metadata : { ...current.metadata, annotations };
      return { ...current, metadata, spec: changed };
    });
  }
  const numbered = carryRevision(pass, set.metadata.annotations?.[revisionAnnotation]);
  const message = `Found new replica set "${set.metadata.name}"`;
  const unknown = conditionOf(deployment.status?.conditions, 'Progressing') === undefined;
  const noted = unknown && carryProgress(pass, { status: 'True', reason: 'FoundNewReplicaSet', message });
  const failure = numbered || noted ? yield* writeDeployment(pass) : undefined;
  return failure === undefined ? { ok: true, set } : { ok: false, message: failure };
}

function* createNew(pass: PassContext, family: Family, revision: bigint): Task<Found> {
  const size = newReplicaSetSize(pass.deployment, { own: 0, total: totalSize(family.old) });
  const manifest = composeReplicaSet(pass.deployment, { revision, size });
  const { name } = manifest.metadata;
  const created: Result = yield () => pass.api.create(manifest, { manager });
  if (!created.ok) return yield* notCreated(pass, name, created);
  if (size > 0) {
    const message = `Scaled up replica set ${name} from 0 to ${size}`;
    recordEvent(pass, { type: 'Normal', reason: 'ScalingReplicaSet', message });
  }
  const numbered = carryRevision(pass, String(revision));
  const message = `Created new replica set "${name}"`;
  const noted = carryProgress(pass, { status: 'True', reason: 'NewReplicaSetCreated', message });
  const failure = numbered || noted ? yield* writeDeployment(pass) : undefined;
  return failure === undefined ? { ok: true, set: created.value as ReplicaSet } : { ok: false, message: failure };
}

/** The name is taken: by our own ReplicaSet, which the cache does not know yet, or by another one (DEP-NAME-03). */
function* notCreated(pass: PassContext, name: string, refused: Result & { readonly ok: false }): Task<Found> {
  const { deployment } = pass;
  const message = errorText(refused);
  if (refused.status.reason === 'AlreadyExists') {
    const key = `${deployment.metadata.namespace}/${name}`;
    const live: Result = yield () => readLive(pass.api, replicaSetKind, key);
    if (!live.ok) return { ok: false, message: errorText(live) };
    const existing = live.value as ReplicaSet;
    const own = existing.metadata.ownerReferences?.some(
      ({ uid, controller }) => controller === true && uid === deployment.metadata.uid,
    );
    if (own === true && equalIgnoringHash(existing.spec.template, deployment.spec.template)) {
      const revision = existing.metadata.annotations?.[revisionAnnotation];
      const failure = carryRevision(pass, revision) ? yield* writeDeployment(pass) : undefined;
      return failure === undefined ? { ok: true, set: existing } : { ok: false, message: failure };
    }
    const collisionCount = (deployment.status?.collisionCount ?? 0) + 1;
    carryStatus(pass, { ...deployment.status, collisionCount });
    yield* writeDeployment(pass);
    return { ok: false, message };
  }
  if (refused.status.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating') === true) {
    return { ok: false, message };
  }
  const told = `Failed to create new replica set "${name}": ${message}`;
  const reason = 'ReplicaSetCreateError';
  if (carryProgress(pass, { status: 'False', reason, message: told })) yield* writeDeployment(pass);
  recordEvent(pass, { type: 'Warning', reason, message: told });
  return { ok: false, message };
}

/** Puts the number of the newest revision on the Deployment; false if it is there already. */
function carryRevision(pass: PassContext, revision: string | undefined): boolean {
  const { deployment } = pass;
  const { annotations } = deployment.metadata;
  if (revision === undefined || annotations?.[revisionAnnotation] === revision) return false;
  const metadata = { ...deployment.metadata, annotations: { ...annotations, [revisionAnnotation]: revision } };
  pass.deployment = { ...deployment, metadata };
  return true;
}

/** Sets the condition Progressing, if progress is watched. */
function carryProgress(pass: PassContext, news: Omit<ConditionNews, 'type'>): boolean {
  const { deployment, plant } = pass;
  if (!hasProgressDeadline(deployment)) return false;
  const condition = newCondition({ type: 'Progressing', ...news }, plant.clock.timestamp);
  const conditions = setCondition(deployment.status?.conditions ?? [], condition);
  carryStatus(pass, { ...deployment.status, conditions });
  return true;
}

function composeReplicaSet(
  deployment: Deployment,
  { revision, size }: { readonly revision: bigint; readonly size: number },
): Manifest & { readonly metadata: { readonly name: string } } {
  const { selector, template, minReadySeconds = 0 } = deployment.spec;
  const hash = podTemplateHash(template, deployment.status?.collisionCount);
  const labels = { ...template.metadata?.labels, [hashLabel]: hash };
  const annotations = withSizes(deployment, withRevision(deployment, undefined, revision));
  const { namespace, name } = deployment.metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace === undefined ? {} : { namespace }),
      labels,
      annotations,
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas: size,
      ...(minReadySeconds === 0 ? {} : { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}
