// Pod addresses of one node: a range of IPv4 addresses, handed out in turn so that a new pod gets a new one (POD-NET-02).

import { InvariantError } from '../invariant.ts';

/** The addresses of one range. */
export class AddressPool {
  /** `10.244.1.0/24`. */
  readonly cidr: string;
  readonly #first: number;
  readonly #size: number;
  readonly #taken = new Set<number>();
  #next: number;

  /** `first` is the range's base address as a number, `prefix` the length of its mask. */
  constructor({ first, prefix }: { readonly first: number; readonly prefix: number }) {
    this.cidr = `${formatAddress(first)}/${prefix}`;
    this.#first = first;
    this.#size = 2 ** (32 - prefix);
    // The base address and the bridge's own are not for pods.
    this.#next = 2;
  }

  /** Takes the next free address, going round the range. */
  take(): string {
    for (let tries = 0; tries < this.#size; tries += 1) {
      const offset = this.#next;
      this.#next = offset + 1 < this.#size - 1 ? offset + 1 : 2;
      if (this.#taken.has(offset)) continue;
      this.#taken.add(offset);
      return formatAddress(this.#first + offset);
    }
    throw new InvariantError(`no pod address is left in ${this.cidr}, although fewer pods are allowed on the node`);
  }

  /** Gives an address back; it is used again after all others. */
  release(address: string): void {
    this.#taken.delete(parseAddress(address) - this.#first);
  }
}

/** An IPv4 address as text. */
export function formatAddress(address: number): string {
  return [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255].join('.');
}

/** An IPv4 address as a number. */
export function parseAddress(text: string): number {
  return text.split('.').reduce((address, part) => address * 256 + Number(part), 0);
}
