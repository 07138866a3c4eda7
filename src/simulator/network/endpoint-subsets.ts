// What the old Endpoints object of a Service says: its pods' addresses by IP, grouped by ports (EP-01, EP-02). Kept in order
// change by change, so that a pod's change costs no sorting.

import type { Contribution } from './endpoint.ts';
import type { Endpoint, EndpointPort } from './service.ts';
import type { ObjectKey } from '../store/store.ts';

/** More addresses are left out (EP-03). */
const addressesMax = 1000;

/** An address of a subset. */
export interface EndpointAddress {
  readonly ip: string;
  readonly hostname?: string;
  readonly nodeName?: string;
  readonly targetRef?: Endpoint['targetRef'];
}

/** Addresses that share their ports. */
export interface EndpointSubset {
  readonly addresses?: readonly EndpointAddress[];
  readonly notReadyAddresses?: readonly EndpointAddress[];
  readonly ports?: readonly EndpointSubsetPort[];
}

/** A port of a subset; without a name when the Service gives it none. */
export interface EndpointSubsetPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

interface Group {
  readonly ports: readonly EndpointSubsetPort[];
  readonly ready: EndpointAddress[];
  readonly notReady: EndpointAddress[];
}

interface Member {
  readonly list: EndpointAddress[];
  readonly address: EndpointAddress;
}

/** The addresses of one Service. */
export class EndpointSubsets {
  readonly #groups = new Map<string, Group>();
  readonly #members = new Map<ObjectKey, Member>();

  get pods(): Iterable<ObjectKey> {
    return this.#members.keys();
  }

  /** Takes what a pod contributes now; the answer is whether anything is new. */
  update(pod: ObjectKey, contribution: Contribution | undefined): boolean {
    const known = this.#members.get(pod);
    if (contribution === undefined) {
      if (known !== undefined) this.#remove(pod, known);
      return known !== undefined;
    }
    const { endpoint, ports } = contribution;
    const group = this.#groupOf(ports);
    const list = endpoint.conditions.ready ? group.ready : group.notReady;
    const address = addressOf(endpoint);
    if (known !== undefined) {
      if (known.list === list && sameAddress(known.address, address)) return false;
      this.#remove(pod, known);
    }
    list.splice(placeOf(list, address), 0, address);
    this.#members.set(pod, { list, address });
    return true;
  }

  /** The subsets as they are written; `truncated` when there is no room for all. */
  compose(): { readonly subsets: readonly EndpointSubset[]; readonly truncated: boolean } {
    let room = addressesMax;
    const subsets: EndpointSubset[] = [];
    const groups = [...this.#groups].filter(([, group]) => group.ready.length + group.notReady.length > 0);
    groups.sort(([a], [b]) => (a < b ? -1 : 1));
    const readyOf = new Map<Group, readonly EndpointAddress[]>();
    // Ready addresses have the first claim to the room.
    for (const [, group] of groups) {
      const taken = group.ready.slice(0, room);
      room -= taken.length;
      readyOf.set(group, taken);
    }
    for (const [, group] of groups) {
      const notReady = group.notReady.slice(0, room);
      room -= notReady.length;
      const ready = readyOf.get(group) ?? [];
      if (ready.length + notReady.length === 0) continue;
      subsets.push({
        ...(ready.length > 0 && { addresses: ready }),
        ...(notReady.length > 0 && { notReadyAddresses: notReady }),
        ...(group.ports.length > 0 && { ports: group.ports }),
      });
    }
    return { subsets, truncated: this.#members.size > addressesMax };
  }

  #remove(pod: ObjectKey, { list, address }: Member): void {
    list.splice(list.indexOf(address), 1);
    this.#members.delete(pod);
  }

  #groupOf(ports: readonly EndpointPort[]): Group {
    const key = ports.map(({ name, port, protocol }) => `${name}/${protocol}/${port}`).join(',');
    let group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, (group = { ports: ports.map(subsetPort), ready: [], notReady: [] }));
    return group;
  }
}

function subsetPort({ name, port, protocol, appProtocol }: EndpointPort): EndpointSubsetPort {
  return { ...(name !== '' && { name }), port, protocol, ...(appProtocol !== undefined && { appProtocol }) };
}

function addressOf({ addresses: [ip = ''], hostname, nodeName, targetRef }: Endpoint): EndpointAddress {
  return {
    ip,
    ...(hostname !== undefined && { hostname }),
    ...(nodeName !== undefined && { nodeName }),
    ...(targetRef !== undefined && { targetRef }),
  };
}

function sameAddress(a: EndpointAddress, b: EndpointAddress): boolean {
  return (
    a.ip === b.ip && a.hostname === b.hostname && a.nodeName === b.nodeName && a.targetRef?.uid === b.targetRef?.uid
  );
}

/** Where an address belongs in a list sorted by IP. */
function placeOf(list: readonly EndpointAddress[], { ip }: EndpointAddress): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.ip ?? '') < ip) low = middle + 1;
    else high = middle;
  }
  return low;
}
