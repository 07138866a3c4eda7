// Our own bugs: states that no request and no scenario may bring about.

/** An assumption of the simulator does not hold: a bug of ours (exit code 70), never a user's mistake. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
  readonly code = 'INVARIANT_BROKEN';
}
