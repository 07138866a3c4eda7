// Reviews: questions about users and what they may do. There is no authorization here, so whatever is asked is allowed, and everybody
// is the administrator. Tools ask before they begin.

import { parseBody } from '../api/requests/decode-body.ts';
import type { ApiRequest, ApiResponse } from '../api/server.ts';
import type { Json, JsonObject } from '../../kubernetes/object.ts';

/** A kind that is a question: answered, and not stored. */
export interface Review {
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** What is answered. */
  readonly status: JsonObject;
}

const version = 'v1';
const access = 'authorization.k8s.io';
const allowed = { allowed: true, reason: 'nothing is forbidden on a simulated cluster' };
const everything = {
  resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
  incomplete: false,
};
/** As the administrator of a kind cluster. */
const self = { userInfo: { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] } };

/** All of them, in the order of upstream's discovery. */
export const reviews: readonly Review[] = [
  review('authentication.k8s.io', 'SelfSubjectReview', self),
  { ...review(access, 'LocalSubjectAccessReview', allowed), namespaced: true },
  review(access, 'SelfSubjectAccessReview', allowed),
  review(access, 'SelfSubjectRulesReview', everything),
  review(access, 'SubjectAccessReview', allowed),
];

function review(group: string, kind: string, status: JsonObject): Review {
  return { group, plural: `${kind.toLowerCase()}s`, kind, namespaced: false, status };
}

/** Whether a path is that of reviews. */
export function isReview(request: Omit<ApiRequest, 'verb'>): boolean {
  return reviewAt(request) !== undefined;
}

function reviewAt({ group, resource, name, namespace, ...rest }: Omit<ApiRequest, 'verb'>): Review | undefined {
  if (rest.version !== version || name !== undefined) return undefined;
  const found = reviews.find((each) => each.group === group && each.plural === resource);
  return found?.namespaced === (namespace !== undefined) ? found : undefined;
}

/** Answers a review; undefined for any other request. */
export function reviewAccess(request: ApiRequest): ApiResponse | undefined {
  const asked = reviewAt(request);
  if (asked === undefined || request.verb !== 'create') return undefined;
  const { kind, group, status } = asked;
  const parsed = parseBody(request.body, kind);
  if (!parsed.ok) return { code: parsed.status.code, body: parsed.status, warnings: [] };
  const { spec } = parsed.value as { readonly spec?: Json };
  const about = spec === undefined ? {} : { spec };
  const body = { kind, apiVersion: `${group}/${version}`, metadata: {}, ...about, status };
  return { code: 201, body, warnings: [] };
}
