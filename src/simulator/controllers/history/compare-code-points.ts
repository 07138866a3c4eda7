/**
 * Orders two strings as their UTF-8 bytes are ordered, which is by code point. JavaScript's own order is by UTF-16 code
 * unit and differs where one of them has a character beyond U+FFFF.
 */
export function compareCodePoints(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above U+FFFF and so sort behind U+E000 to U+FFFF. */
function rank(codeUnit: number): number {
  return codeUnit >= 0xd8_00 && codeUnit <= 0xdf_ff ? codeUnit + 0x1_00_00 : codeUnit;
}
