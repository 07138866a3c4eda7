// A refusal of something that the backend itself needs: it cannot go on, and says which right is missing.

import { BackendError } from '../cluster.ts';
import { isStatus } from '../../kubernetes/status.ts';

/** Makes a `BackendError` of an answer. `what`: `list pods`, `create namespaces`. */
export function refusalError(
  { code, body }: { readonly code: number; readonly body: unknown },
  what: string,
): BackendError {
  const said = isStatus(body) ? (body.message ?? body.reason ?? '') : typeof body === 'string' ? body.trim() : '';
  const [line = ''] = said.split('\n', 1);
  const told = line === '' ? '' : `: ${line}`;
  if (code === 401)
    return new BackendError(`the API server does not accept the credentials of the context (401 on ${what})${told}`);
  if (code === 403) return new BackendError(`the context may not ${what} (403 Forbidden)${told}`);
  return new BackendError(`the API server refused to ${what} with code ${code}${told}`);
}
