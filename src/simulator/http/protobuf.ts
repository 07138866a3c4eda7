// Reads the protobuf that kubectl sends for the objects of its generators into the JSON of the same object. A field that is
// not known is an error: leaving it out would store another object than was sent.

import { formatTimestamp, epochSeconds } from '../timestamp.ts';
import { messageFields } from './protobuf-fields.ts';
import type { Json } from '../../kubernetes/object.ts';

/** What was read, or why it cannot be. */
export type ReadProtobuf =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string };

/** Kubernetes puts this before every message, and the message into an envelope that names its kind. */
const magic = Buffer.from('k8s\0');

class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}

/** Reads a body. */
export function readProtobuf(body: Buffer): ReadProtobuf {
  try {
    if (!body.subarray(0, magic.length).equals(magic))
      throw new UnreadableError('does not begin as Kubernetes protobuf does');
    const envelope = fieldsOf(body.subarray(magic.length));
    const type = fieldsOf(bytesOf(envelope.get(1)?.[0]));
    const [apiVersion, kind] = [textOf(type.get(1)?.[0]), textOf(type.get(2)?.[0])];
    const object = readMessage(kind, bytesOf(envelope.get(2)?.[0]));
    return { ok: true, value: { kind, apiVersion, ...object } };
  } catch (error) {
    if (!(error instanceof UnreadableError) && !(error instanceof RangeError)) throw error;
    return { ok: false, message: error.message };
  }
}

/** A value on the wire: a number, or bytes. */
type Wire = bigint | Buffer;

/** The values of a message by field number, each in the order of the wire. */
function fieldsOf(message: Buffer): ReadonlyMap<number, readonly Wire[]> {
  const fields = new Map<number, Wire[]>();
  const cursor = { at: 0 };
  while (cursor.at < message.length) {
    const tag = Number(readVarint(message, cursor));
    const value = readValue(message, cursor, tag & 7);
    const field = Math.floor(tag / 8);
    fields.set(field, [...(fields.get(field) ?? []), value]);
  }
  return fields;
}

interface Cursor {
  at: number;
}

function readValue(message: Buffer, cursor: Cursor, wireType: number): Wire {
  if (wireType === 0) return readVarint(message, cursor);
  if (wireType !== 2) throw new UnreadableError(`wire type ${wireType} is not used by Kubernetes`);
  const length = Number(readVarint(message, cursor));
  const end = cursor.at + length;
  if (end > message.length) throw new UnreadableError('ends within a field');
  const value = message.subarray(cursor.at, end);
  cursor.at = end;
  return value;
}

function readVarint(message: Buffer, cursor: Cursor): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = message[cursor.at++];
    if (byte === undefined) throw new UnreadableError('ends within a number');
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asIntN(64, value);
  }
  throw new UnreadableError('holds a number that is too long');
}

function readMessage(name: string, message: Buffer): Readonly<Record<string, Json>> {
  const known = messageFields(name);
  if (known === undefined) throw new UnreadableError(`${name} is not read from protobuf here: send JSON`);
  const object: Record<string, Json> = {};
  for (const [number, values] of fieldsOf(message)) {
    const field = known.get(number);
    if (field === undefined) {
      // Go writes what is not set, too, where it has no pointer to leave out.
      if (values.every(isZero)) continue;
      throw new UnreadableError(`field ${number} of ${name} is not read from protobuf here: send JSON`);
    }
    const value = readField(field.type, values);
    if (value !== undefined) object[field.name] = value;
  }
  return object;
}

/**
 * `[` is a list of, `{` a map to, `-` nothing that a client decides; a zero is left out of `z` (number) and `f` (flag), which
 * have no pointer in Go, and an empty text always.
 */
function readField(type: string, values: readonly Wire[]): Json | undefined {
  if (type === '-') return undefined;
  if (type.startsWith('[')) return values.map((value) => readOne(type.slice(1), value));
  if (type.startsWith('{')) return readMap(type.slice(1), values);
  const last = values.at(-1)!;
  if ((type === 'z' || type === 'f') && isZero(last)) return undefined;
  const value = readOne(type, last);
  return value === '' || value === null ? undefined : value;
}

function isZero(value: Wire): boolean {
  return typeof value === 'bigint' ? value === 0n : value.length === 0;
}

function readMap(type: string, entries: readonly Wire[]): Json {
  return Object.fromEntries(
    entries.map((entry) => {
      const fields = fieldsOf(bytesOf(entry));
      const [key, value] = [fields.get(1)?.[0], fields.get(2)?.[0]];
      return [key === undefined ? '' : textOf(key), readOne(type, value ?? Buffer.alloc(0))];
    }),
  );
}

function readOne(type: string, value: Wire): Json {
  switch (type) {
    case 's':
      return textOf(value);
    case 'i':
    case 'z':
      return Number(numberOf(value));
    case 'b':
    case 'f':
      return numberOf(value) !== 0n;
    case 'y':
      return bytesOf(value).toString('base64');
    case 'q':
      return textOf(fieldsOf(bytesOf(value)).get(1)?.[0]);
    case 't':
      return readTime(bytesOf(value));
    case 'o':
      return readIntOrString(bytesOf(value));
    default:
      return readMessage(type, bytesOf(value));
  }
}

/** An unset time is an empty message. */
function readTime(message: Buffer): Json {
  const seconds = fieldsOf(message).get(1)?.[0];
  return seconds === undefined ? null : formatTimestamp((Number(numberOf(seconds)) - epochSeconds) * 1_000_000);
}

function readIntOrString(message: Buffer): Json {
  const fields = fieldsOf(message);
  const text = fields.get(1)?.[0] === 1n;
  return text ? textOf(fields.get(3)?.[0]) : Number(numberOf(fields.get(2)?.[0] ?? 0n));
}

function bytesOf(value: Wire | undefined): Buffer {
  if (value === undefined) return Buffer.alloc(0);
  if (typeof value === 'bigint') throw new UnreadableError('holds a number where bytes are due');
  return value;
}

function textOf(value: Wire | undefined): string {
  return bytesOf(value).toString('utf8');
}

function numberOf(value: Wire): bigint {
  if (typeof value !== 'bigint') throw new UnreadableError('holds bytes where a number is due');
  return value;
}
