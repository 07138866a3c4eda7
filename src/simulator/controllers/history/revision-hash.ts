// The hash in the names of ControllerRevisions: 32-bit FNV-1 in an alphabet without vowels (STS-HASH-01, STS-HASH-02).

const offsetBasis = 2_166_136_261;
const prime = 16_777_619;

// What each decimal digit of the hash becomes: `alphabet[code mod 27]` of apimachinery's SafeEncodeString.
const safeDigits = '456789bcdf';

/** FNV-1 (multiply, then xor) over the UTF-8 bytes of a text. */
export function fnv1(text: string): number {
  let hash = offsetBasis;
  for (const byte of new TextEncoder().encode(text)) hash = (Math.imul(hash, prime) ^ byte) >>> 0;
  return hash >>> 0;
}

/** A hash as it stands in names: its decimal digits, each replaced by a letter or digit that cannot spell words. */
export function safeEncode(hash: number): string {
  let encoded = '';
  for (const digit of String(hash)) encoded += safeDigits[Number(digit)];
  return encoded;
}

/** The hash of a revision's data (canonical JSON) at a collision count, 1 to 10 characters. */
export function hashRevision(data: string, collisionCount: number): string {
  return safeEncode(fnv1(`${data}${collisionCount}`));
}
