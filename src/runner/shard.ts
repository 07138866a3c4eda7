// A share of a suite, for CI jobs that run side by side. Every n-th run, so that the long scenarios of one folder do not all
// fall to one job.

/** `3/4`: the third of four shares. */
export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/** The runs of a share, in their order. All shares together are all runs, each once. */
export function shareOf<T>(runs: readonly T[], shard: Shard | undefined): readonly T[] {
  return shard === undefined ? runs : runs.filter((_, place) => place % shard.of === shard.number - 1);
}
