// Readers of option values; a value that cannot be meant is a usage error (exit code 2).

import { InvalidArgumentError, Option } from 'commander';
import { parseDurationMs } from '../kubernetes/duration.ts';
import type { Shard } from '../runner/shard.ts';

/** A whole number from `least` on. */
export function wholeArgument(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Wanted a whole number from ${least} on.`);
  };
}

/** A positive number. */
export function numberArgument(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Wanted a positive number.');
}

/** A duration, into milliseconds. */
export function durationArgument(text: string): number {
  const ms = parseDurationMs(text);
  if (ms !== undefined && ms > 0) return ms;
  throw new InvalidArgumentError('Wanted a duration with its unit, such as 5s or 500ms.');
}

/** A regular expression. */
export function patternArgument(text: string): RegExp {
  try {
    return new RegExp(text, 'iu');
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

/** `2/5`: the second of five shares. */
export function shardArgument(text: string): Shard {
  const [, number, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { number: Number(number), of: Number(of) };
  if (shard.number >= 1 && shard.number <= shard.of) return shard;
  throw new InvalidArgumentError('Wanted a share such as 2/5: the second of five.');
}

/** Collects the values of an option that may be given several times. */
export function repeatable(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

/** An option that may be given several times; `shownDefault` is what the help says of none. */
export function listOption(flags: string, description: string, shownDefault: string): Option {
  return new Option(flags, description).argParser(repeatable).default([], shownDefault);
}
