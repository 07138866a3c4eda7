// Scalars as Go decodes them from JSON, with its words for what it cannot decode.

import type { Scalar } from './fields.ts';
import type { Json } from './object.ts';
import { goKindOf } from './patch/go-format.ts';
import { canonicalQuantity } from './quantity.ts';

/** A decoded scalar; or what was found instead (`string`, `number 1.5`), to be told with the field; or a message of its own. */
export type DecodedScalar =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly found: string }
  | { readonly ok: false; readonly found?: undefined; readonly message: string };

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const quantityRule = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** Decodes one scalar; null never gets here. */
export function decodeScalar(value: Json, scalar: Scalar): DecodedScalar {
  switch (scalar) {
    case 'string':
      return typeof value === 'string' ? { ok: true, value } : mismatch(value);
    case 'bool':
      return typeof value === 'boolean' ? { ok: true, value } : mismatch(value);
    case 'float64':
      return typeof value === 'number' ? { ok: true, value } : mismatch(value);
    case 'int32':
    case 'int64':
      return decodeInteger(value, scalar === 'int32' ? 2 ** 31 : 2 ** 63);
    case 'bytes':
      return decodeBytes(value);
    case 'time':
    case 'microTime':
      return decodeTime(value);
    case 'intOrString':
      return decodeIntOrString(value);
    case 'quantity':
      break;
  }
  const canonical = typeof value === 'string' || typeof value === 'number' ? canonicalQuantity(value) : undefined;
  return canonical === undefined ? { ok: false, message: quantityRule } : { ok: true, value: canonical };
}

function decodeInteger(value: Json, limit: number): DecodedScalar {
  if (typeof value !== 'number') return mismatch(value);
  const fits = Number.isInteger(value) && value >= -limit && value < limit;
  return fits ? { ok: true, value } : { ok: false, found: `number ${value}` };
}

function decodeBytes(value: Json): DecodedScalar {
  if (typeof value !== 'string') return mismatch(value);
  if (base64.test(value)) return { ok: true, value };
  const at = /[^A-Za-z0-9+/]/.exec(value)?.index ?? value.length;
  return { ok: false, message: `illegal base64 data at input byte ${at}` };
}

function decodeTime(value: Json): DecodedScalar {
  if (typeof value !== 'string') {
    return { ok: false, message: `json: cannot unmarshal ${goKindOf(value)} into Go value of type string` };
  }
  if (rfc3339.test(value)) return { ok: true, value };
  const quoted = JSON.stringify(value);
  return {
    ok: false,
    message: `parsing time ${quoted} as "2006-01-02T15:04:05Z07:00": cannot parse ${quoted} as "2006"`,
  };
}

function decodeIntOrString(value: Json): DecodedScalar {
  if (typeof value === 'string') return { ok: true, value };
  const decoded = decodeInteger(value, 2 ** 31);
  if (decoded.ok || decoded.found === undefined) return decoded;
  return { ok: false, message: `json: cannot unmarshal ${decoded.found} into Go value of type int32` };
}

function mismatch(value: Json): DecodedScalar {
  return { ok: false, found: goKindOf(value) };
}
