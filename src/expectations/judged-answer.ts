// What a recorded answer is to the judge. The runner and `check` both come here, so that they judge the same.

import { isStatus } from '../kubernetes/status.ts';
import type { Json, KubernetesObject } from '../kubernetes/object.ts';
import type { Status } from '../kubernetes/status.ts';
import type { RecordedRequest, RecordedResponse } from '../trace/record.ts';
import type { JudgedAnswer } from './judge.ts';

/** Requests that ask; every other one writes. */
const reads: ReadonlySet<string> = new Set(['get', 'list', 'resolve', 'exec']);

/**
 * The answer for matchers. `object` is what an accepted write gave back: the answer's body live, and from a file the
 * observation of the answer's resourceVersion.
 */
export function judgedAnswer(
  request: RecordedRequest,
  response: RecordedResponse,
  object?: KubernetesObject,
): JudgedAnswer {
  const { code, body, warnings = [] } = response;
  const target = request.target === undefined ? {} : { target: request.target };
  if (code >= 400 || (isStatus(body) && body.status === 'Failure')) {
    return { ...target, code, refused: true, value: refusalOf(code, body) };
  }
  if (code === 0) {
    // A recorder's command line: no HTTP, but an exit code.
    const { exitCode } = (body ?? {}) as { readonly exitCode?: number };
    return { ...target, code, refused: exitCode !== 0, value: (body ?? null) as Json };
  }
  if (reads.has(request.verb)) return { ...target, code, refused: false, value: (body ?? null) as Json };
  const value = { code, warnings, object: (object ?? null) as unknown as Json };
  return { ...target, code, refused: false, value };
}

function refusalOf(code: number, body: Status | Json | undefined): Json {
  if (!isStatus(body)) return { code, message: typeof body === 'string' ? body : '', reason: '', causes: [] };
  const { reason = '', message = '', details } = body;
  return {
    code,
    reason,
    message,
    causes: (details?.causes ?? []) as unknown as Json,
    ...(details === undefined ? {} : { details: details as unknown as Json }),
  };
}
