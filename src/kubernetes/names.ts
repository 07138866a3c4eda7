// What names of objects say: their natural order, the ordinal behind the last dash, the parent before it, patterns.

const digits = /\d+/y;
const trailingOrdinal = /^(.*)-(\d+)$/s;
const int32Max = 2_147_483_647;

/** Natural order: runs of digits compare as numbers (`web-2` before `web-10`), everything else by code unit. */
export function compareNatural(a: string, b: string): number {
  let atA = 0;
  let atB = 0;
  while (atA < a.length && atB < b.length) {
    const numberA = digitsAt(a, atA);
    const numberB = digitsAt(b, atB);
    if (numberA !== '' && numberB !== '') {
      const byNumber = compareDigits(numberA, numberB);
      if (byNumber !== 0) return byNumber;
      atA += numberA.length;
      atB += numberB.length;
    } else {
      const byUnit = a.charCodeAt(atA) - b.charCodeAt(atB);
      if (byUnit !== 0) return byUnit;
      atA += 1;
      atB += 1;
    }
  }
  // Equal so far (`web-1`, `web-01`): the rest and then plain order decide, so that the order is total.
  return a.length - atA - (b.length - atB) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The number behind the last dash; undefined when there is none or it does not fit an int32 (STS-ID-01). */
export function ordinalOf(name: string): number | undefined {
  const match = trailingOrdinal.exec(name);
  if (match === null) return undefined;
  const ordinal = Number(match[2]);
  return ordinal <= int32Max ? ordinal : undefined;
}

/** What stands before the ordinal: `web-db` of `web-db-0`; undefined for a name without one (STS-ID-02). */
export function parentOf(name: string): string | undefined {
  return trailingOrdinal.exec(name)?.[1];
}

/** Whether a name fits a pattern in which `*` stands for any characters, also none. */
export function matchesPattern(name: string, pattern: string): boolean {
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return name === pattern;
  const last = pieces.at(-1) ?? '';
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= name.length - last.length;
}

function digitsAt(text: string, at: number): string {
  digits.lastIndex = at;
  return digits.exec(text)?.[0] ?? '';
}

function compareDigits(a: string, b: string): number {
  const left = a.replace(/^0+(?=\d)/, '');
  const right = b.replace(/^0+(?=\d)/, '');
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
