// POST of an object (API-CREATE).

import { badRequest } from '../refusals.ts';
import { establish } from '../strategies/establish.ts';
import { createObject } from './create.ts';
import { decodeBody } from './decode-body.ts';
import { trackerOf } from './managed-fields.ts';
import { repeatedOwners } from './metadata.ts';
import { answer, refusal } from './response.ts';
import type { KubernetesObject, Manifest } from '../../../kubernetes/object.ts';
import type { Status } from '../../../kubernetes/status.ts';
import type { ApiResponse, Result } from '../server.ts';
import type { RoutedRequest } from './routed-request.ts';

/** Creates the object that a body describes. */
export function handleCreate(routed: RoutedRequest): ApiResponse {
  const { request, strategy } = routed;
  const decoded = decodeBody(request.body, { kind: strategy.kind, fieldValidation: request.query?.fieldValidation });
  if (!decoded.ok) return refusal(decoded.status);
  const { object, warnings } = decoded.value;
  const placed = placeObject(object, routed);
  if (!placed.ok) return refusal(placed.status, warnings);
  return createDecoded(placed.value, routed, warnings);
}

/** Creates a decoded object, for POST and for PUT to a name that is free. */
export function createDecoded(object: Manifest, routed: RoutedRequest, decoded: readonly string[]): ApiResponse {
  const { request, strategy, context } = routed;
  const dryRun = request.query?.dryRun === true;
  const created = createObject(strategy, object, context, { dryRun, ...trackerOf(routed) });
  const warnings = [...decoded, ...strategy.warnings(object as KubernetesObject), ...ownerWarnings(object)];
  if (!created.ok) return refusal(created.status, warnings);
  if (!dryRun) establish(created.value, context);
  return answer(201, created.value, warnings);
}

/** The object in the namespace of the path; another one is refused (API-META-10). */
export function placeObject(object: KubernetesObject, { request, strategy }: RoutedRequest): Result {
  if (!strategy.kind.namespaced) return { ok: true, value: object };
  const namespace = request.namespace ?? '';
  const sent = object.metadata.namespace;
  if (sent === namespace) return { ok: true, value: object };
  if (sent) return { ok: false, status: namespaceMismatch() };
  return { ok: true, value: { ...object, metadata: { ...object.metadata, namespace } } };
}

/** API-GC-01: an owner that is named twice is kept once. */
export function ownerWarnings({ metadata = {} }: Manifest): readonly string[] {
  const repeated = repeatedOwners(metadata);
  if (repeated.length === 0) return [];
  const told =
    '.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject ' +
    `such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${repeated.join(', ')}`;
  return [told];
}

function namespaceMismatch(): Status {
  return badRequest('the namespace of the provided object does not match the namespace sent on the request');
}
