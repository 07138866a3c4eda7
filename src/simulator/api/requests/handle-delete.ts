// DELETE of one object or of many, and the two ways to write to a pod that are no updates: binding and eviction.

import { isFields } from '../defaults/fields.ts';
import { badRequest, created, deleted, notFound, uidMismatch } from '../refusals.ts';
import { bindPod } from './binding.ts';
import { parseBody } from './decode-body.ts';
import { readDeleteOptions } from './delete-options.ts';
import { deleteObject } from './delete.ts';
import { evictPod } from './eviction.ts';
import { storedObject } from './routed-request.ts';
import { listBody, listObjects } from './list.ts';
import { answer, refusal } from './response.ts';
import type { Json, KubernetesObject } from '../../../kubernetes/object.ts';
import type { ApiResponse } from '../server.ts';
import type { RoutedRequest } from './routed-request.ts';

/** Deletes an object (API-DEL-02). */
export function handleDelete(routed: RoutedRequest): ApiResponse {
  const { request, strategy, context } = routed;
  const read = readDeleteOptions(request);
  if (!read.ok) return refusal(read.status);
  const current = storedObject(routed);
  if (current === undefined) return refusal(notFound(strategy.kind, request.name ?? ''));
  const { options, dryRun, orphanDependents } = read.value;
  const outcome = deleteObject({ strategy, current, options, dryRun }, context);
  if (!outcome.ok) return refusal(outcome.status);
  if (outcome.gone && !strategy.answersDeleted) {
    return answer(200, deleted(strategy.kind, current.metadata) as unknown as Json);
  }
  return answer(!outcome.gone && !dryRun && orphanDependents === false ? 202 : 200, outcome.value);
}

/** Deletes what a list of the same query would show, one by one (API-DELCOL-01). */
export function handleCollectionDelete({ request, strategy, context }: RoutedRequest): ApiResponse {
  const read = readDeleteOptions(request);
  if (!read.ok) return refusal(read.status);
  const namespace = request.namespace === '' ? undefined : request.namespace;
  const page = listObjects({ strategy, namespace, query: request.query ?? {} }, context);
  if (!page.ok) return refusal(page.status);
  const { options, dryRun } = read.value;
  for (const current of page.value.items) {
    const outcome = deleteObject({ strategy, current, options, dryRun }, context);
    if (!outcome.ok) return refusal(outcome.status);
  }
  return answer(200, listBody(strategy, page.value) as Json);
}

/** Binds a pod to the node that the body names (API-SUB-03). */
export function handleBinding(routed: RoutedRequest): ApiResponse {
  const { request, strategy, context } = routed;
  const parsed = parseBody(request.body, 'Binding');
  if (!parsed.ok) return refusal(parsed.status);
  const { metadata, target } = parsed.value;
  const node = isFields(target) ? target['name'] : undefined;
  if (typeof node !== 'string' || node === '') return refusal(badRequest('target.name: Required value'));
  const current = storedObject(routed);
  if (current === undefined) return refusal(notFound(strategy.kind, request.name ?? ''));
  const uid = isFields(metadata) ? metadata['uid'] : undefined;
  if (typeof uid === 'string' && uid !== '' && uid !== current.metadata.uid) {
    const { name, namespace } = current.metadata;
    return refusal(uidMismatch(strategy.kind, { name, namespace }, { sent: uid, stored: current.metadata.uid }));
  }
  if (request.query?.dryRun === true) return answer(201, created() as unknown as Json);
  const bound = bindPod(current, node, strategy.kind, context);
  return bound.ok ? answer(201, created() as unknown as Json) : refusal(bound.status);
}

/** Evicts a pod (API-SUB-04). */
export function handleEviction(routed: RoutedRequest): ApiResponse {
  const { request, strategy, context } = routed;
  const parsed = parseBody(request.body, 'Eviction');
  if (!parsed.ok) return refusal(parsed.status);
  const { metadata, deleteOptions } = parsed.value;
  const name = isFields(metadata) ? metadata['name'] : undefined;
  if (name !== undefined && name !== '' && name !== request.name) {
    return refusal(badRequest('name in URL does not match name in Eviction object'));
  }
  const query = request.query ?? {};
  const read = readDeleteOptions(isFields(deleteOptions) ? { body: deleteOptions, query } : { query });
  if (!read.ok) return refusal(read.status);
  const current: KubernetesObject | undefined = storedObject(routed);
  if (current === undefined) return refusal(notFound(strategy.kind, request.name ?? ''));
  const { options, dryRun } = read.value;
  const outcome = evictPod({ strategy, current, options, dryRun }, context);
  return outcome.ok ? answer(201, created() as unknown as Json) : refusal(outcome.status);
}
