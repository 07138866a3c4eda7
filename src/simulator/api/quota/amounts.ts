// Exact amounts by resource, as quotas add and compare them.

import { formatQuantity, parseQuantity } from '../../../kubernetes/quantity.ts';
import type { Quantity } from '../../../kubernetes/quantity.ts';

/** Amounts by resource name: `pods`, `requests.cpu`. */
export type Amounts = ReadonlyMap<string, Quantity>;

/** Amounts as objects write them. */
export type WrittenAmounts = Readonly<Record<string, string>>;

const nothing: Quantity = { nanos: 0n, family: 'decimal' };

/** A number of objects. */
export function countOf(count: number): Quantity {
  return { nanos: BigInt(count) * 1_000_000_000n, family: 'decimal' };
}

/** Reads amounts; what is no quantity is left out. */
export function readAmounts(written: WrittenAmounts | undefined): Map<string, Quantity> {
  const amounts = new Map<string, Quantity>();
  for (const [resource, text] of Object.entries(written ?? {})) {
    const quantity = parseQuantity(text);
    if (quantity !== undefined) amounts.set(resource, quantity);
  }
  return amounts;
}

/** Writes amounts in canonical form, in the order of their names. */
export function writeAmounts(amounts: Amounts): WrittenAmounts {
  return Object.fromEntries(sorted(amounts).map(([resource, quantity]) => [resource, formatQuantity(quantity)]));
}

/** `cpu=1,pods=2`, as refusals show amounts. */
export function showAmounts(amounts: Amounts): string {
  return sorted(amounts)
    .map(([resource, quantity]) => `${resource}=${formatQuantity(quantity)}`)
    .join(',');
}

/** Adds into the first; a sum keeps the suffixes of what was there. */
export function addAmounts(into: Map<string, Quantity>, added: Amounts): void {
  for (const [resource, { nanos, family }] of added) {
    const before = into.get(resource) ?? nothing;
    into.set(resource, { nanos: before.nanos + nanos, family: before.nanos === 0n ? family : before.family });
  }
}

/** What is new since `before`; less is nothing, since only the quota's controller gives back. */
export function increaseOf(now: Amounts, before: Amounts): Amounts {
  const increase = new Map<string, Quantity>();
  for (const [resource, { nanos, family }] of now) {
    const more = nanos - (before.get(resource)?.nanos ?? 0n);
    if (more > 0n) increase.set(resource, { nanos: more, family });
  }
  return increase;
}

/** The amounts of some resources. */
export function pickAmounts(amounts: Amounts, resources: ReadonlySet<string>): Map<string, Quantity> {
  return new Map([...amounts].filter(([resource]) => resources.has(resource)));
}

function sorted(amounts: Amounts): [string, Quantity][] {
  return [...amounts].sort(([a], [b]) => (a < b ? -1 : 1));
}
