// The deletion of one object, for both doors (API-DEL, API-GRACE). Follows apiserver/pkg/registry/rest/delete.go and
// registry/generic/registry/store.go.

import { writable } from '../../writable.ts';
import { refuseDeletion } from '../admission/namespace.ts';
import { parseTimestamp, formatTimestamp } from '../../timestamp.ts';
import { same } from '../../store/same.ts';
import { objectKeyOf } from '../object-key.ts';
import { preconditionFailed, refuse } from '../refusals.ts';
import { withMetadata } from '../strategies/members.ts';
import type { KubernetesObject, ObjectMeta } from '../../../kubernetes/object.ts';
import type { Status } from '../../../kubernetes/status.ts';
import type { ApiContext } from '../context.ts';
import type { DeleteOptions } from '../server.ts';
import type { Strategy } from '../strategy.ts';

/** What is to be deleted, and how. */
export interface Deletion {
  readonly strategy: Strategy;
  /** The stored object. */
  readonly current: KubernetesObject;
  readonly options: DeleteOptions;
  readonly dryRun?: boolean;
}

/** `gone` tells an object that was removed from one that stays for a while. */
export type Deleted =
  | { readonly ok: true; readonly value: KubernetesObject; readonly gone: boolean }
  | { readonly ok: false; readonly status: Status };

const orphanFinalizer = 'orphan';
const foregroundFinalizer = 'foregroundDeletion';

/** Deletes an object, or begins to. */
export function deleteObject(deletion: Deletion, context: ApiContext): Deleted {
  const { strategy, current, options, dryRun } = deletion;
  const refused = refuseDeletion(strategy.kind, current.metadata.name) ?? checkPreconditions(deletion);
  if (refused !== undefined) return refuse(refused);
  if (dryRun === true) return { ok: true, value: current, gone: false };
  const own = strategy.delete?.(current, context);
  if (own !== undefined) return own.ok ? { ...own, gone: false } : own;
  const grace = beginGrace(deletion, context);
  if (grace.kind === 'pending') return { ok: true, value: current, gone: false };
  const finalizers = finalizersFor(strategy, current.metadata, options);
  const held = finalizers.length > 0;
  const begun = grace.kind === 'begun' ? grace.metadata : held ? markDeleted(current.metadata, context) : undefined;
  if (begun === undefined) return removeNow(strategy, current, context);
  const metadata = withFinalizers(begun, finalizers);
  const unchanged = metadata === current.metadata || same(metadata, current.metadata);
  const stored = unchanged ? current : context.store.update(withMetadata(current, metadata));
  if (held || (grace.kind === 'begun' && grace.seconds > 0)) return { ok: true, value: stored, gone: false };
  return removeNow(strategy, stored, context);
}

function removeNow({ kind }: Strategy, current: KubernetesObject, { store }: ApiContext): Deleted {
  const removed = store.remove(kind.key, objectKeyOf(current.metadata));
  return { ok: true, value: removed ?? current, gone: true };
}

function checkPreconditions({ strategy, current, options }: Deletion): Status | undefined {
  const { uid, resourceVersion } = options.preconditions ?? {};
  const { metadata } = current;
  if (uid !== undefined && uid !== metadata.uid) {
    const why =
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). ` +
      'The object might have been deleted and then recreated';
    return preconditionFailed(strategy.kind, metadata.name, why);
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    const why =
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record ` +
      `(${metadata.resourceVersion}). The object might have been modified`;
    return preconditionFailed(strategy.kind, metadata.name, why);
  }
  return undefined;
}

type Grace =
  /** Not deleted gracefully, or the time of grace is over. */
  | { readonly kind: 'none' }
  /** Goes already, and no sooner for this request (API-GRACE-04). */
  | { readonly kind: 'pending' }
  | { readonly kind: 'begun'; readonly metadata: ObjectMeta; readonly seconds: number };

