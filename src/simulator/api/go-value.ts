// How values stand in the API server's messages: as Go's encoding/json writes them.

const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON as Go marshals maps: keys in code-unit order, `<`, `>` and `&` escaped; a value that is not there is `null`. */
export function goJson(value: unknown): string {
  return sortedJson(value).replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? character);
}

/** A string as `%q` prints it. */
export function goQuote(text: string): string {
  return JSON.stringify(text);
}

function sortedJson(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (typeof value === 'object') {
    return `{${sortedEntries(value)
      .map(([key, member]) => `${JSON.stringify(key)}:${sortedJson(member)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

function sortedEntries(value: object): [string, unknown][] {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
