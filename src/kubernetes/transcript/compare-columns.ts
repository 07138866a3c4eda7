// Where the headers of two tables part.

/** Columns that only one of two headers names. */
export interface ColumnDifference {
  /** The author's columns. */
  readonly expected: readonly string[];
  /** Those that are printed. */
  readonly actual: readonly string[];
  /** The author's that are not printed. */
  readonly missing: readonly string[];
  /** Printed, and not the author's. */
  readonly extra: readonly string[];
  /** The difference in words: `columns differ: VOLUMEATTRIBUTESCLASS is new`. */
  readonly text: string;
}

/** The difference of two headers; undefined where they name the same columns in the same order. */
export function compareColumns(expected: readonly string[], actual: readonly string[]): ColumnDifference | undefined {
  const missing = expected.filter((name) => !actual.includes(name));
  const extra = actual.filter((name) => !expected.includes(name));
  if (missing.length + extra.length === 0 && expected.every((name, at) => name === actual[at])) return undefined;
  const parts = [
    ...(missing.length === 0 ? [] : [`${missing.join(', ')} not printed`]),
    ...(extra.length === 0 ? [] : [`${extra.join(', ')} not in the transcript`]),
  ];
  const text = `columns differ: ${parts.length === 0 ? `their order is ${actual.join(', ')}` : parts.join('; ')}`;
  return { expected, actual, missing, extra, text };
}
