// Virtual time as the API shows it. Computed by hand: the host's calendar and time zone must not reach the simulation.

import { civilFromDays, timestampMicros } from '../kubernetes/timestamp.ts';
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
  const micros = timestampMicros(text);
  return micros === undefined ? undefined : micros - epochSeconds * 1_000_000;
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
