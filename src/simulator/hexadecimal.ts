// Hexadecimal text of 32 bits. A number's own toString(16) takes the engine's slow way for everything beyond one digit.

/** The lowest 32 bits of an integer as eight hexadecimal digits. One call of fromCharCode makes one flat string. */
export function hex32(value: number): string {
  return String.fromCharCode(
    hexDigit(value >>> 28),
    hexDigit(value >>> 24),
    hexDigit(value >>> 20),
    hexDigit(value >>> 16),
    hexDigit(value >>> 12),
    hexDigit(value >>> 8),
    hexDigit(value >>> 4),
    hexDigit(value),
  );
}

/** The character code of the lowest four bits as a hexadecimal digit. */
export function hexDigit(value: number): number {
  const digit = value & 15;
  return digit < 10 ? 48 + digit : 87 + digit;
}
