// Moments to the millisecond, as records are told apart.

/** `+13.104s`; of an hour and more still seconds, so that they can be compared. */
export function formatExact(ms: number): string {
  return `${ms < 0 ? '-' : '+'}${(Math.abs(ms) / 1000).toFixed(3)}s`;
}
