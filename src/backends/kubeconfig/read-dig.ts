// Reads what `dig +noall +comments +answer` prints.

import type { Json } from '../../kubernetes/object.ts';

/** What a name server said. Records are as the port's answers have them, sorted. */
export interface DigAnswer {
  /** `NOERROR`, `NXDOMAIN`, … */
  readonly rcode: string;
  readonly records: readonly Json[];
}

const line = /^\S+\s+\d+\s+IN\s+(A|AAAA|SRV)\s+(\S.*)$/;

/** Undefined for a text without an answer, such as a time-out's. */
export function readDig(text: string): DigAnswer | undefined {
  const rcode = /^;; ->>HEADER<<- .*\bstatus: (\w+)/m.exec(text)?.[1];
  if (rcode === undefined) return undefined;
  const found = text.split('\n').flatMap((each) => {
    const [, type, data] = line.exec(each.trim()) ?? [];
    return type === undefined || data === undefined ? [] : [{ type, data: data.trim().replace(/\.$/, '') }];
  });
  const sorted = found.toSorted((a, b) => (a.data < b.data ? -1 : a.data > b.data ? 1 : 0));
  return { rcode, records: sorted.map(({ type, data }) => recordOf(type, data)) };
}

function recordOf(type: string, data: string): Json {
  if (type !== 'SRV') return { address: data };
  const [priority, weight, port, target = ''] = data.split(/\s+/);
  return { priority: Number(priority), weight: Number(weight), port: Number(port), target };
}
