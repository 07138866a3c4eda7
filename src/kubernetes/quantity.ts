// Quantities of Kubernetes (`500m`, `1Gi`, `1e3`): exact values, comparison, and the form in which the API server writes
// them back. Follows apimachinery/pkg/api/resource: no finer than nano, rounded up.

/** An exact amount, in billionths, and the family of suffixes that it was written with. */
export interface Quantity {
  readonly nanos: bigint;
  readonly family: 'decimal' | 'binary' | 'exponent';
}

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\d{1,3})?$/;
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const nanosOfOne = 1_000_000_000n;
const nanosMax = ((1n << 63n) - 1n) * nanosOfOne;
/** Up to this many digits upstream counts without its arbitrary-precision path, which alone caps values. */
const digitsUncapped = 18;

/** Reads a quantity; undefined when the text is none. */
export function parseQuantity(text: string | number): Quantity | undefined {
  const match = pattern.exec(String(text));
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const family = familyOf(suffix);
  const digits = BigInt(whole + fraction);
  const exponent = 9 - fraction.length + (family === 'binary' ? 0 : decimalExponentOf(suffix));
  const scaled = family === 'binary' ? digits << BigInt(binarySuffixes.indexOf(suffix) * 10) : digits;
  const magnitude = exponent >= 0 ? scaled * 10n ** BigInt(exponent) : divideUp(scaled, 10n ** BigInt(-exponent));
  const capped = family === 'binary' || whole.length + fraction.length > digitsUncapped;
  const nanos = capped && magnitude > nanosMax ? nanosMax : magnitude;
  return { nanos: sign === '-' ? -nanos : nanos, family };
}

/** Whether a value can stand where the API wants a quantity. */
export function isQuantity(value: unknown): value is string | number {
  return (typeof value === 'string' || typeof value === 'number') && parseQuantity(value) !== undefined;
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`; undefined when one is no quantity. */
export function compareQuantities(a: string | number, b: string | number): number | undefined {
  const left = parseQuantity(a);
  const right = parseQuantity(b);
  if (left === undefined || right === undefined) return undefined;
  return left.nanos < right.nanos ? -1 : left.nanos > right.nanos ? 1 : 0;
}

/** The form in which the API server gives a quantity back (`1000m` is `1`, `1024Mi` is `1Gi`); undefined when it is none. */
export function canonicalQuantity(text: string | number): string | undefined {
  const quantity = parseQuantity(text);
  return quantity === undefined ? undefined : formatQuantity(quantity);
}

/** Writes a quantity in canonical form: no fraction, the largest suffix that keeps it whole. */
export function formatQuantity({ nanos, family }: Quantity): string {
  if (nanos === 0n) return '0';
  // Small and fractional amounts are written in decimal even when they came with a binary suffix.
  const magnitude = nanos < 0n ? -nanos : nanos;
  const binary = family === 'binary' && magnitude >= 1024n * nanosOfOne && magnitude % nanosOfOne === 0n;
  return binary ? formatBinary(nanos / nanosOfOne) : formatDecimal(nanos, family === 'exponent');
}

function formatBinary(units: bigint): string {
  let step = 0;
  let rest = units;
  while (rest % 1024n === 0n && step < binarySuffixes.length - 1) {
    rest /= 1024n;
    step += 1;
  }
  return `${rest}${binarySuffixes[step]}`;
}

function formatDecimal(nanos: bigint, asExponent: boolean): string {
  let step = 0;
  let rest = nanos;
  const stepMax = asExponent ? Infinity : decimalSuffixes.length - 1;
  while (rest % 1000n === 0n && step < stepMax) {
    rest /= 1000n;
    step += 1;
  }
  if (!asExponent) return `${rest}${decimalSuffixes[step]}`;
  const exponent = step * 3 - 9;
  return exponent === 0 ? String(rest) : `${rest}e${exponent}`;
}

function familyOf(suffix: string): Quantity['family'] {
  if (suffix.endsWith('i')) return 'binary';
  return /^[eE]./.test(suffix) ? 'exponent' : 'decimal';
}

function decimalExponentOf(suffix: string): number {
  if (/^[eE]./.test(suffix)) return Number(suffix.slice(1));
  return decimalSuffixes.indexOf(suffix) * 3 - 9;
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
