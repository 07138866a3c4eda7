// API requests as HTTP requests: path, query, method and the content type of a patch.

import type { ApiRequest } from '../../simulator/api/server.ts';
import type { HttpRequest } from './connection.ts';

type Place = Pick<ApiRequest, 'group' | 'version' | 'resource' | 'namespace' | 'name' | 'subresource'>;
type Query = Readonly<Record<string, string | number | boolean | undefined>>;

const methods = {
  get: 'GET',
  list: 'GET',
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  deletecollection: 'DELETE',
} as const;

const patchTypes = {
  apply: 'application/apply-patch+yaml',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
} as const;

/** Translates a request. JSON is YAML, so an apply patch is sent as JSON. */
export function httpRequest(request: ApiRequest): HttpRequest {
  const { verb, patchType, query = {}, body } = request;
  return {
    method: methods[verb],
    path: restPath(request, query),
    ...(body === undefined ? {} : { body }),
    ...(patchType === undefined ? {} : { contentType: patchTypes[patchType] }),
  };
}

/** `/apis/apps/v1/namespaces/ns/statefulsets/web/scale?…` */
export function restPath({ group, version, resource, namespace, name, subresource }: Place, query: Query = {}): string {
  const root =
    group === ''
      ? `/api/${encodeURIComponent(version)}`
      : `/apis/${encodeURIComponent(group)}/${encodeURIComponent(version)}`;
  const parts = [
    ...(namespace === undefined ? [] : ['namespaces', namespace]),
    resource,
    ...(name === undefined ? [] : [name]),
    ...(subresource === undefined ? [] : [subresource]),
  ];
  const path = [root, ...parts.map((part) => encodeURIComponent(part))].join('/');
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) parameters.set(key, `${value}`);
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}
