// The creation of an object, for both doors (API-CREATE-01). Follows apiserver/pkg/registry/rest/create.go.

import { writable } from '../../writable.ts';
import { refuseInNamespace } from '../admission/namespace.ts';
import { FieldErrors } from '../field-errors.ts';
import { chargeQuotas } from '../quota/charge.ts';
import { objectKeyOf } from '../object-key.ts';
import { drawName } from '../random-names.ts';
import { alreadyExists, noUniqueName, refuse, refusedBy, unnamedError } from '../refusals.ts';
import { withMetadata } from '../strategies/members.ts';
import { validateMetadata } from '../validation/metadata.ts';
import { freshMetadata } from './metadata.ts';
import { withoutVersion } from './without-version.ts';
import type { KubernetesObject, Manifest } from '../../../kubernetes/object.ts';
import type { ApiContext } from '../context.ts';
import type { Result } from '../server.ts';
import type { Strategy } from '../strategy.ts';

/** Brings `metadata.managedFields` of a written object up to date; `before` is absent for a new one. */
export type Tracker = (after: KubernetesObject, before?: KubernetesObject) => KubernetesObject;

/** How an object is created. */
export interface CreateOptions {
  readonly dryRun?: boolean;
  readonly track?: Tracker;
}

/** How often a generated name is drawn before the server gives up (API-META-09). */
const drawsMax = 8;

/** Creates an object; the answer is the stored one, or with `dryRun` the one that would have been. */
export function createObject(
  strategy: Strategy,
  sent: Manifest,
  context: ApiContext,
  options: CreateOptions = {},
): Result {
  const { kind } = strategy;
  const metadata = sent.metadata ?? {};
  if (metadata.resourceVersion) {
    return refuse(unnamedError('resourceVersion should not be set on objects to be created'));
  }
  const fresh = writable(sent);
  fresh.metadata = freshMetadata(metadata, strategy, context);
  const defaulted = strategy.default(fresh as KubernetesObject);
  const late = kind.namespaced ? refuseInNamespace(kind, defaulted, context) : undefined;
  if (late !== undefined) return late;
  const admitted = strategy.admit(defaulted, context);
  if (!admitted.ok) return admitted;
  const named = nameObject(strategy, admitted.value, context);
  if (!named.ok) return named;
  const prepared = strategy.prepareForCreate(named.value, context);
  const errors = new FieldErrors();
  validateMetadata(prepared.metadata, strategy, errors);
  strategy.validate(prepared, errors, context);
  const refused = refusedBy<KubernetesObject>(kind, prepared.metadata.name, errors.list);
  if (refused !== undefined) return refused;
  const tracked = options.track?.(prepared) ?? prepared;
  const allocated = strategy.allocate?.(tracked, undefined, context) ?? { ok: true, value: tracked };
  if (!allocated.ok) return allocated;
  const holder = context.store.get(kind.key, objectKeyOf(prepared.metadata));
  if (holder !== undefined) {
    return refuse(alreadyExists(kind, prepared.metadata.name, holder.metadata.deletionTimestamp !== undefined));
  }
  const overdrawn = chargeQuotas({ kind, object: allocated.value, dryRun: options.dryRun === true }, context.store);
  if (overdrawn !== undefined) return overdrawn;
  const value = options.dryRun === true ? withoutVersion(allocated.value) : context.store.create(allocated.value);
  return { ok: true, value };
}

/** Draws a name where only its beginning is given. */
function nameObject({ kind }: Strategy, object: KubernetesObject, context: ApiContext): Result {
  const { name, generateName, namespace } = object.metadata;
  if (name !== '' || generateName === undefined) return { ok: true, value: object };
  let drawn = '';
  for (let draw = 0; draw < drawsMax; draw += 1) {
    drawn = drawName(context.names, generateName);
    const key = objectKeyOf(namespace === undefined ? { name: drawn } : { name: drawn, namespace });
    if (context.store.get(kind.key, key) !== undefined) continue;
    return { ok: true, value: withMetadata(object, { ...object.metadata, name: drawn }) };
  }
  return refuse(noUniqueName(kind, drawn));
}
