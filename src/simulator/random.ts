// Seeded chance. One stream an actor or object, so that one new draw does not shift the whole run.

/** A stream of random numbers, the same for the same seed and name. */
export interface Random {
  /** A stream of its own, named by actor and object: `stream('kubelet/kind-worker')`. */
  stream(name: string): Random;
  /** An integer from `low` to `high`, both inclusive. */
  integer(low: number, high: number): number;
  /** `length` characters of an alphabet. */
  text(length: number, alphabet: string): string;
}
