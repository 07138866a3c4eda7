// How server-side apply refuses: the Status bodies and the words of the API server (API-SSA-01, -02).

import type { Status, StatusCause } from '../../../kubernetes/status.ts';
import { formatFieldPath } from './field-path.ts';
import { pathsOf } from './field-set.ts';
import type { Manager } from './managers.ts';
import type { OwnedConflict } from './ownership.ts';

/** 409, with one cause a field. */
export function conflictRefusal(conflicts: readonly OwnedConflict[]): Status {
  const named = conflicts.map(({ manager, fields }) => ({
    who: nameOf(manager),
    paths: pathsOf(fields).map(formatFieldPath),
  }));
  const causes = named.flatMap(({ who, paths }) =>
    paths.map((field) => ({ reason: 'FieldManagerConflict', message: `conflict with ${who}`, field })),
  );
  const only = causes.length === 1 ? causes[0] : undefined;
  const lines = named.flatMap(({ who, paths }) => [`conflicts with ${who}:`].concat(paths.map((path) => `- ${path}`)));
  const message =
    only === undefined
      ? `Apply failed with ${causes.length} conflicts: ${lines.join('\n')}`
      : `Apply failed with 1 conflict: ${only.message}: ${only.field}`;
  return failure({ code: 409, reason: 'Conflict', message, details: { causes } });
}

/** 422: an apply without a field manager. */
export function managerRequired(): Status {
  const cause = {
    reason: 'FieldValueRequired',
    message: 'Required value: is required for apply patch',
    field: 'fieldManager',
  };
  const message = `PatchOptions.meta.k8s.io "" is invalid: ${cause.field}: ${cause.message}`;
  const details = { group: 'meta.k8s.io', kind: 'PatchOptions', causes: [cause] };
  return failure({ code: 422, reason: 'Invalid', message, details });
}

/** 400: the manifest carries managed fields of its own. */
export function managedFieldsSent(): Status {
  return failure({ code: 400, reason: 'BadRequest', message: 'metadata.managedFields must be nil' });
}

/** 400: the merged object cannot be decoded (a quantity that is none, a fraction for an integer). */
export function undecodableManifest(message: string): Status {
  return failure({ code: 400, reason: 'BadRequest', message });
}

/** 500 without a reason: the manifest does not fit its kind. */
export function untypable(
  {
    namespace,
    name,
    apiVersion,
    kind,
  }: { readonly namespace: string; readonly name: string; readonly apiVersion: string; readonly kind: string },
  errors: readonly string[],
): Status {
  const what = errors.length === 1 ? errors[0] : ['errors:', ...errors.map((error) => `  ${error}`)].join('\n');
  const groupVersion = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
  const message = `failed to create typed patch object (${namespace}/${name}; ${groupVersion}, Kind=${kind}): ${what}`;
  return failure({ code: 500, message });
}

function failure({
  code,
  reason,
  message,
  details,
}: {
  readonly code: number;
  readonly reason?: string;
  readonly message: string;
  readonly details?: { readonly group?: string; readonly kind?: string; readonly causes?: readonly StatusCause[] };
}): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === undefined ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    code,
  };
}

function nameOf({ name, operation, apiVersion, subresource }: Manager): string {
  const quoted = JSON.stringify(name) + (subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`);
  return operation === 'Update' ? `${quoted} using ${apiVersion}` : quoted;
}
