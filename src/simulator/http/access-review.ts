// Access reviews: there is no authorization here, so whatever is asked is allowed. Tools ask before they begin.

import { parseBody } from '../api/requests/decode-body.ts';
import type { ApiRequest, ApiResponse } from '../api/server.ts';
import type { Json } from '../../kubernetes/object.ts';

const apiVersion = 'authorization.k8s.io/v1';
const kind = 'SelfSubjectAccessReview';

/** Whether a path is that of reviews. */
export function isReview({ group, version, resource, name }: Omit<ApiRequest, 'verb'>): boolean {
  const reviews = group === 'authorization.k8s.io' && version === 'v1' && resource === 'selfsubjectaccessreviews';
  return reviews && name === undefined;
}

/** Answers a review; undefined for any other request. */
export function reviewAccess(request: ApiRequest): ApiResponse | undefined {
  if (!isReview(request) || request.verb !== 'create') return undefined;
  const parsed = parseBody(request.body, kind);
  if (!parsed.ok) return { code: parsed.status.code, body: parsed.status, warnings: [] };
  const status = { allowed: true, reason: 'nothing is forbidden on a simulated cluster' };
  const { spec = {} } = parsed.value as { readonly spec?: Json };
  return { code: 201, body: { kind, apiVersion, metadata: {}, spec, status }, warnings: [] };
}
