// The vocabulary of the merge-key table: how the fields of a kind merge in strategic merge patches and in server-side apply.

/**
 * How one field merges. Without a shape a field has the defaults of both protocols: objects merge member by member, lists are replaced
 * whole.
 */
export interface Shape {
  /** Shapes of the members of an object, or of a list's elements. */
  readonly fields?: ReadonlyMap<string, Shape>;
  /** Of a list: the member that tells its elements apart in a strategic merge patch; `''` for a list of scalars. */
  readonly mergeKey?: string;
  /** Of a strategic merge patch: the field is replaced whole, or keeps only the members that `$retainKeys` names. */
  readonly strategy?: 'replace' | 'retainKeys';
  /** Of a list: the members that tell its elements apart in server-side apply, with the default of one that is left out. */
  readonly applyKeys?: readonly ApplyKey[];
  /** In server-side apply: an object or element that is owned as one; a list of scalars that is a set. */
  readonly ownership?: 'atomic' | 'set';
  /** The field is always there in the server's own objects, so that creating the object does not make anybody its owner. */
  readonly always?: boolean;
}

/** A key of an associative list. */
export interface ApplyKey {
  readonly name: string;
  readonly default?: string;
}

type Fields = Readonly<Record<string, Shape>>;

/** An object whose members have shapes. */
export function object(fields: Fields, more: Omit<Shape, 'fields'> = {}): Shape {
  return { ...more, fields: new Map(Object.entries(fields)) };
}

/** A list whose elements are told apart by one member, alike in both protocols. */
export function listBy(key: string, fields: Fields = {}, more: Omit<Shape, 'fields'> = {}): Shape {
  return { mergeKey: key, applyKeys: [{ name: key }], ...more, fields: new Map(Object.entries(fields)) };
}

/** An object, or a map, that server-side apply owns as one. */
export const atomic: Shape = { ownership: 'atomic' };

/** A list of scalars that is a set in both protocols. */
export const set: Shape = { mergeKey: '', ownership: 'set' };
