// The Status bodies with which the API server refuses a request: codes, reasons and sentences (API-ERR).

import { qualifiedKind, qualifiedResource } from '../../kubernetes/kinds.ts';
import { causesOf, joinFieldErrors } from './field-errors.ts';
import type { Kind } from '../../kubernetes/kind.ts';
import type { Status } from '../../kubernetes/status.ts';
import type { FieldError } from './field-errors.ts';
import type { Result } from './server.ts';

/** A group and a kind, as validation errors name them. */
export type GroupKind = Pick<Kind, 'group' | 'kind'>;

type Details = NonNullable<Status['details']>;

/** Wraps a Status into a refused result. */
export function refuse(status: Status): { readonly ok: false; readonly status: Status } {
  return { ok: false, status };
}

/** 404: no object of that name (API-ERR-01). */
export function notFound(kind: Kind, name: string): Status {
  return failure(404, 'NotFound', `${qualifiedResource(kind)} "${name}" not found`, resourceDetails(kind, name));
}

/** 404: no such resource in a group and version that exist (API-ERR-02). */
export function unknownResource(): Status {
  return failure(404, 'NotFound', 'the server could not find the requested resource', {});
}

/** 405 (API-ERR-04). */
export function methodNotAllowed(): Status {
  const message = 'the server does not allow this method on the requested resource';
  return failure(405, 'MethodNotAllowed', message, {});
}

/** 415 for a patch type that the resource does not take (API-PATCH-01, API-SMP-08). */
export function unsupportedMediaType(message = '415: Unsupported Media Type'): Status {
  return failure(415, 'UnsupportedMediaType', message, {});
}

/** 409: the name is taken (API-CREATE-04); a terminating holder of the name is mentioned. */
export function alreadyExists(kind: Kind, name: string, terminating = false): Status {
  const prefix = terminating ? 'object is being deleted: ' : '';
  const message = `${prefix}${qualifiedResource(kind)} "${name}" already exists`;
  return failure(409, 'AlreadyExists', message, resourceDetails(kind, name));
}

/** 409: eight random names were all taken (API-META-09). */
export function noUniqueName(kind: Kind, name: string): Status {
  const told = 'the server was not able to generate a unique name for the object';
  const message = `${qualifiedResource(kind)} "${name}" already exists, ${told}`;
  return failure(409, 'AlreadyExists', message, { ...resourceDetails(kind, name), retryAfterSeconds: 1 });
}

/** 409 with any reason behind the usual beginning (API-ERR-06). */
export function conflict(kind: Kind, name: string, why: string): Status {
  const message = `Operation cannot be fulfilled on ${qualifiedResource(kind)} "${name}": ${why}`;
  return failure(409, 'Conflict', message, resourceDetails(kind, name));
}

/** 409: another write came first (API-UPD-01). */
export function modified(kind: Kind, name: string): Status {
  const told = 'the object has been modified; please apply your changes to the latest version and try again';
  return conflict(kind, name, told);
}

/** 409: the uid sent is not the stored one (API-UPD-03). */
export function uidMismatch(
  kind: Kind,
  about: { readonly name: string; readonly namespace: string | undefined },
  uids: { readonly sent: string; readonly stored: string },
): Status {
  const { name, namespace } = about;
  const key = `/registry/${kind.plural}/${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const found = `Precondition failed: UID in precondition: ${uids.sent}, UID in object meta: ${uids.stored}`;
  const why = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${found}`;
  return conflict(kind, name, why);
}

/** 409: a precondition of a deletion does not hold; names the kind, not the resource (API-DEL-08). */
export function preconditionFailed(kind: Kind, name: string, why: string): Status {
  const message = `Operation cannot be fulfilled on ${qualifiedKind(kind)} "${name}": ${why}`;
  return failure(409, 'Conflict', message, { name, ...groupOf(kind), kind: kind.kind });
}

/** 422 with a cause for each error (API-ERR-08); the name is left out of the details when it is empty. */
export function invalid(kind: GroupKind, name: string, errors: readonly FieldError[]): Status {
  const message = `${qualifiedKind(kind)} "${name}" is invalid: ${joinFieldErrors(errors)}`;
  const details: Details = {
    ...(name === '' ? {} : { name }),
    ...groupOf(kind),
    ...(kind.kind === '' ? {} : { kind: kind.kind }),
    causes: causesOf(errors),
  };
  return failure(422, 'Invalid', message, details);
}

/** 422 of a JSON patch whose operation or `test` fails (API-PATCH-04). */
export function unprocessable(): Status {
  return failure(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
}

/** 400 (API-ERR-09). */
export function badRequest(message: string): Status {
  return failure(400, 'BadRequest', message);
}

/** 403 (API-ERR-10). */
export function forbidden(kind: Kind, name: string, why: string, causes?: Details['causes']): Status {
  const message = `${qualifiedResource(kind)} "${name}" is forbidden: ${why}`;
  return failure(403, 'Forbidden', message, { ...resourceDetails(kind, name), ...(causes ? { causes } : {}) });
}

/** 429 of an eviction that the budget does not allow (EVICT-02). */
export function tooManyRequests(message: string, details: Details): Status {
  return failure(429, 'TooManyRequests', message, details);
}

/** 500 with an empty reason, as the server answers what it meets too late to name (API-CREATE-03, API-SMP-04). */
export function unnamedError(message: string): Status {
  return failure(500, '', message);
}

/** 500 InternalError (API-ERR-13). */
export function internalError(why: string): Status {
  return failure(500, 'InternalError', `Internal error occurred: ${why}`, { causes: [{ message: why }] });
}

/** 410 for a resourceVersion whose state is no longer kept (API-ERR-07). */
export function expired(message: string): Status {
  return failure(410, 'Expired', message);
}

/** 504 for a resourceVersion that is not reached (API-LIST-02). */
export function tooLargeResourceVersion(asked: string, current: number): Status {
  const message = `Timeout: Too large resource version: ${asked}, current: ${current}`;
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  return failure(504, 'Timeout', message, { causes, retryAfterSeconds: 1 });
}

/** The Status that answers a deletion whose object is gone, for kinds that do not return the object (API-DEL-02). */
export function deleted(kind: Kind, about: { readonly name: string; readonly uid: string }): Omit<Status, 'code'> {
  const { name, uid } = about;
  const details: Details = { ...resourceDetails(kind, name), uid };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}

/** `Success` of a subresource that has nothing to return (API-SUB-03, -04). */
export function created(): Status {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
}

/** Refuses with 422 if validation found anything. */
export function refusedBy<T>(kind: GroupKind, name: string, errors: readonly FieldError[]): Result<T> | undefined {
  return errors.length === 0 ? undefined : refuse(invalid(kind, name, errors));
}

/** Any failure; an empty reason is left out as Go does. */
export function failure(code: number, reason: string, message: string, details?: Details): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === '' ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    code,
  };
}

function resourceDetails(kind: Kind, name: string): Details {
  return { ...(name === '' ? {} : { name }), ...groupOf(kind), kind: kind.plural };
}

function groupOf(kind: { readonly group: string }): { readonly group?: string } {
  return kind.group === '' ? {} : { group: kind.group };
}
