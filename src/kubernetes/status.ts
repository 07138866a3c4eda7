// The Status body with which the API server answers a request that it refuses (API-ERR).

/** One entry of `details.causes`. */
export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** `kind: Status`, the body of every refusal. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly status: 'Failure' | 'Success';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: {
    readonly name?: string;
    readonly group?: string;
    readonly kind?: string;
    readonly uid?: string;
    readonly causes?: readonly StatusCause[];
    readonly retryAfterSeconds?: number;
  };
  /** HTTP status code. */
  readonly code: number;
}

/** Tells a Status body from any other object. */
export function isStatus(body: unknown): body is Status {
  return (
    typeof body === 'object' && body !== null && (body as { kind?: unknown }).kind === 'Status' && 'status' in body
  );
}
