// Slow start: calls go out in batches of 1, 2, 4, …, so that a call that always fails is not made a thousand times at once
// (STS-BURST-01, STS-BURST-03).

// stateful_set_control.go, MaxBatchSize.
const batchSizeMax = 500;

/**
 * Puts steps into slow-start batches. `place` is a step's place among all members of the walk, ascending; members that
 * need nothing take up a place too. Batches without a step are left out.
 */
export function slowStartBatches<T>(steps: readonly T[], place: (step: T) => number): T[][] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let size = 1;
  let end = 1;
  for (const step of steps) {
    while (place(step) >= end) {
      if (batch.length > 0) batches.push(batch);
      batch = [];
      size = Math.min(size * 2, batchSizeMax);
      end += size;
    }
    batch.push(step);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
