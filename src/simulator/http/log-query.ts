// The parameters of a request for a log, and what of a log they leave.

import { FieldErrors } from '../api/field-errors.ts';
import { invalid, refuse } from '../api/refusals.ts';
import { formatMicroTimestamp, parseTimestamp } from '../timestamp.ts';
import { readFlag, readInteger } from './request-query.ts';
import type { Result } from '../api/server.ts';
import type { Micros } from '../clock.ts';
import type { LogEntry } from '../kubelet/shell/main-log.ts';

/** `PodLogOptions`, as far as they choose lines. */
export interface LogQuery {
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly tailLines: number | undefined;
  readonly limitBytes: number | undefined;
  /** Nothing that was printed before. */
  readonly since: Micros | undefined;
}

/** Reads the parameters; `now` is what ages are counted from. */
export function readLogQuery(parameters: URLSearchParams, pod: string, now: Micros): Result<LogQuery> {
  const numbers = new Map<string, number>();
  const errors = new FieldErrors();
  for (const [name, least] of [
    ['tailLines', 0],
    ['limitBytes', 1],
    ['sinceSeconds', 1],
  ] as const) {
    const value = readInteger(parameters, name);
    if (!value.ok) return value;
    if (value.value === undefined) continue;
    numbers.set(name, value.value);
    if (value.value >= least) continue;
    errors.invalid(name, value.value, least === 0 ? 'must be greater than or equal to 0' : 'must be greater than 0');
  }
  const sinceTime = parameters.get('sinceTime');
  const from = sinceTime ? parseTimestamp(sinceTime) : undefined;
  if (sinceTime && from === undefined) errors.invalid('sinceTime', sinceTime, 'must be a time in UTC as of RFC 3339');
  if (sinceTime && numbers.has('sinceSeconds')) {
    errors.forbidden('sinceSeconds', 'at most one of `sinceTime` or `sinceSeconds` may be specified');
  }
  if (errors.list.length > 0) return refuse(invalid({ group: '', kind: 'PodLogOptions' }, pod, errors.list));
  const seconds = numbers.get('sinceSeconds');
  return {
    ok: true,
    value: {
      follow: readFlag(parameters, 'follow') === true,
      previous: readFlag(parameters, 'previous') === true,
      timestamps: readFlag(parameters, 'timestamps') === true,
      tailLines: numbers.get('tailLines'),
      limitBytes: numbers.get('limitBytes'),
      since: seconds === undefined ? from : now - seconds * 1_000_000,
    },
  };
}

/** The text of a log, as much of it as was asked for. */
export function logText(entries: readonly LogEntry[], { timestamps, tailLines, since }: LogQuery): string {
  const lines: { at: Micros; text: string }[] = [];
  for (const { at, text } of entries) {
    for (const part of text.split(/(?<=\n)/)) {
      const last = lines.at(-1);
      if (last === undefined || last.text.endsWith('\n')) lines.push({ at, text: part });
      else last.text += part;
    }
  }
  const recent = since === undefined ? lines : lines.filter(({ at }) => at >= since);
  const told = tailLines === undefined ? recent : recent.slice(Math.max(0, recent.length - tailLines));
  return told.map(({ at, text }) => (timestamps ? `${formatMicroTimestamp(at)} ${text}` : text)).join('');
}
