// What the parts of a pass share, and how they write.

import { deploymentKind, replicaSetKind } from './types.ts';
import type { ApiServer, Result } from '../../api/server.ts';
import type { ObjectKey } from '../../store/store.ts';
import type { Informer, Plant } from '../controller.ts';
import type { Orphans } from '../orphans.ts';
import type { Failure, Task } from '../task.ts';
import type { Deployment, DeploymentStatus, ReplicaSet } from './types.ts';

/** The component of the controller's Events. */
export const component = 'deployment-controller';

/** The field manager of everything that the controller manager writes. */
export const manager = 'kube-controller-manager';

/** One pass over one Deployment. */
export interface PassContext {
  readonly api: ApiServer;
  readonly plant: Plant;
  readonly informer: Informer;
  readonly orphans: Orphans;
  readonly key: ObjectKey;
  /**
   * The Deployment as the pass sees it. Upstream changes conditions and annotations of its copy on the way and goes on with
   * the version that it has read, so that a second write of the same pass is a conflict and the pass is made again.
   */
  deployment: Deployment;
}

/** Records an Event on the Deployment. */
export function recordEvent(
  pass: PassContext,
  event: { readonly type: 'Normal' | 'Warning'; readonly reason: string; readonly message: string },
): void {
  pass.plant.events.record({ component, about: pass.deployment, ...event });
}

/** Writes status and annotations of the Deployment through `/status`. */
export function* writeDeployment(pass: PassContext): Task<Failure> {
  const { metadata, status } = pass.deployment;
  const { annotations, resourceVersion } = metadata;
  const result: Result = yield () =>
    pass.api.update(
      deploymentKind,
      pass.key,
      (current) => ({
        ...current,
        metadata:
          annotations === undefined || annotations === current.metadata.annotations
            ? current.metadata
            : { ...current.metadata, annotations },
        status,
      }),
      { subresource: 'status', resourceVersion, manager },
    );
  return result.ok ? undefined : errorText(result);
}

/** Changes the status that the pass carries along. */
export function carryStatus(pass: PassContext, status: DeploymentStatus): void {
  pass.deployment = { ...pass.deployment, status };
}

/** Writes a ReplicaSet; the answer is the stored one. */
export function* writeReplicaSet(
  pass: PassContext,
  before: ReplicaSet,
  change: (current: ReplicaSet) => ReplicaSet,
): Task<{ readonly ok: true; readonly set: ReplicaSet } | { readonly ok: false; readonly message: string }> {
  const { namespace, name, resourceVersion } = before.metadata;
  const result: Result = yield () =>
    pass.api.update(replicaSetKind, `${namespace}/${name}`, (current) => change(current as ReplicaSet), {
      resourceVersion,
      manager,
    });
  if (!result.ok) return { ok: false, message: errorText(result) };
  return { ok: true, set: result.value as ReplicaSet };
}

/** The text of a refusal. */
export function errorText(result: Result & { readonly ok: false }): string {
  return result.status.message ?? result.status.reason ?? `code ${result.status.code}`;
}
