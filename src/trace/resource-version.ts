// The one place that orders resourceVersions. Outside it they are opaque strings.

/**
 * Negative, zero or positive as `a` is older than, the same as or newer than `b`. Versions are decimal numbers of any
 * length (KEP-5504, conformant servers since 1.35); anything else compares by code unit behind all numbers.
 */
export function compareResourceVersions(a: string, b: string): number {
  if (a === b) return 0;
  const numberA = isNumber(a);
  const numberB = isNumber(b);
  if (numberA !== numberB) return numberA ? -1 : 1;
  // No leading zeros in versions, so a longer number is a larger one; no conversion that could lose digits.
  if (numberA && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : 1;
}

/** Whether a text can be ordered as a version. */
export function isResourceVersion(text: unknown): text is string {
  return typeof text === 'string' && isNumber(text);
}

function isNumber(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return text.length > 0 && (text.length === 1 || text.charCodeAt(0) !== 48);
}
