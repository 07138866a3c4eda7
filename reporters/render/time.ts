// How reports write times: the backend's clock in seconds and minutes, the real one in milliseconds.

/** A moment against a beginning: `+3.1s`, `+5m47s`, `-2.0s`. */
export function formatMoment(ms: number): string {
  const sign = ms < 0 && Math.round(ms / 100) !== 0 ? '-' : '+';
  return sign + formatSpan(Math.abs(ms));
}

/** A span on the backend's clock: `0.6s`, `41.0s`, `2m41s`, `1h5m`. */
export function formatSpan(ms: number): string {
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${Math.floor(tenths / 10)}.${tenths % 10}s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60) % 60;
  const hours = Math.floor(seconds / 3600);
  if (hours > 0) return minutes > 0 ? `${hours}h${minutes}m` : `${hours}h`;
  return seconds % 60 > 0 ? `${minutes}m${seconds % 60}s` : `${minutes}m`;
}

/** A span of real time: `4 ms`, `1.3 s`, `2m 5s`. */
export function formatReal(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
}
