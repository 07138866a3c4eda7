// Which revision `rollout undo` goes back to (STS-CTL-08, DEP-UNDO-01).

/** An entry of a workload's history. */
export interface Revision<T> {
  readonly number: number;
  readonly content: T;
}

/** The revision of that number, or the second highest without one; kubectl's words when there is none. */
export function chooseRevision<T>(history: readonly Revision<T>[], wanted: number | undefined): Revision<T> | string {
  const sorted = history.toSorted((a, b) => a.number - b.number);
  if (wanted !== undefined && wanted !== 0) {
    return sorted.find(({ number }) => number === wanted) ?? `unable to find specified revision ${wanted} in history`;
  }
  return sorted.at(-2) ?? 'no last revision to roll back to';
}
