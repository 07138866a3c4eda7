// JSON patches, RFC 6902 (API-PATCH-04): the one door to the library that applies them, with the API server's refusals.

import { applyPatch } from 'rfc6902';
import type { Operation } from 'rfc6902';
import { shareUnchanged } from '../json-equal.ts';
import type { Json } from '../object.ts';
import { goKindOf } from './go-format.ts';
import { isJsonObject } from './with-members.ts';

/** The outcome of a JSON patch. */
export type JsonPatchResult =
  | { readonly ok: true; readonly value: Json }
  | {
      readonly ok: false;
      /** `undecodable`: 400, `tooLarge`: 413, `failed`: 422. */
      readonly reason: 'undecodable' | 'tooLarge' | 'failed';
      /** The words of the API server. */
      readonly message: string;
      /** The operation that cannot be done, from 0, and why; for people who look for the mistake. */
      readonly operation?: number;
      readonly detail?: string;
    };

const operationsMax = 10_000;
const rejected = 'the server rejected our request due to an error in our request';
const names: ReadonlySet<unknown> = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);

/** Applies a list of operations, all or none. The target is not changed; what the operations leave equal is shared with it. */
export function jsonPatch(target: Json, operations: Json): JsonPatchResult {
  if (!Array.isArray(operations)) {
    return undecodable(`json: cannot unmarshal ${goKindOf(operations)} into Go value of type jsonpatch.Patch`);
  }
  if (operations.length > operationsMax) {
    const message = `The allowed maximum operations in a JSON patch is ${operationsMax}, got ${operations.length}`;
    return { ok: false, reason: 'tooLarge', message };
  }
  const stranger = operations.find((operation) => !isJsonObject(operation));
  if (stranger !== undefined) {
    return undecodable(`json: cannot unmarshal ${goKindOf(stranger)} into Go value of type jsonpatch.Operation`);
  }
  const document = structuredClone(target);
  for (const [at, operation] of (operations as readonly unknown[]).entries()) {
    const detail = whyNot(operation as Operation) ?? apply(document, operation as Operation);
    if (detail !== undefined) return { ok: false, reason: 'failed', message: rejected, operation: at, detail };
  }
  return { ok: true, value: shareUnchanged(target, document) };
}

/** Why an operation is refused before it is tried. */
function whyNot(operation: Operation): string | undefined {
  const { op, path } = operation;
  if (!names.has(op)) return `unknown operation ${JSON.stringify(op)}`;
  const pointers = [path, ...('from' in operation ? [operation.from] : [])];
  if ((op === 'move' || op === 'copy') && !('from' in operation)) return `\`from\` is missing`;
  for (const pointer of pointers) {
    if (typeof pointer !== 'string' || (pointer !== '' && !pointer.startsWith('/'))) {
      return `${JSON.stringify(pointer)} is no JSON pointer: it must be empty or start with \`/\``;
    }
    if (pointer === '') return 'the whole document cannot be replaced';
    if (pointer.split('/').some((token) => token === '__proto__')) return '`__proto__` is no name of a member';
  }
  return undefined;
}

function apply(document: Json, operation: Operation): string | undefined {
  const [failure] = applyPatch(document, [operation]);
  if (failure === null || failure === undefined) return undefined;
  if (failure.name === 'TestError') return `the value at ${operation.path} is not the expected one`;
  return failure.name === 'MissingError'
    ? `there is nothing at ${failure.message.replace(/^.*: /, '')}`
    : failure.message;
}

function undecodable(message: string): JsonPatchResult {
  return { ok: false, reason: 'undecodable', message };
}
