// Whether what the runner sends now is what a trace shows that it sent.

/** Left out of trace files (they are long), so nobody is held against them. */
const unrecorded: ReadonlySet<string> = new Set(['managedFields']);

/**
 * Compares as JSON: members in any order, those without a value not at all. Where `sent` holds `anyTime`, the time that a
 * trace shows as the present, whatever was recorded is right: the runner wrote down when it was.
 */
export function sameRecorded(sent: unknown, recorded: unknown, anyTime: string): boolean {
  if (sent === anyTime) return typeof recorded === 'string';
  if (!isObject(sent) || !isObject(recorded)) return sent === recorded;
  if (Array.isArray(sent) !== Array.isArray(recorded)) return false;
  const names = new Set([...membersOf(sent), ...membersOf(recorded)]);
  return [...names].every((name) => sameRecorded(sent[name], recorded[name], anyTime));
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}

function membersOf(value: JsonObject): readonly string[] {
  return Object.keys(value).filter((name) => value[name] !== undefined && !unrecorded.has(name));
}
