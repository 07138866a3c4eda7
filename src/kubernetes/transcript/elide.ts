// What chance or the clock decides in an output, and how it is left out of a comparison.

/** Letters and digits of generated names: what `SafeEncodeString` and `names.GenerateName` use upstream. */
const safe = '[bcdfghjklmnpqrstvwxz2456789]';
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu;
const eventSuffix = /(?<=\.)[0-9a-f]{15,16}(?![0-9a-f])/gu;
const ipv4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/gu;
const ipv6 = /(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){2,7}:?[0-9a-f]{1,4}(?![0-9a-f:])/gu;
const hash = new RegExp(`(?<=-)(?=[2-9]*[a-z])${safe}{6,10}(?=-${safe}{5}(?![-a-z0-9.])|(?![-a-z0-9.]))`, 'gu');
const suffix = new RegExp(`(?<=[a-z0-9>]-)(?=[2-9]*[a-z])${safe}{5}(?![-a-z0-9.])`, 'gu');
const wholeHash = new RegExp(`^(?=[2-9]*[a-z])${safe}{6,10}$`, 'u');
const timestamp = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/gu;
const longDate = /[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [-+]\d{4}/gu;
const version = /(resourceVersion"?:\s*)"?\d+"?/gu;
const age = /^(?:\d+[smhdy])+$|^<invalid>$|^<unknown>$/u;
const repeatedAge = /^(?:\d+[smhdy])+ \(x\d+ over (?:\d+[smhdy])+\)$/u;

/** Columns that tell how long ago something was. */
const ageColumns: ReadonlySet<string> = new Set(['AGE', 'LAST SEEN', 'FIRST SEEN', 'DURATION', 'LAST SCHEDULE']);

/** A cell without what chance or the clock decides. `column` is its name in capitals; empty where it is not known. */
export function elideCell(cell: string, column: string): string {
  if (ageColumns.has(column) || column === '') {
    if (age.test(cell) || repeatedAge.test(cell)) return '<age>';
  }
  if (column === 'RESTARTS' || column === '') {
    const restarts = /^(\d+) \(\S+ ago\)$/u.exec(cell);
    if (restarts?.[1] !== undefined) return restarts[1];
  }
  if (column === 'NODE' && !cell.startsWith('<')) return '<node>';
  // A port of a node that nobody asked for comes out of the range by chance.
  if (column === 'PORT(S)' || column === '') cell = cell.replaceAll(/(?<=:)3[0-2]\d{3}(?=\/)/gu, '<port>');
  if (column.endsWith('HASH') && wholeHash.test(cell)) return '<hash>';
  return elideWords(cell);
}

/** A line that is no row: addresses, generated names, uids, versions and times are left out, and runs of blanks are one. */
export function elideLine(line: string): string {
  const bare = line.trim().replaceAll(/\s+/gu, ' ');
  // The events and the node of a `describe`.
  const event = bare.replace(/^(Normal|Warning) (\S+) (?:\S+ \(x\d+ over \S+\)|(?:\d+[smhdy])+) /u, '$1 $2 <age> ');
  // Newer versions of kubectl tell the namespace of what they delete.
  const deleted = event.replace(/(?<=" (?:force )?deleted) from \S+ namespace$/u, '');
  return elideWords(deleted.replace(/^Node: [^<\s]\S*/u, 'Node: <node>'));
}

function elideWords(text: string): string {
  return text
    .replaceAll(longDate, '<time>')
    .replaceAll(timestamp, '<time>')
    .replaceAll(version, '$1<version>')
    .replaceAll(uuid, '<uid>')
    .replaceAll(eventSuffix, '<suffix>')
    .replaceAll(ipv4, '<address>')
    .replaceAll(ipv6, '<address>')
    .replaceAll(hash, '<hash>')
    .replaceAll(suffix, '<suffix>');
}

/** The generated hashes of a text, as they stand: the same one must stand for the same thing throughout an output. */
export function hashesOf(text: string): readonly string[] {
  if (wholeHash.test(text)) return [text];
  return [...text.matchAll(hash)].map(([found]) => found);
}
