// The hash in the names of a Deployment's ReplicaSets: 32-bit FNV-1a over the pod template as Go prints it (DEP-NAME-01).
// Follows pkg/controller/controller_utils.go: ComputeHash, and k8s.io/apimachinery/pkg/util/dump: ForHash, which is go-spew
// with `%#v`, sorted keys, no methods and no addresses.

import { compareCodePoints } from '../history/compare-code-points.ts';
import { safeEncode } from '../history/revision-hash.ts';
import { printQuantity } from './go-quantity.ts';
import { fieldsOf } from './go-types.ts';
import type { Template } from './types.ts';

type Members = Readonly<Record<string, unknown>>;

const printed = new WeakMap<Template, string>();

/** The hash of a template, at a count of collisions once there were any. */
export function podTemplateHash(template: Template, collisionCount: number | undefined): string {
  const bytes = [...new TextEncoder().encode(printTemplate(template))];
  if (collisionCount !== undefined) {
    const count = new DataView(new ArrayBuffer(8));
    // Upstream writes four bytes of the eight.
    count.setUint32(0, collisionCount, true);
    for (let at = 0; at < 8; at++) bytes.push(count.getUint8(at));
  }
  let hash = 2_166_136_261;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16_777_619) >>> 0;
  return safeEncode(hash);
}

/** A template as Go prints it. */
export function printTemplate(template: Template): string {
  let text = printed.get(template);
  if (text === undefined) printed.set(template, (text = typed('v1.PodTemplateSpec', template)));
  return text;
}

/** A value behind its type. */
function typed(type: string, value: unknown): string {
  return `(${type})${plain(type, value)}`;
}

/** A value without its type, as elements of lists and maps are printed. */
function plain(type: string, value: unknown): string {
  if (type.startsWith('*')) return value === undefined || value === null ? '<nil>' : plain(type.slice(1), value);
  if (type.startsWith('[]')) return list(type.slice(2), value as readonly unknown[] | undefined);
  if (type === 'map[string]string') return map('string', value as Members | undefined);
  if (type === 'v1.ResourceList') return map('resource.Quantity', value as Members | undefined);
  if (type === 'resource.Quantity') return printQuantity(textOf(value, ''));
  if (type === 'intstr.IntOrString') return intOrString(value);
  // A template's creationTimestamp is always Go's zero time.
  if (type === 'v1.Time') return '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}';
  if (type === 'bool') return textOf(value, 'false');
  if (type === 'int32' || type === 'int64') return textOf(value, '0');
  const fields = fieldsOf(type);
  if (fields === undefined) return textOf(value, '');
  const members = (value ?? {}) as Members;
  const inside = fields.map(
    (field) => `${field.name}:${typed(field.type, field.member === undefined ? members : members[field.member])}`,
  );
  return `{${inside.join(' ')}}`;
}

/**
 * A scalar as Go prints it, `zero` when it is absent. An object is one of the rare structs whose fields are not in our table;
 * its template's hash is then not upstream's.
 */
function textOf(value: unknown, zero: string): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? zero : JSON.stringify(value);
}

function list(type: string, elements: readonly unknown[] | undefined): string {
  // An empty list is not stored, and so is nil for the controller.
  if (elements === undefined || elements === null || elements.length === 0) return '<nil>';
  return `[${elements.map((element) => plain(type, element)).join(' ')}]`;
}

function map(type: string, members: Members | undefined): string {
  const keys = Object.keys(members ?? {}).sort(compareCodePoints);
  if (keys.length === 0) return '<nil>';
  return `map[${keys.map((key) => `${key}:${plain(type, members?.[key])}`).join(' ')}]`;
}

function intOrString(value: unknown): string {
  const isText = typeof value === 'string';
  const number = typeof value === 'number' ? value : 0;
  return `{Type:(intstr.Type)${isText ? 1 : 0} IntVal:(int32)${number} StrVal:(string)${isText ? value : ''}}`;
}
