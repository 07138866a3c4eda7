// PUT and PATCH of an object and of its subresources (API-UPD, API-PATCH).

import { FieldErrors } from '../field-errors.ts';
import { isFields } from '../defaults/fields.ts';
import { badRequest, invalid, modified, notFound, refuse, uidMismatch, unsupportedMediaType } from '../refusals.ts';
import { decodeBody, parseBody } from './decode-body.ts';
import { createDecoded, ownerWarnings, placeObject } from './handle-create.ts';
import { storedObject } from './routed-request.ts';
import { trackerOf } from './managed-fields.ts';
import { applyPatchTo, patchObject } from './patch.ts';
import { answer, refusal } from './response.ts';
import { scaledParent, scaleOf } from './scale.ts';
import { updateObject } from './update.ts';
import type { JsonObject, KubernetesObject } from '../../../kubernetes/object.ts';
import type { Status } from '../../../kubernetes/status.ts';
import type { ApiResponse, Result } from '../server.ts';
import type { RoutedRequest } from './routed-request.ts';
import type { Patch } from './patch.ts';

/** Replaces an object, its status, or its scale. */
export function handleUpdate(routed: RoutedRequest): ApiResponse {
  const { request, strategy, subresource } = routed;
  const current = storedObject(routed);
  if (subresource === 'scale') {
    if (current === undefined) return refusal(notFound(strategy.kind, request.name ?? ''));
    const parsed = parseBody(request.body, 'Scale');
    return parsed.ok ? writeScale(current, parsed.value, routed) : refusal(parsed.status);
  }
  const decoded = decodeBody(request.body, { kind: strategy.kind, fieldValidation: request.query?.fieldValidation });
  if (!decoded.ok) return refusal(decoded.status);
  const { warnings } = decoded.value;
  const named = nameObject(decoded.value.object, routed);
  if (!named.ok) return refusal(named.status, warnings);
  if (current === undefined) {
    const creates = strategy.createsOnUpdate && subresource === undefined;
    return creates
      ? createDecoded(named.value, routed, warnings)
      : refusal(notFound(strategy.kind, request.name ?? ''), warnings);
  }
  const refused = checkIdentity(named.value, current, routed) ?? checkVersion(named.value, current, routed);
  return refused === undefined ? write({ current, next: named.value, warnings }, routed) : refusal(refused, warnings);
}

/** Patches an object, its status, or its scale. */
export function handlePatch(routed: RoutedRequest): ApiResponse {
  const { request, strategy, subresource } = routed;
  const type = request.patchType;
  if (type === undefined || type === 'apply') return refusal(unsupportedMediaType());
  const patch: Patch = { type, body: request.body, fieldValidation: request.query?.fieldValidation };
  const current = storedObject(routed);
  if (current === undefined) return refusal(notFound(strategy.kind, request.name ?? ''));
  if (subresource === 'scale') {
    const scaled = applyPatchTo(scaleOf(current), patch);
    return scaled.ok ? writeScale(current, scaled.value, routed) : refusal(scaled.status);
  }
  const patched = patchObject(current, patch);
  if (!patched.ok) return refusal(patched.status);
  const { object, warnings } = patched.value;
  const refused = checkPatched(object, current, routed);
  return refused === undefined ? write({ current, next: object, warnings }, routed) : refusal(refused, warnings);
}

interface Replacement {
  readonly current: KubernetesObject;
  readonly next: KubernetesObject;
  readonly warnings: readonly string[];
}

/** `tracked` is the subresource in whose name fields are owned, where it is not the one that is written. */
function write(
  { current, next, warnings }: Replacement,
  routed: RoutedRequest,
  tracked = routed.subresource,
): ApiResponse {
  const { request, strategy, subresource, context } = routed;
  const dryRun = request.query?.dryRun === true;
  const part = subresource === 'status' || subresource === 'finalize' ? { subresource } : {};
  const updated = updateObject({ strategy, current, next, dryRun, ...part, ...trackerOf(routed, tracked) }, context);
  const told = [...warnings, ...strategy.warnings(next), ...ownerWarnings(next)];
  return updated.ok ? answer(200, updated.value, told) : refusal(updated.status, told);
}

