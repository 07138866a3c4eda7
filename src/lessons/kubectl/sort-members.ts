// A manifest as kubectl sends it: Go writes the members of a map by name, and the API server's complaints come in that order.

/** The value with the members of all its objects by name. */
export function sortMembers<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sortMembers) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]: [string, unknown]) => [name, sortMembers(member)])) as T;
}
