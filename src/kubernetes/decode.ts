// Decoding as the API server does it (API-CREATE-09, API-ERR-19): types are checked, unknown fields found and dropped, and the value
// comes out as Go would write it again. Uses the large field table: import it only where manifests are decoded.

import { decodeScalar } from './decode-scalar.ts';
import { fieldsOf, goNameOf, goTypeOf, typeOfKind } from './fields.ts';
import type { FieldType } from './fields.ts';
import { kindOfObject } from './kinds.ts';
import type { Json, JsonObject } from './object.ts';
import { goKindOf } from './patch/go-format.ts';
import { isJsonList, isJsonObject, withMembers } from './patch/with-members.ts';

/** What decoding found. */
export interface Decoded {
  /**
   * Without unknown fields, nulls, and empty lists and maps where Go leaves them out; quantities in canonical form. What does not change
   * is shared with the manifest.
   */
  readonly value: JsonObject;
  /** Paths such as `spec.template.spec.containers[0].imag`, in the order of the manifest. */
  readonly unknownFields: readonly string[];
  /** Why the manifest cannot be decoded at all, in the API server's words (`json: cannot unmarshal …`); the first such mistake. */
  readonly problem?: string;
}

type Manifest = JsonObject & { readonly apiVersion: string; readonly kind: string };

/** Decodes an object of a built-in kind. An object of another kind is returned as it is, since nothing is known of its fields. */
export function decode(manifest: Manifest): Decoded {
  const kind = kindOfObject(manifest);
  const type = kind === undefined ? undefined : typeOfKind(kind);
  if (type === undefined) return { value: manifest, unknownFields: [] };
  const decoder = new Decoder();
  const value = decoder.object(manifest, type, '', '');
  const { unknownFields, problem } = decoder;
  return { value, unknownFields, ...(problem === undefined ? {} : { problem }) };
}

/** The words of strict errors: `unknown field "spec.foo"`, `duplicate field "x"`. As warnings each stands alone. */
export function strictErrors({
  unknownFields = [],
  duplicateFields = [],
}: {
  readonly unknownFields?: readonly string[];
  readonly duplicateFields?: readonly string[];
}): readonly string[] {
  return [
    ...duplicateFields.map((path) => `duplicate field ${JSON.stringify(path)}`),
    ...unknownFields.map((path) => `unknown field ${JSON.stringify(path)}`),
  ];
}

/** The message of the BadRequest with which the API server refuses a manifest; undefined when it does not. */
export function decodingRefusal(
  manifest: Manifest,
  decoded: Omit<Decoded, 'value'>,
  { strict, duplicateFields = [] }: { readonly strict: boolean; readonly duplicateFields?: readonly string[] },
): string | undefined {
  const errors = strictErrors({ unknownFields: decoded.unknownFields, duplicateFields });
  const strictly = strict && errors.length > 0 ? `strict decoding error: ${errors.join(', ')}` : undefined;
  const why = decoded.problem ?? strictly;
  if (why === undefined) return undefined;
  const version = manifest.apiVersion.slice(manifest.apiVersion.indexOf('/') + 1);
  return `${manifest.kind} in version ${JSON.stringify(version)} cannot be handled as a ${manifest.kind}: ${why}`;
}

/** One pass over a manifest. Paths come in two forms: with places in lists (unknown fields), and as Go's errors have them, without. */
class Decoder {
  readonly unknownFields: string[] = [];
  problem: string | undefined;

  object(value: JsonObject, type: string, path: string, goPath: string): JsonObject {
    const fields = fieldsOf(type);
    const changes = new Map<string, Json | undefined>();
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue;
      const below = path === '' ? name : `${path}.${name}`;
      const field = fields.get(name);
      if (field === undefined) {
        this.unknownFields.push(below);
        changes.set(name, undefined);
      } else {
        const place = { path: below, goPath: goPath === '' ? name : `${goPath}.${name}`, struct: goNameOf(type) };
        const decoded = member === null ? writtenNull(type, field) : this.#value(member, field, place);
        const omitted = (field.kind === 'list' || field.kind === 'map') && !field.kept && isEmpty(decoded);
        changes.set(name, omitted ? undefined : decoded);
      }
    }
    return withMembers(value, changes);
  }

  #value(value: Json, type: FieldType, place: Place): Json | undefined {
    if (value === null) return undefined;
    switch (type.kind) {
      case 'any':
        return value;
      case 'object':
        if (isJsonObject(value)) return this.object(value, type.type, place.path, place.goPath);
        break;
      case 'list':
        if (isJsonList(value)) return this.#list(value, type.of, place);
        break;
      case 'map':
        if (isJsonObject(value)) return this.#map(value, type.of, place);
        break;
      case 'scalar': {
        const decoded = decodeScalar(value, type.scalar);
        if (decoded.ok) return decoded.value;
        return this.#fail(decoded.found === undefined ? decoded.message : mismatch(decoded.found, type, place));
      }
    }
    return this.#fail(mismatch(goKindOf(value), type, place));
  }

  #list(list: readonly Json[], type: FieldType, place: Place): Json {
    const decoded = list.map((item, at) => this.#value(item, type, { ...place, path: `${place.path}[${at}]` }) ?? null);
    return decoded.every((item, at) => item === list[at]) ? list : decoded;
  }

  #map(map: JsonObject, type: FieldType, place: Place): Json {
    const changes = new Map<string, Json | undefined>();
    for (const [name, item] of Object.entries(map)) {
      // A null in a map of scalars is Go's zero value, which is written.
      const zero = type.kind === 'scalar' && type.scalar === 'string' ? '' : undefined;
      const below = { ...place, path: `${place.path}.${name}` };
      if (item !== undefined) changes.set(name, this.#value(item, type, below) ?? zero);
    }
    return withMembers(map, changes);
  }

  #fail(message: string): undefined {
    this.problem ??= message;
    return undefined;
  }
}

/** Null where Go writes it again: for lists without `omitempty` and for the times of conditions and events; else nothing. */
function writtenNull(type: string, field: FieldType): null | undefined {
  if (field.kind === 'list' && field.kept) return null;
  const time = field.kind === 'scalar' && (field.scalar === 'time' || field.scalar === 'microTime');
  return time && /(?:Condition|V1Event)$/.test(type) ? null : undefined;
}

interface Place {
  readonly path: string;
  readonly goPath: string;
  /** The Go type that holds the field. */
  readonly struct: string;
}

function mismatch(found: string, type: FieldType, { struct, goPath }: Place): string {
  return `json: cannot unmarshal ${found} into Go struct field ${struct}.${goPath} of type ${goTypeOf(type)}`;
}

function isEmpty(value: Json | undefined): boolean {
  return isJsonList(value) ? value.length === 0 : isJsonObject(value) && Object.keys(value).length === 0;
}
