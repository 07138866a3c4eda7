// PATCH with a server-side apply (API-SSA): the merge and the owners are `apply/`'s matter; what comes out is created or
// updated like anything else.

import { serverSideApply } from '../apply/server-side-apply.ts';
import { badRequest, modified, notFound, unsupportedMediaType } from '../refusals.ts';
import { establish } from '../strategies/establish.ts';
import { createObject } from './create.ts';
import { parseBody } from './decode-body.ts';
import { ownerWarnings, placeObject } from './handle-create.ts';
import { storedObject } from './routed-request.ts';
import { answer, refusal } from './response.ts';
import { updateObject } from './update.ts';
import { zeroForNull } from './zero-for-null.ts';
import { apiVersionOf } from '../../../kubernetes/kinds.ts';
import { isFields } from '../defaults/fields.ts';
import type { JsonObject, KubernetesObject, Manifest } from '../../../kubernetes/object.ts';
import type { ApiResponse, Result } from '../server.ts';
import type { RoutedRequest } from './routed-request.ts';

/** Applies the manifest in the body. */
export function handleApply(routed: RoutedRequest): ApiResponse {
  const { request, strategy, subresource, context } = routed;
  if (subresource !== undefined && subresource !== 'status') return refusal(unsupportedMediaType());
  const manifest = readManifest(routed);
  if (!manifest.ok) return refusal(manifest.status);
  const current = storedObject(routed);
  if (current === undefined && subresource !== undefined) return refusal(notFound(strategy.kind, request.name ?? ''));
  const sentVersion = manifest.value.metadata?.resourceVersion;
  if (current !== undefined && sentVersion && sentVersion !== current.metadata.resourceVersion) {
    return refusal(modified(strategy.kind, current.metadata.name));
  }
  const applied = serverSideApply({
    ...(current === undefined ? {} : { current }),
    applied: manifest.value,
    manager: request.query?.fieldManager,
    force: request.query?.force === true,
    now: context.clock.timestamp,
    ...(subresource === undefined ? {} : { subresource }),
  });
  if (!applied.ok) return refusal(applied.status);
  const object = zeroForNull(applied.object as unknown as JsonObject) as unknown as KubernetesObject;
  return store(object, current, routed);
}

function store(object: KubernetesObject, current: KubernetesObject | undefined, routed: RoutedRequest): ApiResponse {
  const { request, strategy, subresource, context } = routed;
  const dryRun = request.query?.dryRun === true;
  const warnings = [...strategy.warnings(object), ...ownerWarnings(object)];
  if (current === undefined) {
    const created = createObject(strategy, object, context, { dryRun });
    if (!created.ok) return refusal(created.status, warnings);
    if (!dryRun) establish(created.value, context);
    return answer(201, created.value, warnings);
  }
  const part = subresource === 'status' ? ({ subresource } as const) : {};
  const updated = updateObject({ strategy, current, next: object, dryRun, ...part }, context);
  return updated.ok ? answer(200, updated.value, warnings) : refusal(updated.status, warnings);
}

/** The manifest, under the name and in the namespace of the path. It has to say what it is (API-SSA-01). */
function readManifest(routed: RoutedRequest): Result<Manifest> {
  const { request, strategy } = routed;
  const parsed = parseBody(request.body, strategy.kind.kind);
  if (!parsed.ok) return parsed;
  const { apiVersion, kind, metadata = {} } = parsed.value;
  const refused = (message: string): Result<Manifest> => ({ ok: false, status: badRequest(message) });
  if (typeof kind !== 'string' || kind === '') {
    return refused(`Object 'Kind' is missing in '${JSON.stringify(parsed.value)}'`);
  }
  const expected = apiVersionOf(strategy.kind);
  if (apiVersion !== expected || kind !== strategy.kind.kind) {
    const sent = JSON.stringify(apiVersion ?? '');
    return refused(
      `the API version in the data (${sent}, Kind=${kind}) does not match the expected API version (${expected}, Kind=${strategy.kind.kind})`,
    );
  }
  if (!isFields(metadata)) return refused(`metadata must be an object, found ${JSON.stringify(metadata)}`);
  const { name } = metadata;
  if (name !== undefined && name !== request.name) {
    return refused(
      `the name of the object (${typeof name === 'string' ? name : ''}) does not match the name on the URL (${request.name ?? ''})`,
    );
  }
  const named = { ...parsed.value, metadata: { ...metadata, name: request.name ?? '' } };
  return placeObject(named as unknown as KubernetesObject, routed);
}
