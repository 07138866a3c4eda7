// The Status bodies with which a command in a container is refused.

import type { Status } from '../../kubernetes/status.ts';

const reasons: Readonly<Record<number, string>> = { 400: 'BadRequest', 500: 'InternalError', 504: 'Timeout' };

/** A refusal with a code and a sentence. */
export function refusal(code: 400 | 500 | 504, told: string): Status {
  const message = code === 500 ? `Internal error occurred: ${told}` : told;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: reasons[code] ?? '',
    code,
  };
}

/** There is no such pod. */
export function notFoundPod(name: string): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `pods "${name}" not found`,
    reason: 'NotFound',
    details: { name, kind: 'pods' },
    code: 404,
  };
}
