// The REST door: one function from a request to its answer. Whatever is sent, an answer comes; nothing is thrown.

import { notFound } from '../refusals.ts';
import { handleApply } from './handle-apply.ts';
import { handleCreate } from './handle-create.ts';
import { handleBinding, handleCollectionDelete, handleDelete, handleEviction } from './handle-delete.ts';
import { handlePatch, handleUpdate } from './handle-update.ts';
import { listBody, listObjects } from './list.ts';
import { answer, refusal } from './response.ts';
import { route } from './route.ts';
import { storedObject } from './routed-request.ts';
import { scaleOf } from './scale.ts';
import type { Json } from '../../../kubernetes/object.ts';
import type { ApiContext } from '../context.ts';
import type { ApiRequest, ApiResponse } from '../server.ts';
import type { RoutedRequest } from './routed-request.ts';

/** Answers a request. */
export function handleRequest(request: ApiRequest, context: ApiContext): ApiResponse {
  const found = route(request, context.registry);
  if (!found.ok) return found.response;
  const routed: RoutedRequest = { request, strategy: found.strategy, subresource: found.subresource, context };
  switch (request.verb) {
    case 'get':
      return handleGet(routed);
    case 'list':
      return handleList(routed);
    case 'create':
      if (routed.subresource === undefined) return handleCreate(routed);
      return routed.subresource === 'binding' ? handleBinding(routed) : handleEviction(routed);
    case 'update':
      return handleUpdate(routed);
    case 'patch':
      return request.patchType === 'apply' ? handleApply(routed) : handlePatch(routed);
    case 'delete':
      return handleDelete(routed);
    case 'deletecollection':
      break;
  }
  return handleCollectionDelete(routed);
}

function handleGet(routed: RoutedRequest): ApiResponse {
  const { request, strategy, subresource } = routed;
  const current = storedObject(routed);
  if (current === undefined) return refusal(notFound(strategy.kind, request.name ?? ''));
  return answer(200, subresource === 'scale' ? scaleOf(current) : current, strategy.warnsAlways);
}

function handleList({ request, strategy, context }: RoutedRequest): ApiResponse {
  const namespace = request.namespace === '' ? undefined : request.namespace;
  const page = listObjects({ strategy, namespace, query: request.query ?? {} }, context);
  return page.ok ? answer(200, listBody(strategy, page.value) as Json, strategy.warnsAlways) : refusal(page.status);
}
