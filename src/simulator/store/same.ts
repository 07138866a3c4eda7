// Whether two JSON values are the same. Objects of the store share what did not change, so that most comparisons end at
// the first pointer; a member that is undefined counts as absent, as it does on the wire.

/** Structural equality of two JSON values. Order of members does not count, order of items does. */
export function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left)) return Array.isArray(right) && sameItems(left, right);
  if (Array.isArray(right)) return false;
  return sameMembers(left as Members, right as Members);
}

/** `same`, but for one member of the two objects. */
export function sameExcept(left: object, right: object, ignored: string): boolean {
  return left === right || sameMembers(left as Members, right as Members, ignored);
}

type Members = Readonly<Record<string, unknown>>;

function sameItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false;
  for (let position = 0; position < left.length; position++) {
    if (!same(left[position], right[position])) return false;
  }
  return true;
}

function sameMembers(left: Members, right: Members, ignored?: string): boolean {
  let surplus = 0;
  for (const name in left) {
    const value = left[name];
    if (value === undefined || name === ignored) continue;
    if (!same(value, right[name])) return false;
    surplus--;
  }
  for (const name in right) {
    if (right[name] !== undefined && name !== ignored) surplus++;
  }
  return surplus === 0;
}
