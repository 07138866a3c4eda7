// From an HTTP request line to a request of the REST door, as far as the recordings need it.

import type { ApiRequest } from '../../../src/simulator/api/server.ts';

/** One request as it was recorded. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly accept?: string;
  readonly type?: string;
  readonly body?: unknown;
}

const patchTypes: Readonly<Record<string, NonNullable<ApiRequest['patchType']>>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

/** The request; undefined for paths that name no resource. */
export function requestOfPath({ method, path, type = '', body }: RecordedCall): ApiRequest | undefined {
  const url = new URL(path, 'http://server');
  const match =
    /^\/(?:api\/(?<core>v1)|apis\/(?<group>[^/]+)\/(?<version>[^/]+))\/(?:namespaces\/(?<namespace>[^/]+)\/(?=[a-z]))?(?<resource>[^/]+)(?:\/(?<name>[^/]+))?(?:\/(?<subresource>[^/]+))?$/.exec(
      url.pathname,
    );
  if (match?.groups === undefined) return undefined;
  const { core, group = '', version = core ?? '', namespace, resource = '', name, subresource } = match.groups;
  const patchType = patchTypes[type];
  return {
    verb: verbOf(method, name),
    group,
    version,
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
    ...(body === undefined ? {} : { body: body as string }),
    ...(patchType === undefined ? {} : { patchType }),
    query: queryOf(url.searchParams),
  };
}

function verbOf(method: string, name: string | undefined): ApiRequest['verb'] {
  switch (method) {
    case 'GET':
      return name === undefined ? 'list' : 'get';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    default:
      return name === undefined ? 'deletecollection' : 'delete';
  }
}

function queryOf(sent: URLSearchParams): NonNullable<ApiRequest['query']> {
  const query: Record<string, unknown> = {};
  for (const [key, value] of sent) {
    if (key === 'dryRun') query[key] = value === 'All';
    else if (key === 'force') query[key] = value === 'true';
    else if (key === 'limit') query[key] = Number(value);
    else query[key] = value;
  }
  return query;
}
