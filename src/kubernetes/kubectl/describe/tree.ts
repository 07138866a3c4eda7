// A description as kubectl writes it: fields with a tab behind their name, two blanks for each level.

/** kubectl does not describe its own notes. */
const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** Lines with tabs. */
export type DescribedLines = readonly string[];

/** The same, one level further in. */
export function indented(lines: DescribedLines, levels = 1): DescribedLines {
  return lines.map((line) => `${'  '.repeat(levels)}${line}`);
}

/** `Name:<tab>value`. */
export function field(name: string, value: unknown): string {
  return `${name}:\t${String(value)}`;
}

/** A map of labels, one a line under the first; `<none>` for none. */
export function pairsField(
  name: string,
  pairs: Readonly<Record<string, string>> | undefined,
  between: '=' | ': ' = '=',
): DescribedLines {
  const shown = Object.entries(pairs ?? {}).filter(([key]) => key !== lastAppliedAnnotation);
  const sorted = shown.toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (sorted.length === 0) return [field(name, '<none>')];
  return sorted.map(([key, value], at) => `${at === 0 ? `${name}:` : ''}\t${key}${between}${value}`);
}
