// Adds times so that they stay comparable: a sum of decimals is next to the microsecond that it means, not on it.

/** A time, some milliseconds later; on a whole microsecond, as the times of records and of the simulator's clock are. */
export function addMs(timeMs: number, ms: number): number {
  return Math.round((timeMs + ms) * 1000) / 1000;
}
