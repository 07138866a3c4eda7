// From what a client sent to an object of the kind that the path names (API-CREATE-09, API-ERR-19).

import { decode, strictErrors } from '../../../kubernetes/decode.ts';
import { apiVersionOf, kindOfObject } from '../../../kubernetes/kinds.ts';
import { isFields } from '../defaults/fields.ts';
import { goJsonError } from '../go-json-error.ts';
import { badRequest, refuse } from '../refusals.ts';
import { zeroForNull } from './zero-for-null.ts';
import type { Kind } from '../../../kubernetes/kind.ts';
import type { JsonObject, KubernetesObject } from '../../../kubernetes/object.ts';
import type { ApiRequest, Result } from '../server.ts';

/** `fieldValidation` of a request. */
export type FieldValidation = NonNullable<ApiRequest['query']>['fieldValidation'];

/** An object, with metadata, and the texts for `Warning` headers. */
export interface DecodedObject {
  readonly object: KubernetesObject;
  readonly warnings: readonly string[];
}

/** What a body is about to become. */
interface Target {
  readonly kind: Kind;
  readonly fieldValidation: FieldValidation;
}

/** Reads the body of a POST or PUT; kind and version may be left out of it. */
export function decodeBody(body: ApiRequest['body'], { kind, fieldValidation }: Target): Result<DecodedObject> {
  const parsed = parseBody(body, kind.kind);
  if (!parsed.ok) return parsed;
  const named = nameKind(parsed.value, kind);
  if (!named.ok) return named;
  const about = named.value;
  const checked = checkFields(about);
  const version = kind.version;
  const refused = (why: string): Result<never> =>
    refuse(badRequest(`${kind.kind} in version "${version}" cannot be handled as a ${kind.kind}: ${why}`));
  if (checked.problem !== undefined) return refused(checked.problem);
  const strict = strictErrors({ unknownFields: checked.unknownFields });
  if (fieldValidation === 'Strict' && strict.length > 0) return refused(`strict decoding error: ${strict.join(', ')}`);
  const warnings = fieldValidation === 'Ignore' ? [] : strict;
  return { ok: true, value: { object: checked.object, warnings } };
}

/** What decoding found in an object whose kind is settled. */
export interface CheckedFields {
  readonly object: KubernetesObject;
  readonly unknownFields: readonly string[];
  /** Why the object cannot be decoded. */
  readonly problem?: string;
}

/** Checks the types of all fields. Of a custom kind only the metadata has known fields. */
export function checkFields(
  manifest: JsonObject & { readonly apiVersion: string; readonly kind: string },
): CheckedFields {
  if (kindOfObject(manifest) !== undefined) {
    const { value, unknownFields, problem } = decode(manifest);
    if (problem !== undefined) return { object: completed(manifest, {}), unknownFields, problem };
    const clean = zeroForNull(value);
    const metadata = isFields(clean['metadata']) ? clean['metadata'] : {};
    return {
      object: completed({ ...clean, apiVersion: manifest.apiVersion, kind: manifest.kind }, metadata),
      unknownFields,
    };
  }
  const { value, unknownFields, problem } = decode({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: manifest['metadata'],
  });
  const metadata = isFields(value['metadata']) ? zeroForNull(value['metadata']) : {};
  const object = completed(manifest, problem === undefined ? metadata : {});
  return problem === undefined ? { object, unknownFields } : { object, unknownFields, problem };
}

/** Nothing is copied when the metadata is the one that the object has. */
function completed(manifest: object, metadata: object): KubernetesObject {
  const has = (manifest as KubernetesObject).metadata;
  return (has === metadata ? manifest : { ...manifest, metadata }) as KubernetesObject;
}

/** The body as a JSON object; `expected` is the kind for messages. */
export function parseBody(body: ApiRequest['body'], expected: string): Result<JsonObject> {
  const text = typeof body === 'string' ? body : undefined;
  if (body === undefined || text !== undefined) {
    const broken = goJsonError(text ?? '');
    if (broken !== undefined) return unrecognised(expected, broken, summarise(text ?? ''));
  }
  const value: unknown = text === undefined ? body : JSON.parse(text);
  if (isFields(value)) return { ok: true, value: value as JsonObject };
  const shown = text ?? JSON.stringify(value);
  if (value === null) return unrecognised(expected, undefined, summarise(shown));
  return unrecognised(
    expected,
    `json: cannot unmarshal ${goKind(value)} into Go value of type ${typeMeta}`,
    summarise(shown),
  );
}

const typeMeta =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

function unrecognised(expected: string, why: string | undefined, summary: string): Result<never> {
  const told =
    why === undefined ? `Object 'Kind' is missing in 'null'` : `couldn't get version/kind; json parse error: ${why}`;
  return refuse(badRequest(`the object provided is unrecognized (must be of type ${expected}): ${told} (${summary})`));
}

/** At most 30 bytes: as they are when they look like JSON, else in hexadecimal. */
function summarise(text: string): string {
  if (text === '') return '<empty>';
  if (text.startsWith('{')) return text.length > 30 ? `${text.slice(0, 30)} ...` : text;
  const bytes = new TextEncoder().encode(text);
  const hex = Array.from(bytes.slice(0, 30), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return bytes.length > 30 ? `${hex} ...` : hex;
}

/** Fills in what the path says already, and refuses what it contradicts. */
function nameKind(
  body: JsonObject,
  kind: Kind,
): Result<JsonObject & { readonly apiVersion: string; readonly kind: string }> {
  const expected = apiVersionOf(kind);
  for (const member of ['apiVersion', 'kind']) {
    const value = body[member];
    if (value === undefined || value === null || typeof value === 'string') continue;
    const why = `json: cannot unmarshal ${goKind(value)} into Go struct field .${member} of type string`;
    return unrecognised(kind.kind, why, summarise(JSON.stringify(body)));
  }
  const apiVersion = (body['apiVersion'] as string | null | undefined) || expected;
  const name = (body['kind'] as string | null | undefined) || kind.kind;
  if (apiVersion === expected && name === kind.kind) {
    const complete = body['apiVersion'] === apiVersion && body['kind'] === name;
    return { ok: true, value: (complete ? body : { ...body, apiVersion, kind: name }) as never };
  }
  const sent = kindOfObject({ apiVersion, kind: name });
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const why =
    sent === undefined || name === kind.kind
      ? `no kind "${name}" is registered for version "${apiVersion}" in scheme "pkg/api/legacyscheme/scheme.go:30"`
      : `converting (${sent.version}.${name}) to (${internalPackage(kind.group)}.${kind.kind}): unknown conversion`;
  return refuse(badRequest(`${name} in version "${version}" cannot be handled as a ${kind.kind}: ${why}`));
}

/** `core` for the core group, else the group's first word. */
function internalPackage(group: string): string {
  return group === '' ? 'core' : (group.split('.')[0] ?? group);
}

function goKind(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
}
