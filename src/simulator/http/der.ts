// The values of ASN.1 that a certificate is made of, in DER.

import { epochSeconds, formatTimestamp } from '../timestamp.ts';

/** An encoded value. */
export type Der = Buffer;

/** A SEQUENCE. */
export function sequence(...parts: readonly Der[]): Der {
  return encode(0x30, Buffer.concat(parts));
}

/** A SET. */
export function set(...parts: readonly Der[]): Der {
  return encode(0x31, Buffer.concat(parts));
}

/** An INTEGER from its bytes, the first of which must not have its highest bit set. */
export function integer(bytes: Buffer): Der {
  return encode(0x02, bytes);
}

/** A BOOLEAN. */
export function boolean(value: boolean): Der {
  return encode(0x01, Buffer.from([value ? 0xff : 0]));
}

/** A BIT STRING whose last `unused` bits do not count. */
export function bits(bytes: Buffer, unused = 0): Der {
  return encode(0x03, Buffer.concat([Buffer.from([unused]), bytes]));
}

/** An OCTET STRING. */
export function octets(bytes: Buffer): Der {
  return encode(0x04, bytes);
}

/** A UTF8String. */
export function text(value: string): Der {
  return encode(0x0c, Buffer.from(value));
}

/** An OBJECT IDENTIFIER in dotted form. */
export function objectId(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encode(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A UTCTime or, from 2050 on, a GeneralizedTime, of milliseconds since 1970. */
export function time(ms: number): Der {
  const digits = timestampOf(ms);
  const late = Number(digits.slice(0, 4)) >= 2050;
  return encode(late ? 0x18 : 0x17, Buffer.from(`${late ? digits : digits.slice(2)}Z`));
}

/** A value under an explicit tag of its context. */
export function tagged(tag: number, value: Der): Der {
  return encode(0xa0 | tag, value);
}

/** Bytes under an implicit tag of their context. */
export function implicit(tag: number, bytes: Buffer): Der {
  return encode(0x80 | tag, bytes);
}

/** DER as PEM. */
export function pem(label: string, der: Der): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

function encode(tag: number, content: Buffer): Der {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

function base128(value: number): readonly number[] {
  const groups = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) groups.unshift((rest % 128) | 0x80);
  return groups;
}

/** `20260101000000`. */
function timestampOf(ms: number): string {
  return formatTimestamp(ms * 1000 - epochSeconds * 1_000_000).replaceAll(/\D/g, '');
}
