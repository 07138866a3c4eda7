// Reads the protobuf that Go's clients send into the JSON of the same object, as the Go types would be written in it. A field
// that is not known is an error: leaving it out would store another object than was sent.

import { epochSeconds, formatMicroTimestamp, formatTimestamp } from '../timestamp.ts';
import { messageFields } from './protobuf-fields.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { MessageField } from './protobuf-fields.ts';

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
    const object = readMessage(messageOf(apiVersion, kind), bytesOf(envelope.get(2)?.[0]));
    return { ok: true, value: { kind, apiVersion, ...object } };
  } catch (error) {
    if (!(error instanceof UnreadableError) && !(error instanceof RangeError)) throw error;
    return { ok: false, message: error.message };
  }
}

/** Packages are called after the first part of their group, and all but the first version after it. */
function messageOf(apiVersion: string, kind: string): string {
  // The options of a deletion have the version of whatever is deleted.
  if (kind === 'DeleteOptions') return 'meta.DeleteOptions';
  const [version = '', group = 'core'] = apiVersion.split('/').toReversed();
  return `${group.split('.', 1).join('')}${version === 'v1' ? '' : version.slice(1)}.${kind}`;
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
  if (wireType === 1) return take(message, cursor, 8);
  if (wireType !== 2) throw new UnreadableError(`wire type ${wireType} is not used by Kubernetes`);
  return take(message, cursor, Number(readVarint(message, cursor)));
}

function take(message: Buffer, cursor: Cursor, length: number): Buffer {
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
  if (known === undefined) throw new UnreadableError(`${name} is not known in protobuf: send JSON`);
  const object: Record<string, Json> = {};
  for (const [number, values] of fieldsOf(message)) {
    const field = known.get(number);
    if (field === undefined) {
      // Go writes what is not set, too, where it has no pointer to leave out.
      if (values.every(isZero)) continue;
      throw new UnreadableError(`field ${number} of ${name} is not known in protobuf: send JSON`);
    }
    if (field.name === '') Object.assign(object, readMessage(field.type, bytesOf(values.at(-1))));
    else {
      const value = readField(field, values);
      if (value !== undefined) object[field.name] = value;
    }
  }
  return object;
}

/** What is zero is left out, as `omitempty` does, unless Go has a pointer to it: then it was set. */
function readField({ type, shape }: MessageField, values: readonly Wire[]): Json | undefined {
  if (shape === 'list') return values.map((value) => readOne(type, value) ?? null);
  if (shape === 'map') return readMap(type, values);
  const value = readOne(type, values.at(-1)!);
  return shape === 'one' && isEmpty(value) ? undefined : value;
}

function isZero(value: Wire): boolean {
  return typeof value === 'bigint' ? value === 0n : value.length === 0;
}

function isEmpty(value: Json | undefined): boolean {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.keys(value).length === 0;
  return value === null || value === 0 || value === '' || value === false;
}

function readMap(type: string, entries: readonly Wire[]): Json {
  return Object.fromEntries(
    entries.map((entry): [string, Json] => {
      const fields = fieldsOf(bytesOf(entry));
      const [key, value] = [fields.get(1)?.[0], fields.get(2)?.[0]];
      // What is zero is not on the wire.
      const zero = type === 'i' || type === 'b' ? 0n : Buffer.alloc(0);
      return [key === undefined ? '' : textOf(key), readOne(type, value ?? zero) ?? null];
    }),
  );
}

/** The letters of protobuf-fields.gen.ts, or the name of a message. */
function readOne(type: string, value: Wire): Json | undefined {
  switch (type) {
    case 's':
      return textOf(value);
    case 'i':
      return Number(numberOf(value));
    case 'd':
      return bytesOf(value).readDoubleLE();
    case 'b':
      return numberOf(value) !== 0n;
    case 'y':
      return bytesOf(value).toString('base64');
    case 'q':
      return textOf(fieldsOf(bytesOf(value)).get(1)?.[0]);
    case 't':
      return readTime(bytesOf(value), formatTimestamp);
    case 'u':
      return readTime(bytesOf(value), formatMicroTimestamp);
    case 'o':
      return readIntOrString(bytesOf(value));
    case 'r':
      return readRaw(bytesOf(value));
    case 'e':
      return (fieldsOf(bytesOf(value)).get(1) ?? []).map(textOf);
    case 'x':
    case 'w':
    case 'v':
      return readSchemaOr(type, bytesOf(value));
    default:
      return readMessage(type, bytesOf(value));
  }
}

/** An unset time is an empty message. */
function readTime(message: Buffer, format: (at: number) => string): Json {
  const fields = fieldsOf(message);
  const seconds = fields.get(1)?.[0];
  if (seconds === undefined) return null;
  const nanos = Number(numberOf(fields.get(2)?.[0] ?? 0n));
  return format((Number(numberOf(seconds)) - epochSeconds) * 1_000_000 + Math.floor(nanos / 1000));
}

/** JSON within protobuf: the data of revisions, owned fields, defaults in schemas. */
function readRaw(message: Buffer): Json | undefined {
  const text = textOf(fieldsOf(message).get(1)?.[0]);
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new UnreadableError('holds raw data that is not JSON');
  }
}

/** Where a schema may stand for something simpler: a flag (`x`), several schemas (`w`), texts (`v`). */
function readSchemaOr(type: 'x' | 'w' | 'v', message: Buffer): Json {
  const fields = fieldsOf(message);
  const schema = fields.get(type === 'x' ? 2 : 1)?.[0];
  if (schema !== undefined) return readMessage(schemaMessage, bytesOf(schema));
  if (type === 'x') return numberOf(fields.get(1)?.[0] ?? 0n) !== 0n;
  const several = fields.get(2) ?? [];
  return type === 'v' ? several.map(textOf) : several.map((each) => readMessage(schemaMessage, bytesOf(each)));
}

const schemaMessage = 'apiextensions.JSONSchemaProps';

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
