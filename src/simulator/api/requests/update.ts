// A write to an existing object, for both doors: main resource, `/status` and `/finalize` (API-UPD). The wanted object shares
// what it does not change with the stored one, so what is the same reference is neither defaulted nor validated again.

import { writable } from '../../writable.ts';
import { FieldErrors } from '../field-errors.ts';
import { chargeQuotas } from '../quota/charge.ts';
import { objectKeyOf } from '../object-key.ts';
import { refusedBy } from '../refusals.ts';
import { withMetadata, withStatus } from '../strategies/members.ts';
import { validateMetadataUpdate } from '../validation/metadata.ts';
import { updatedMetadata } from './metadata.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { ApiContext } from '../context.ts';
import type { Result } from '../server.ts';
import type { Strategy } from '../strategy.ts';
import type { Tracker } from './create.ts';

/** What is to be written. */
export interface Write {
  readonly strategy: Strategy;
  /** The stored object. */
  readonly current: KubernetesObject;
  /** The wanted object; versions and uids have been compared before. */
  readonly next: KubernetesObject;
  /** Absent for the main resource. */
  readonly subresource?: 'status' | 'finalize';
  readonly dryRun?: boolean;
  readonly track?: Tracker;
}

/** Writes an object; the answer is the stored one. */
export function updateObject(write: Write, context: ApiContext): Result {
  const { strategy, current, next } = write;
  if (next === current) return { ok: true, value: current };
  switch (write.subresource) {
    case 'status':
      return updateStatus(write, context);
    case 'finalize':
      return settle(withFinalizersOf(next, current), write, context);
    case undefined:
      break;
  }
  const prepared = prepare(next, current, strategy, context);
  const changed = changesBody(prepared, current);
  const admitted = changed ? strategy.admitUpdate(prepared, current, context) : undefined;
  if (admitted?.ok === false) return admitted;
  const errors = new FieldErrors();
  if (prepared.metadata !== current.metadata) validateMetadataUpdate(prepared.metadata, current.metadata, errors);
  if (changed) strategy.validateUpdate(prepared, current, errors, context);
  const refused = refusedBy<KubernetesObject>(strategy.kind, current.metadata.name, errors.list);
  if (refused !== undefined) return refused;
  const charge = { kind: strategy.kind, object: prepared, current, dryRun: write.dryRun === true };
  const overdrawn = changed ? chargeQuotas(charge, context.store) : undefined;
  if (overdrawn !== undefined) return overdrawn;
  const tracked = write.track?.(prepared, current) ?? prepared;
  if (!changed || strategy.allocate === undefined) return settle(tracked, write, context);
  const allocated = strategy.allocate(tracked, current, context);
  return allocated.ok ? settle(allocated.value, write, context) : allocated;
}

function prepare(
  next: KubernetesObject,
  current: KubernetesObject,
  strategy: Strategy,
  context: ApiContext,
): KubernetesObject {
  let object = withMetadata(next, updatedMetadata(next.metadata, current.metadata));
  if (strategy.subresources.has('status') && object['status'] !== current['status']) {
    object = withStatus(object, current['status']);
  }
  if (changesBody(object, current)) object = strategy.prepareForUpdate(strategy.default(object), current, context);
  if (!strategy.hasGeneration || !strategy.movesGeneration(object, current)) return object;
  const metadata = writable(object.metadata);
  metadata.generation = (current.metadata.generation ?? 0) + 1;
  return withMetadata(object, metadata);
}

function updateStatus(write: Write, context: ApiContext): Result {
  const { strategy, current, next } = write;
  const metadata = updatedMetadata(next.metadata, current.metadata);
  const wanted = writable(current);
  wanted.metadata = metadata;
  if (next['status'] !== undefined) wanted['status'] = next['status'];
  const object = strategy.prepareForStatus(wanted, current);
  const errors = new FieldErrors();
  if (object.metadata !== current.metadata) validateMetadataUpdate(object.metadata, current.metadata, errors);
  strategy.validateStatus(object, current, errors);
  const refused = refusedBy<KubernetesObject>(strategy.kind, current.metadata.name, errors.list);
  return refused ?? settle(write.track?.(object, current) ?? object, write, context);
}

/**
 * Stores the object, or removes it when the write took the last obstacle to its deletion: then watchers see no MODIFIED, and the
 * writer gets what it asked for under the old version (API-DEL-04).
 */
function settle(object: KubernetesObject, { strategy, dryRun }: Write, { store }: ApiContext): Result {
  if (dryRun === true) return { ok: true, value: object };
  if (!strategy.removable(object)) return { ok: true, value: store.update(object) };
  store.remove(strategy.kind.key, objectKeyOf(object.metadata));
  return { ok: true, value: object };
}

/** Whether anything but metadata and status was touched. */
function changesBody(next: KubernetesObject, current: KubernetesObject): boolean {
  for (const member in next) {
    if (next[member] !== current[member] && member !== 'metadata' && member !== 'status') return true;
  }
  for (const member in current) if (current[member] !== undefined && next[member] === undefined) return true;
  return false;
}

/** `/finalize` of a namespace writes its spec.finalizers and nothing else. */
function withFinalizersOf(next: KubernetesObject, current: KubernetesObject): KubernetesObject {
  const sent = (next['spec'] ?? {}) as { readonly finalizers?: readonly string[] };
  const { finalizers: _, ...rest } = (current['spec'] ?? {}) as { readonly finalizers?: readonly string[] };
  const left = sent.finalizers ?? [];
  return { ...current, spec: left.length === 0 ? rest : { ...rest, finalizers: left } };
}
