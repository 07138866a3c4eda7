// Where a server listens, and by which names and addresses it is called there.

import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** The address that only programs of this machine reach. */
export const loopback = '127.0.0.1';

const loopbackNames: readonly string[] = ['localhost'];
const loopbackAddresses: readonly string[] = [loopback, '::1'];

/** Whether nobody but this machine reaches an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Whether an address stands for all that the machine has. */
export function isEveryAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** What a certificate has to hold for a server that listens at `host`. */
export function namesAt(host: string): { readonly names: readonly string[]; readonly addresses: readonly string[] } {
  const own = isEveryAddress(host) ? interfaceAddresses() : isIP(host) === 0 ? [] : [host];
  const named = isIP(host) === 0 ? [host] : [];
  return {
    names: [...new Set([...loopbackNames, ...named])],
    addresses: [...new Set([...loopbackAddresses, ...own])],
  };
}

function interfaceAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  // Addresses of a link need a zone, which no certificate holds.
  return all.map(({ address }) => address).filter((address) => !/^fe80:|%/i.test(address));
}

/** The URL of a server: one that listens everywhere is called by its loopback address. */
export function urlAt(
  scheme: 'http' | 'https',
  { host, port }: { readonly host: string; readonly port: number },
): string {
  const named = host === '0.0.0.0' ? loopback : host === '::' ? '::1' : host;
  return `${scheme}://${isIP(named) === 6 ? `[${named}]` : named}:${port}`;
}
