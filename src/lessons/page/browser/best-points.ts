// The best result of each exercise, kept by the browser.

const prefix = 'setpiece-best-';

/** Points that were got at best; undefined: it was never checked. */
export function bestPoints(exercise: string): number | undefined {
  const kept = localStorage.getItem(prefix + exercise);
  return kept === null ? undefined : Number(kept);
}

/** Keeps a result, unless there was a better one. */
export function keepPoints(exercise: string, points: number): void {
  if (points >= (bestPoints(exercise) ?? 0)) localStorage.setItem(prefix + exercise, String(points));
}
