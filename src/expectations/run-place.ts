// Where and when a run is, as its own records tell it: a trace has no clock and no namespace but those of its objects.

import { civilFromDays, timestampMicros } from '../kubernetes/timestamp.ts';
import type { Change } from '../trace/change.ts';

/** The place of a run. */
export interface RunPlace {
  /** The namespace of its objects; empty where none has one. */
  readonly namespace: string;
  /** The time of day at a time of the run, RFC 3339, whole seconds. */
  timestampAt(atMs: number): string;
}

/** Reads the place from what has happened so far. */
export function runPlaceOf(log: readonly Change[]): RunPlace {
  let beganMs = Number.NEGATIVE_INFINITY;
  let namespace = '';
  for (const { record } of log) {
    const { metadata } = record.object;
    if (namespace === '') namespace = metadata.namespace ?? '';
    if (record.type !== 'ADDED') continue;
    // What was there before the run is older than it looks; what is made in it is as old as its record, rounded down.
    const micros = timestampMicros(metadata.creationTimestamp);
    if (micros !== undefined) beganMs = Math.max(beganMs, micros / 1000 - record.at);
  }
  return { namespace, timestampAt: (atMs) => timestampOf(Number.isFinite(beganMs) ? beganMs + atMs : atMs) };
}

function timestampOf(epochMs: number): string {
  const seconds = Math.floor(epochMs / 1000);
  const days = Math.floor(seconds / 86_400);
  const { year, month, day } = civilFromDays(days);
  const rest = seconds - days * 86_400;
  const parts = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map(twoDigits);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}T${parts.join(':')}Z`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
