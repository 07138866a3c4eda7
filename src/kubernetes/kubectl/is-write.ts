// Which command lines show the answer to a request that changes something.

import type { KubectlRequest, WriteRequest } from './request.ts';

const reads: ReadonlySet<string> = new Set<KubectlRequest['verb']>([
  'get',
  'describe',
  'rollout status',
  'rollout history',
]);

/** Whether a command changes something. */
export function isWrite(request: KubectlRequest): request is WriteRequest {
  return !reads.has(request.verb);
}
