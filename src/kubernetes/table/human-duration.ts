// How long ago, as the API server writes it into Tables (API-AGE).

import { timestampMicros } from '../timestamp.ts';

/** An elapsed time: two parts at most, all of them floors. */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (ms < -1000) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return parts([minutes, 'm'], [seconds % 60, 's']);
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return parts([hours, 'h'], [minutes % 60, 'm']);
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (days < 8) return parts([days, 'd'], [hours % 24, 'h']);
  if (days < 2 * 365) return `${days}d`;
  const years = Math.floor(days / 365);
  return years < 8 ? parts([years, 'y'], [days % 365, 'd']) : `${years}y`;
}

/** The time from a timestamp until now; `<unknown>` without one. Both are RFC 3339 in UTC. */
export function ageOf(timestamp: string | null | undefined, now: string): string {
  const from = epochMs(timestamp);
  const until = epochMs(now);
  return from === undefined || until === undefined ? '<unknown>' : humanDuration(until - from);
}

/** The time between two timestamps; undefined when one is missing. */
export function elapsedMs(from: string | null | undefined, until: string | null | undefined): number | undefined {
  const [start, end] = [epochMs(from), epochMs(until)];
  return start === undefined || end === undefined ? undefined : end - start;
}

type Part = readonly [count: number, unit: string];

function parts([count, unit]: Part, [rest, small]: Part): string {
  return rest === 0 ? `${count}${unit}` : `${count}${unit}${rest}${small}`;
}

function epochMs(timestamp: string | null | undefined): number | undefined {
  const micros = timestamp == null ? undefined : timestampMicros(timestamp);
  return micros === undefined ? undefined : Math.floor(micros / 1000);
}