function writeScale(current: KubernetesObject, scale: JsonObject, routed: RoutedRequest): ApiResponse {
  const metadata = isFields(scale['metadata']) ? scale['metadata'] : {};
  const { name, uid, resourceVersion } = metadata;
  if (typeof name === 'string' && name !== '' && name !== current.metadata.name) {
    return refusal(nameMismatch(name, current.metadata.name));
  }
  const identity: SentIdentity = {
    ...(typeof uid === 'string' ? { uid } : {}),
    ...(typeof resourceVersion === 'string' ? { resourceVersion } : {}),
  };
  const refused = compareUid(identity, current, routed) ?? compareVersion(identity, current, routed);
  if (refused !== undefined) return refusal(refused);
  const parent = scaledParent(current, scale);
  if (!parent.ok) return refusal(parent.status);
  const written = write({ current, next: parent.value, warnings: [] }, { ...routed, subresource: undefined }, 'scale');
  if (written.code !== 200) return written;
  return answer(200, scaleOf(written.body as KubernetesObject), written.warnings);
}

/** The object under the name of the path (API-META-11). */
function nameObject(object: KubernetesObject, routed: RoutedRequest): Result {
  const placed = placeObject(object, routed);
  if (!placed.ok) return placed;
  const name = routed.request.name ?? '';
  const sent = object.metadata.name;
  if (sent === name) return placed;
  if (sent) return refuse(nameMismatch(sent, name));
  return { ok: true, value: { ...placed.value, metadata: { ...placed.value.metadata, name } } };
}

function nameMismatch(sent: string, name: string): Status {
  return badRequest(`the name of the object (${sent}) does not match the name on the URL (${name})`);
}

function checkIdentity(next: KubernetesObject, current: KubernetesObject, routed: RoutedRequest): Status | undefined {
  return compareUid(next.metadata, current, routed);
}

function checkVersion(next: KubernetesObject, current: KubernetesObject, routed: RoutedRequest): Status | undefined {
  const { kind, unconditionalUpdate } = routed.strategy;
  if (!next.metadata.resourceVersion && !unconditionalUpdate) {
    const errors = new FieldErrors();
    errors.invalid('metadata.resourceVersion', 0, 'must be specified for an update', '0x0');
    return invalid(kind, current.metadata.name, errors.list);
  }
  return compareVersion(next.metadata, current, routed);
}

/** A patch may not rename; its resourceVersion makes it conditional (API-PATCH-02). The uid is left to validation. */
function checkPatched(next: KubernetesObject, current: KubernetesObject, routed: RoutedRequest): Status | undefined {
  const { kind } = routed.strategy;
  const errors = new FieldErrors();
  for (const member of ['name', 'namespace'] as const) {
    const sent = next.metadata[member];
    if (sent === current.metadata[member]) continue;
    // Two validators say so upstream (API-ERR-22).
    errors.invalid(`metadata.${member}`, sent ?? '', 'field is immutable');
    errors.invalid(`metadata.${member}`, sent ?? '', 'field is immutable');
  }
  if (errors.list.length > 0) return invalid(kind, current.metadata.name, errors.list);
  return compareVersion(next.metadata, current, routed);
}

interface SentIdentity {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

function compareUid(
  { uid }: SentIdentity,
  { metadata }: KubernetesObject,
  { strategy }: RoutedRequest,
): Status | undefined {
  if (!uid || uid === metadata.uid) return undefined;
  const { name, namespace } = metadata;
  return uidMismatch(strategy.kind, { name, namespace }, { sent: uid, stored: metadata.uid });
}

function compareVersion(
  { resourceVersion }: SentIdentity,
  { metadata }: KubernetesObject,
  { strategy }: RoutedRequest,
): Status | undefined {
  const equal = !resourceVersion || resourceVersion === metadata.resourceVersion;
  return equal ? undefined : modified(strategy.kind, metadata.name);
}
