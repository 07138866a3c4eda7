// Taking objects into an owner's control and letting them go, as client-go's ControllerRefManager does.

import { kindKey } from '../../kubernetes/kind.ts';
import { withFinalizer } from '../api/strategies/members.ts';
import { controllerReference } from './history/controller-revision.ts';
import { readLive } from './read-live.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { ApiServer, Result } from '../api/server.ts';
import type { Failure, Task } from './task.ts';

const manager = 'kube-controller-manager';

/** Looks at the live owner before the first adoption of a pass; the answer is why it may not adopt (STS-OWN-02, -04). */
export function* mayAdopt(api: ApiServer, owner: KubernetesObject): Task<Failure> {
  const { namespace, name, uid } = owner.metadata;
  const result: Result = yield () => readLive(api, kindKey(owner), `${namespace}/${name}`);
  if (!result.ok) return `can't recheck DeletionTimestamp: ${result.status.message}`;
  const live = result.value;
  if (live.metadata.uid !== uid) {
    const told = `original ${owner.kind} ${namespace}/${name} is gone: got uid ${live.metadata.uid}, wanted ${uid}`;
    return `can't recheck DeletionTimestamp: ${told}`;
  }
  const deleted = live.metadata.deletionTimestamp;
  if (deleted === undefined) return undefined;
  // As Go prints a time.
  const at = `${deleted.slice(0, 10)} ${deleted.slice(11, 19)} +0000 UTC`;
  return `${namespace}/${name} has just been deleted at ${at}`;
}

/**
 * Makes an owner the controller of an object, with the finalizer that the owner keeps on what it controls, if any; refused if
 * the object is not the one that was seen (by uid).
 */
export function adopt(api: ApiServer, owner: KubernetesObject, object: KubernetesObject, finalizer?: string): Result {
  return changeOwners(api, object, (current) => {
    const others = (current.metadata.ownerReferences ?? []).filter((other) => other.uid !== owner.metadata.uid);
    const ownerReferences = [...others, controllerReference(owner)];
    const adopted = { ...current, metadata: { ...current.metadata, ownerReferences } };
    return finalizer === undefined ? adopted : withFinalizer(adopted, finalizer);
  });
}

/** Takes an owner's reference off an object, and the finalizer that came with it. */
export function release(api: ApiServer, owner: KubernetesObject, object: KubernetesObject, finalizer?: string): Result {
  return changeOwners(api, object, (current) => {
    const { ownerReferences, finalizers, ...metadata } = current.metadata;
    const others = (ownerReferences ?? []).filter((other) => other.uid !== owner.metadata.uid);
    const kept = finalizers?.filter((each) => each !== finalizer) ?? [];
    return {
      ...current,
      metadata: {
        ...metadata,
        ...(kept.length > 0 && { finalizers: kept }),
        ...(others.length > 0 && { ownerReferences: others }),
      },
    };
  });
}

/** Whether a release went well: an object that is gone, or that changed its identity, needs none (STS-OWN-03). */
export function releaseFailure(result: Result): Failure {
  if (result.ok || result.status.reason === 'NotFound' || result.status.reason === 'Invalid') return undefined;
  return result.status.message;
}

function changeOwners(
  api: ApiServer,
  object: KubernetesObject,
  change: (current: KubernetesObject) => KubernetesObject,
): Result {
  const { namespace, name, uid } = object.metadata;
  const kind: KindKey = kindKey(object);
  return api.update(kind, `${namespace}/${name}`, change, { uid, manager });
}
