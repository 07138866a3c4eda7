// A time as `describe` writes it: RFC 1123 with the zone in numbers; ours is always UTC.

import { civilFromDays, timestampMicros } from '../../timestamp.ts';

const weekdays = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sat, 21 Nov 2026 10:00:00 +0000`; for no time the zero time of Go. */
export function shownTime(timestamp: string | null | undefined): string {
  const micros = timestamp == null ? undefined : timestampMicros(timestamp);
  if (timestamp == null || micros === undefined) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  const days = Math.floor(micros / 86_400_000_000);
  const { year, month, day } = civilFromDays(days);
  const date = `${String(day).padStart(2, '0')} ${months[month - 1] ?? ''} ${year}`;
  return `${weekdays[((days % 7) + 7) % 7] ?? ''}, ${date} ${timestamp.slice(11, 19)} +0000`;
}
