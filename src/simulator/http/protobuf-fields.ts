// The messages of Kubernetes' protobuf, as their table says.

import { messageTable } from './protobuf-fields.gen.ts';

/** A field of a message. */
export interface MessageField {
  /** Empty for a message whose members stand in its parent's JSON. */
  readonly name: string;
  /** What is left of the type without `?`, `[` and `{`: a letter, or the name of a message. */
  readonly type: string;
  readonly shape: 'one' | 'pointer' | 'list' | 'map';
}

/** The fields of a message by number; undefined for a message that is not in the table. */
export function messageFields(message: string): ReadonlyMap<number, MessageField> | undefined {
  // The name comes from a client: it is no pattern, and no part of a line.
  const start = messageTable.indexOf(`\n${message} `);
  if (start < 0 || message.includes('\n') || message.includes(' ')) return undefined;
  const line = messageTable.slice(start + 1, messageTable.indexOf('\n', start + 1));
  return new Map(line.split(' ').slice(1).map(readField));
}

const shapes: ReadonlyMap<string, MessageField['shape']> = new Map([
  ['?', 'pointer'],
  ['[', 'list'],
  ['{', 'map'],
]);

function readField(text: string): readonly [number, MessageField] {
  const [number = '', name = '', type = ''] = text.split(':');
  const shape = shapes.get(type.slice(0, 1));
  return [Number(number), { name, type: shape === undefined ? type : type.slice(1), shape: shape ?? 'one' }];
}
