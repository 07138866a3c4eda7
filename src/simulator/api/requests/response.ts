// The answers of the REST door.

import type { Json, KubernetesObject } from '../../../kubernetes/object.ts';
import type { Status } from '../../../kubernetes/status.ts';
import type { ApiResponse } from '../server.ts';

/** An object, a list, or whatever else a path shows. */
export function answer(code: number, body: KubernetesObject | Json, warnings: readonly string[] = []): ApiResponse {
  return { code, body, warnings };
}

/** A Status under its own code. */
export function refusal(status: Status, warnings: readonly string[] = []): ApiResponse {
  return { code: status.code, body: status, warnings };
}
