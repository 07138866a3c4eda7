// A generated name may be another one, but the same one wherever it stands: two revisions are two in both outputs.

import { hashesOf } from './elide.ts';
import type { Pairing } from './align.ts';

/** Where an output uses one generated name for two things of the other; undefined where it is consistent. */
export function hashConflict(
  pairs: readonly Pairing[],
): { readonly line: number; readonly reason: string } | undefined {
  const forward = new Map<string, string>();
  const backward = new Map<string, string>();
  for (const pair of pairs) {
    if (pair.kind !== 'same' || pair.expected.cells.length !== pair.actual.cells.length) continue;
    for (const [at, cell] of pair.expected.cells.entries()) {
      const expected = hashesOf(cell);
      const actual = hashesOf(pair.actual.cells[at] ?? '');
      for (const [place, name] of expected.entries()) {
        const other = actual[place];
        if (other === undefined) continue;
        const known = forward.get(name) ?? other;
        const back = backward.get(other) ?? name;
        if (known !== other || back !== name) {
          const reason =
            known === other ? `${other} stood for ${back} above` : `${name} was ${known} above, and is ${other} here`;
          return { line: pair.expected.line, reason };
        }
        forward.set(name, other);
        backward.set(other, name);
      }
    }
  }
  return undefined;
}
