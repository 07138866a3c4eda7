// Our own bugs, found by ourselves: exit code 70.

/** An assumption of the runner does not hold. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
  readonly code = 'INTERNAL';
}
