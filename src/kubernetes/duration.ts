// Durations of the scenario language and of reports: `500ms`, `3m`, `1m30s`. The unit is never left out.

const part = /^(\d+(?:\.\d+)?)(ms|s|m|h)/;
const msOfUnit: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]);

/** Reads a duration into milliseconds; units stand from the largest to the smallest, each at most once. */
export function parseDurationMs(text: string): number | undefined {
  let rest = text;
  let totalMs = 0;
  let unitBefore = Infinity;
  while (rest !== '') {
    const match = part.exec(rest);
    const unitMs = msOfUnit.get(match?.[2] ?? '');
    if (match === null || unitMs === undefined || unitMs >= unitBefore) return undefined;
    totalMs += Number(match[1]) * unitMs;
    unitBefore = unitMs;
    rest = rest.slice(match[0].length);
  }
  // The sum of decimals is rounded to microseconds, the simulator's tick, so that 0.1s + 0.2s compare as written.
  return text === '' || !Number.isFinite(totalMs) ? undefined : Math.round(totalMs * 1000) / 1000;
}

/**
 * Writes milliseconds as people do: `4ms`, `3.1s`, `1m30s`, `2h5m`. Exact to the millisecond; below one millisecond to the
 * microsecond.
 */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms < 1) return `${trimmed(ms)}ms`;
  const whole = Math.round(ms);
  if (whole < 1000) return `${whole}ms`;
  const hours = Math.floor(whole / 3_600_000);
  const minutes = Math.floor((whole % 3_600_000) / 60_000);
  const seconds = (whole % 60_000) / 1000;
  const shown = [
    hours > 0 ? `${hours}h` : '',
    minutes > 0 ? `${minutes}m` : '',
    seconds > 0 ? `${trimmed(seconds)}s` : '',
  ];
  return shown.join('');
}

function trimmed(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
