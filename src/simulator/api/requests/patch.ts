// PATCH with its four types (API-PATCH), all of which end as an update of the stored object; apply may also create.

import { strictErrors } from '../../../kubernetes/decode.ts';
import { jsonPatch } from '../../../kubernetes/patch/json-patch.ts';
import { mergePatch } from '../../../kubernetes/patch/merge-patch.ts';
import { strategicPatch } from '../../../kubernetes/patch/strategic-patch.ts';
import { isFields } from '../defaults/fields.ts';
import { FieldErrors } from '../field-errors.ts';
import { goJsonError } from '../go-json-error.ts';
import { badRequest, failure, invalid, refuse, unprocessable } from '../refusals.ts';
import { checkFields } from './decode-body.ts';
import type { Json, JsonObject, KubernetesObject } from '../../../kubernetes/object.ts';
import type { ApiRequest, Result } from '../server.ts';
import type { DecodedObject, FieldValidation } from './decode-body.ts';

/** A patch, but not one of server-side apply. */
export interface Patch {
  readonly type: 'json' | 'merge' | 'strategic';
  readonly body: ApiRequest['body'];
  readonly fieldValidation: FieldValidation;
}

/** Applies a patch to what a path shows: an object, or a Scale. */
export function applyPatchTo(target: KubernetesObject, patch: Patch): Result<JsonObject> {
  const parsed = parsePatch(patch.body);
  if (!parsed.ok) return parsed;
  const document = target as unknown as JsonObject & { readonly apiVersion: string; readonly kind: string };
  switch (patch.type) {
    case 'json':
      return afterJsonPatch(document, parsed.value);
    case 'merge':
      if (!isFields(parsed.value)) return refuse(badRequest(`error decoding patch: ${cannotUnmarshal(parsed.value)}`));
      return { ok: true, value: mergePatch(document, parsed.value) as JsonObject };
    case 'strategic':
      break;
  }
  const merged = strategicPatch(document, parsed.value);
  if (merged.ok) return merged;
  return refuse(failure(merged.code, merged.reason, merged.message));
}

/** Patches a stored object and decodes the outcome again; mistakes in it are told with the whole document (API-ERR-22). */
export function patchObject(current: KubernetesObject, patch: Patch): Result<DecodedObject> {
  const patched = applyPatchTo(current, patch);
  if (!patched.ok) return patched;
  const { apiVersion, kind } = current;
  const { object, unknownFields, problem } = checkFields({ ...patched.value, apiVersion, kind });
  const strict = strictErrors({ unknownFields });
  const strictly = patch.fieldValidation === 'Strict' && strict.length > 0;
  const why = problem ?? (strictly ? `strict decoding error: ${strict.join(', ')}` : undefined);
  if (why !== undefined) {
    const errors = new FieldErrors();
    errors.invalid('patch', JSON.stringify(patched.value), why);
    return refuse(invalid({ group: '', kind: '' }, '', errors.list));
  }
  return { ok: true, value: { object, warnings: patch.fieldValidation === 'Ignore' ? [] : strict } };
}

function parsePatch(body: ApiRequest['body']): Result<Json> {
  if (body !== undefined && typeof body !== 'string') return { ok: true, value: body as Json };
  const broken = goJsonError(body ?? '');
  if (broken !== undefined) return refuse(badRequest(`error decoding patch: ${broken}`));
  return { ok: true, value: JSON.parse(body ?? '') as Json };
}

function afterJsonPatch(document: JsonObject, operations: Json): Result<JsonObject> {
  const patched = jsonPatch(document, operations);
  if (patched.ok) return { ok: true, value: patched.value as JsonObject };
  switch (patched.reason) {
    case 'undecodable':
      return refuse(badRequest(`error decoding patch: ${patched.message}`));
    case 'tooLarge':
      return refuse(failure(413, 'RequestEntityTooLarge', patched.message));
    case 'failed':
      break;
  }
  return refuse(unprocessable());
}

function cannotUnmarshal(value: Json): string {
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${value === null ? 'null' : found} into Go value of type map[string]interface {}`;
}
