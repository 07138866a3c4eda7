// Sequences of values, as watches show them: what comes twice in a row is one value, and values may be passed over.

/** The sequence without repetitions in a row. */
export function withoutRepeats(values: readonly string[]): readonly string[] {
  return values.filter((value, place) => place === 0 || value !== values[place - 1]);
}

/** Of so many values of the longer sequence one may be passed over. */
const coalescingMax = 4;

/**
 * Whether two sequences are the same up to coalescing: writers and watchers may pass over values, so the shorter one is
 * what remains of the longer one when some values are left out: one at least, a quarter at most. The last is never passed over.
 */
export function sameUpToCoalescing(a: readonly string[], b: readonly string[]): boolean {
  if (a.at(-1) !== b.at(-1)) return false;
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  return many.length - few.length <= Math.max(1, many.length / coalescingMax) && remainsOf(few, many);
}

function remainsOf(few: readonly string[], many: readonly string[]): boolean {
  let place = 0;
  for (const value of many) if (value === few[place]) place += 1;
  return place === few.length;
}

/** The first value of either that the other does not have at that place: where to look. */
export function firstDifference(
  recorded: readonly string[],
  simulated: readonly string[],
): { readonly place: number; readonly recorded: string | undefined; readonly simulated: string | undefined } {
  let place = 0;
  while (place < recorded.length && recorded[place] === simulated[place]) place += 1;
  return { place, recorded: recorded[place], simulated: simulated[place] };
}
