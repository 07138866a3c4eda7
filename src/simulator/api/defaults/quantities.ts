// Quantities are stored in canonical form: `1000m` is read back as `1` (STS-HASH-05).

import { canonicalQuantity } from '../../../kubernetes/quantity.ts';
import { mapMember, omitEmpty } from './fields.ts';
import type { Fields } from './fields.ts';

/** One quantity in canonical form; what is no quantity stays for validation to refuse. */
export function storedQuantity(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  return canonicalQuantity(value) ?? value;
}

/** A map of quantities, such as `capacity`. */
export function storedQuantities(quantities: Fields): Fields {
  let result: Record<string, unknown> | undefined;
  for (const name in quantities) {
    const before = quantities[name];
    const after = storedQuantity(before);
    if (after === before) continue;
    result ??= { ...quantities };
    result[name] = after;
  }
  return result ?? quantities;
}

const resourceLists = new Set(['limits', 'requests', 'claims']);

/** `resources` of containers and claims: both lists canonical, empty ones left out. */
export function storedResources(resources: Fields): Fields {
  const limited = mapMember(resources, 'limits', storedQuantities);
  return omitEmpty(mapMember(limited, 'requests', storedQuantities), resourceLists);
}
