// What the namespace controller deletes, and what it says of what is left (API-NS-05, API-NS-06).

import { composeKindKey, type KindKey } from '../../kubernetes/kind.ts';
import { readLive } from './read-live.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { ApiServer, Result } from '../api/server.ts';
import type { Task } from './task.ts';

/** Seconds after which objects with finalizers are looked at again. */
const finalizersEstimate = 15;

/** What one pass over a namespace came to. */
export interface Remains {
  /** Seconds until something is expected to have changed; 0 when nothing is left. */
  readonly estimate: number;
  /** Objects left, by resource (`pods.`, `statefulsets.apps`). Pods that are waited for first are not counted. */
  readonly byResource: ReadonlyMap<string, number>;
  readonly byFinalizer: ReadonlyMap<string, number>;
  /** What went wrong, as upstream prints it. */
  readonly failures: readonly string[];
}

/**
 * Deletes the pods and, when none is left, everything else. Pods go first so that nothing that they need disappears under
 * them (feature gate OrderedNamespaceDeletion).
 */
export function* deleteContent(api: ApiServer, namespace: string, pod: KindKey): Task<Remains> {
  const failures: string[] = [];
  yield* deleteKind(api, { kind: pod, namespace }, failures);
  const pods = api.store.by(pod, 'namespace', namespace);
  if (pods.size > 0) {
    const finalizers = countFinalizers(pods.values());
    const estimate = Math.max(graceMax(pods.values()), finalizers.size > 0 ? finalizersEstimate : 0);
    // Pods that have ended are only waiting for their kubelet: no time is known for that, so it is tried again soon.
    if (estimate === 0)
      failures.push(`unexpected items still remain in namespace: ${namespace} for gvr: /v1, Resource=pods`);
    return { estimate, byResource: new Map(), byFinalizer: new Map(), failures };
  }
  const byResource = new Map<string, number>();
  const left: KubernetesObject[] = [];
  for (const kind of api.store.kinds()) {
    if (api.store.by(kind, 'namespace', namespace).size === 0) continue;
    yield* deleteKind(api, { kind, namespace }, failures);
    const remaining = api.store.by(kind, 'namespace', namespace);
    const served = api.kind(kind);
    if (remaining.size === 0 || served === undefined) continue;
    byResource.set(`${served.plural}.${served.group}`, remaining.size);
    left.push(...remaining.values());
  }
  const byFinalizer = countFinalizers(left);
  if (left.length > 0 && byFinalizer.size === 0) {
    failures.push(
      `unexpected items still remain in namespace: ${namespace} for gvr: ${[...byResource.keys()].join(', ')}`,
    );
  }
  return { estimate: byFinalizer.size > 0 ? finalizersEstimate : 0, byResource, byFinalizer, failures };
}

/** One deletecollection: a single call that deletes object by object, in the order of a list (API-DELCOL-01). */
function* deleteKind(
  api: ApiServer,
  { kind, namespace }: { readonly kind: KindKey; readonly namespace: string },
  failures: string[],
): Task<void> {
  if (api.store.by(kind, 'namespace', namespace).size === 0) return;
  const result: Result = yield () => {
    let last: Result | undefined;
    // Its definition was deleted in the meantime: nobody can ask for its objects any more.
    if (api.kind(kind) === undefined) return readLive(api, composeKindKey('', 'Namespace'), namespace);
    for (const key of [...api.store.by(kind, 'namespace', namespace).keys()].sort()) {
      const deleted = api.delete(kind, key, { propagationPolicy: 'Background' });
      if (!deleted.ok && deleted.status.code !== 404) return deleted;
      last = deleted;
    }
    return last ?? readLive(api, composeKindKey('', 'Namespace'), namespace);
  };
  if (!result.ok && result.status.code !== 404)
    failures.push(result.status.message ?? `refused with ${result.status.code}`);
}

/** The longest time, in seconds, that a pod may still take to end. */
function graceMax(pods: Iterable<KubernetesObject>): number {
  let longest = 0;
  for (const { spec, status } of pods as Iterable<PodOfNamespace>) {
    if (status?.phase === 'Succeeded' || status?.phase === 'Failed') continue;
    longest = Math.max(longest, spec?.terminationGracePeriodSeconds ?? 0);
  }
  return longest;
}

/** The members of a pod that are read here. */
interface PodOfNamespace extends KubernetesObject {
  readonly spec?: { readonly terminationGracePeriodSeconds?: number };
  readonly status?: { readonly phase?: string };
}

function countFinalizers(objects: Iterable<KubernetesObject>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { metadata } of objects) {
    for (const finalizer of metadata.finalizers ?? []) counts.set(finalizer, (counts.get(finalizer) ?? 0) + 1);
  }
  return counts;
}
