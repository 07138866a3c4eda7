// How long ago, as the API server writes it into Tables (API-AGE).

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

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/;

/** Milliseconds since 1970 of an RFC 3339 timestamp in UTC; the host's calendar takes no part. */
function epochMs(timestamp: string | null | undefined): number | undefined {
  const found = timestamp == null ? null : pattern.exec(timestamp);
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const ms = Number((found[7] ?? '').padEnd(3, '0').slice(0, 3));
  return (((daysSince1970(year, { month, day }) * 24 + hour) * 60 + minute) * 60 + second) * 1000 + ms;
}

/** Years begin in March here, so that leap days come last. */
function daysSince1970(year: number, { month, day }: { readonly month: number; readonly day: number }): number {
  const march = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return march * 365 + Math.floor(march / 4) - Math.floor(march / 100) + Math.floor(march / 400) + dayOfYear - 719_468;
}