function beginGrace({ strategy, current, options }: Deletion, { clock }: ApiContext): Grace {
  if (strategy.gracePeriod === undefined) return { kind: 'none' };
  const { metadata } = current;
  const requested = options.gracePeriodSeconds;
  if (metadata.deletionTimestamp !== undefined) {
    return shortenGrace(metadata, requested !== undefined && requested < 0 ? 1 : requested, clock.now);
  }
  const seconds = strategy.gracePeriod(current, requested);
  // deletionTimestamp is the end of the grace, not its beginning (API-GRACE-02).
  const deletionTimestamp = formatTimestamp(clock.now + seconds * 1_000_000);
  return { kind: 'begun', seconds, metadata: terminating(metadata, deletionTimestamp, seconds) };
}

function shortenGrace(metadata: ObjectMeta, requested: number | undefined, now: number): Grace {
  const left = metadata.deletionGracePeriodSeconds ?? 0;
  if (left === 0) return { kind: 'none' };
  if (requested === undefined || requested >= left) return { kind: 'pending' };
  const end = (parseTimestamp(metadata.deletionTimestamp ?? '') ?? now) - (left - requested) * 1_000_000;
  const past = end < now;
  const seconds = past && requested > 0 ? 1 : requested;
  const deletionTimestamp = formatTimestamp(past ? now : end);
  return {
    kind: 'begun',
    seconds,
    metadata: { ...metadata, deletionTimestamp, deletionGracePeriodSeconds: seconds },
  };
}

/** The metadata of an object that waits for its finalizers (API-DEL-03). */
function markDeleted(metadata: ObjectMeta, { clock }: ApiContext): ObjectMeta {
  if (metadata.deletionTimestamp === undefined) return terminating(metadata, clock.timestamp, 0);
  if (metadata.deletionGracePeriodSeconds === 0) return metadata;
  return { ...metadata, deletionGracePeriodSeconds: 0 };
}

/** The first deletionTimestamp raises the generation (API-META-08). */
function terminating(metadata: ObjectMeta, deletionTimestamp: string, seconds: number): ObjectMeta {
  const { generation } = metadata;
  const begun = writable(metadata);
  begun.deletionTimestamp = deletionTimestamp;
  begun.deletionGracePeriodSeconds = seconds;
  if (generation !== undefined && generation !== 0) begun.generation = generation + 1;
  return begun;
}

/** The finalizers with which the propagation policy is told to the garbage collector (API-GC-02, -04, -06). */
function finalizersFor(strategy: Strategy, metadata: ObjectMeta, options: DeleteOptions): readonly string[] {
  const present = metadata.finalizers ?? [];
  const policy = options.propagationPolicy ?? policyOf(strategy, present);
  const wanted = policy === 'Orphan' ? orphanFinalizer : policy === 'Foreground' ? foregroundFinalizer : undefined;
  if (present.length === 0 && wanted === undefined) return present;
  const others = present.filter((finalizer) => finalizer !== orphanFinalizer && finalizer !== foregroundFinalizer);
  const finalizers = wanted === undefined ? others : [...others, wanted];
  const equal = finalizers.length === present.length && finalizers.every((finalizer) => present.includes(finalizer));
  return equal ? present : finalizers;
}

/** A request that says nothing leaves standing what an earlier one asked for. */
function policyOf(strategy: Strategy, present: readonly string[]): DeleteOptions['propagationPolicy'] {
  if (present.includes(orphanFinalizer)) return 'Orphan';
  if (present.includes(foregroundFinalizer)) return 'Foreground';
  return strategy.orphansByDefault ? 'Orphan' : 'Background';
}

function withFinalizers(metadata: ObjectMeta, finalizers: readonly string[]): ObjectMeta {
  if (finalizers === metadata.finalizers || (finalizers.length === 0 && metadata.finalizers === undefined)) {
    return metadata;
  }
  const { finalizers: _, ...rest } = metadata;
  return finalizers.length === 0 ? rest : { ...rest, finalizers };
}
