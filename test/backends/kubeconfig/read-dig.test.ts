import { expect, test } from 'vitest';
import { readDig } from '../../../src/backends/kubeconfig/read-dig.ts';

const header = (status: string, answers: number): string =>
  `;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 41273\n;; flags: qr aa rd; QUERY: 1, ANSWER: ${answers}, AUTHORITY: 0, ADDITIONAL: 1\n;; WARNING: recursion requested but not available\n\n`;

test('addresses, in the order of their text', () => {
  const text = `${header('NOERROR', 2)};; ANSWER SECTION:
web.default.svc.cluster.local. 30 IN\tA\t10.244.1.9
web.default.svc.cluster.local. 30 IN\tA\t10.244.0.5

`;

  expect(readDig(text)).toEqual({
    rcode: 'NOERROR',
    records: [{ address: '10.244.0.5' }, { address: '10.244.1.9' }],
  });
});

test('places of services, without the dot of the root', () => {
  const text = `${header('NOERROR', 1)};; ANSWER SECTION:\n_http._tcp.web.default.svc.cluster.local. 30 IN SRV 0 100 80 web-0.web.default.svc.cluster.local.\n`;

  expect(readDig(text)?.records).toEqual([
    { priority: 0, weight: 100, port: 80, target: 'web-0.web.default.svc.cluster.local' },
  ]);
});

test('a name that does not exist, and one that has no such record', () => {
  expect(readDig(header('NXDOMAIN', 0))).toEqual({ rcode: 'NXDOMAIN', records: [] });
  expect(readDig(header('NOERROR', 0))).toEqual({ rcode: 'NOERROR', records: [] });
});

test('what is no answer is none', () => {
  expect(readDig(';; connection timed out; no servers could be reached\n')).toBeUndefined();
  expect(readDig('')).toBeUndefined();
});
