// Which cluster IPs and node ports are taken. The answer follows the stored Services, so that a deletion frees them at once
// (SVC-07).

import { serviceKey } from './kind-keys.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Random } from '../random.ts';
import type { Store } from '../store/store.ts';

/** Smallest and largest node port. */
export const nodePortRange = { low: 30_000, high: 32_767 } as const;

/** The range of service IPs, as messages show it. */
export const serviceCidr = '10.96.0.0/16';

/** The first 256 addresses are left to those who ask for one, as upstream does. */
const dynamicLow = 256;
const addressMax = 65_534;

/** What of a Service takes addresses. */
export interface AddressedSpec {
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly ports?: readonly { readonly nodePort?: number; readonly protocol?: string }[];
}

/** The allocator of one API server. */
export class ServiceAddresses {
  readonly #random: Random;
  /** How many Services hold an address; a change of a Service passes through zero or two. */
  readonly #ips = new Map<string, number>();
  readonly #nodePorts = new Map<number, number>();

  constructor(store: Store, random: Random) {
    this.#random = random;
    for (const service of store.list(serviceKey).values()) this.#count(service, 1);
    store.subscribe(serviceKey, ({ type, object, old }) => {
      if (old !== undefined && type === 'MODIFIED') this.#count(old, -1);
      this.#count(object, type === 'DELETED' ? -1 : 1);
    });
  }

  hasIp(ip: string): boolean {
    return this.#ips.has(ip);
  }

  hasNodePort(port: number): boolean {
    return this.#nodePorts.has(port);
  }

  /** A free address from the upper part of the range. Nothing is taken before the Service is stored. */
  drawIp(): string {
    for (;;) {
      const number = this.#random.integer(dynamicLow, addressMax);
      const ip = `10.96.${number >> 8}.${number & 255}`;
      if (!this.#ips.has(ip)) return ip;
    }
  }

  /** A free node port that is not among `also`; undefined when none is left. */
  drawNodePort(also: ReadonlySet<number>): number | undefined {
    const { low, high } = nodePortRange;
    if (this.#nodePorts.size + also.size > high - low) return undefined;
    for (;;) {
      const port = this.#random.integer(low, high);
      if (!this.#nodePorts.has(port) && !also.has(port)) return port;
    }
  }

  #count(service: KubernetesObject, step: 1 | -1): void {
    const { clusterIPs = [], ports = [] } = (service['spec'] ?? {}) as AddressedSpec;
    for (const ip of clusterIPs) if (ip !== 'None') count(this.#ips, ip, step);
    for (const { nodePort } of ports) if (nodePort !== undefined) count(this.#nodePorts, nodePort, step);
  }
}

function count<K>(counts: Map<K, number>, key: K, step: 1 | -1): void {
  const next = (counts.get(key) ?? 0) + step;
  if (next === 0) counts.delete(key);
  else counts.set(key, next);
}
