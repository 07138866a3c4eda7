// Virtual time as the API shows it. Computed by hand: the host's calendar and time zone must not reach the simulation.

import type { Micros } from './clock.ts';

/** Seconds from 1970-01-01 to the simulation's epoch, 2026-01-01T00:00:00Z. */
export const epochSeconds = 1_767_225_600;

const secondsPerDay = 86_400;

/** A moment as RFC 3339 with whole seconds, rounded down: `2026-01-01T00:00:07Z`. */
export function formatTimestamp(at: Micros): string {
  return `${formatSecond(Math.floor(at / 1_000_000))}Z`;
}

/** A moment as RFC 3339 with microseconds (`MicroTime`): `2026-01-01T00:00:07.250000Z`. */
export function formatMicroTimestamp(at: Micros): string {
  const second = Math.floor(at / 1_000_000);
  return `${formatSecond(second)}.${padded(at - second * 1_000_000, 6)}Z`;
}

/** The moment that an RFC 3339 timestamp in UTC names, or undefined for any other text. */
export function parseTimestamp(text: string): Micros | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/.exec(text);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return undefined;
  const micros = Number((parts[7] ?? '').padEnd(6, '0').slice(0, 6));
  const seconds = daysFromCivil({ year, month, day }) * secondsPerDay + hour * 3600 + minute * 60 + second;
  return (seconds - epochSeconds) * 1_000_000 + micros;
}

/** `second` counts from the simulation's epoch. */
function formatSecond(second: number): string {
  const unix = epochSeconds + second;
  const days = Math.floor(unix / secondsPerDay);
  const rest = unix - days * secondsPerDay;
  const { year, month, day } = civilFromDays(days);
  const hour = Math.floor(rest / 3600);
  const minute = Math.floor((rest - hour * 3600) / 60);
  const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
  return `${date}T${padded(hour, 2)}:${padded(minute, 2)}:${padded(rest - hour * 3600 - minute * 60, 2)}`;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar. Years are counted from March so that leap days come last. */
function daysFromCivil({ year, month, day }: CivilDate): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The inverse of `daysFromCivil`. */
function civilFromDays(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}
