// The slices of one Service as their controller means them to be, changed pod by pod: no change looks at the endpoints of
// other pods, except those that share its slice (EPS-REC-02).

import { sameEndpoint } from './endpoint.ts';
import type { ObjectKey } from '../store/store.ts';
import type { Contribution } from './endpoint.ts';
import type { Endpoint, EndpointPort, EndpointSlice } from './service.ts';

const endpointsMax = 100;

/** One slice. Its endpoints keep their order: a changed one stays in its place, a new one comes last (EPS-09). */
export interface SliceState {
  /** Undefined until it is created. */
  key: ObjectKey | undefined;
  ports: readonly EndpointPort[] | null;
  readonly endpoints: Map<ObjectKey, Endpoint>;
  changed: boolean;
}

/** The slices of a Service, and where each pod is. */
export class SliceSet {
  readonly #slices = new Set<SliceState>();
  readonly #places = new Map<ObjectKey, SliceState>();

  /** Takes in the slices that exist. */
  constructor(existing: Iterable<readonly [ObjectKey, EndpointSlice]>) {
    for (const [key, { ports, endpoints }] of existing) {
      const slice: SliceState = { key, ports: endpoints === null ? null : ports, endpoints: new Map(), changed: false };
      this.#slices.add(slice);
      for (const endpoint of endpoints ?? []) {
        const pod = `${endpoint.targetRef?.namespace}/${endpoint.targetRef?.name}`;
        slice.endpoints.set(pod, endpoint);
        this.#places.set(pod, slice);
      }
    }
  }

  /** Keys of all pods that have an endpoint. */
  get pods(): Iterable<ObjectKey> {
    return this.#places.keys();
  }

  /** Slices that differ from what was last taken from here, with those that are to be deleted. */
  takeChanges(): { readonly write: readonly SliceState[]; readonly remove: readonly SliceState[] } {
    const remove: SliceState[] = [];
    for (const slice of this.#slices) {
      if (slice.endpoints.size > 0) continue;
      // The last slice becomes a placeholder instead (EPS-11).
      if (this.#slices.size > 1) {
        this.#slices.delete(slice);
        remove.push(slice);
      } else if (slice.ports !== null) {
        slice.ports = null;
        slice.changed = true;
      }
    }
    if (this.#slices.size === 0) this.#open(null);
    const write = [...this.#slices].filter(({ changed }) => changed);
    for (const slice of write) slice.changed = false;
    return { write, remove };
  }

  /** All slices are to be written, for something that they share has changed. */
  touchAll(): void {
    for (const slice of this.#slices) slice.changed = true;
  }

  /** What a pod contributes now. New endpoints are placed by `place`, after all others were looked at. */
  update(pod: ObjectKey, contribution: Contribution | undefined): boolean {
    const slice = this.#places.get(pod);
    const known = slice?.endpoints.get(pod);
    if (slice === undefined || known === undefined) return contribution !== undefined;
    const moves =
      contribution === undefined ||
      !samePorts(slice.ports, contribution.ports) ||
      contribution.endpoint.targetRef?.uid !== known.targetRef?.uid;
    if (moves) {
      slice.endpoints.delete(pod);
      slice.changed = true;
      this.#places.delete(pod);
      return contribution !== undefined;
    }
    if (!sameEndpoint(known, contribution.endpoint)) {
      slice.endpoints.set(pod, contribution.endpoint);
      slice.changed = true;
    }
    return false;
  }

  /** Finds room for a new endpoint: a slice that is written anyway, the fullest other one, an empty one, a new one. */
  place(pod: ObjectKey, { endpoint, ports }: Contribution): void {
    let best: SliceState | undefined;
    for (const slice of this.#slices) {
      if (slice.endpoints.size >= endpointsMax) continue;
      if (slice.endpoints.size > 0 && !samePorts(slice.ports, ports)) continue;
      if (best === undefined || isBetter(slice, best)) best = slice;
    }
    best ??= this.#open(ports);
    best.ports = ports;
    best.endpoints.set(pod, endpoint);
    best.changed = true;
    this.#places.set(pod, best);
  }

  #open(ports: readonly EndpointPort[] | null): SliceState {
    const slice: SliceState = { key: undefined, ports, endpoints: new Map(), changed: true };
    this.#slices.add(slice);
    return slice;
  }
}

function isBetter(slice: SliceState, than: SliceState): boolean {
  const empty = slice.endpoints.size === 0;
  if (empty !== (than.endpoints.size === 0)) return !empty;
  if (slice.changed !== than.changed) return slice.changed;
  return slice.endpoints.size > than.endpoints.size;
}

/** Whether two lists of ports are the same; a placeholder has none. */
export function samePorts(a: readonly EndpointPort[] | null, b: readonly EndpointPort[]): boolean {
  return (
    (a ?? []).length === b.length &&
    b.every(({ name, port, protocol, appProtocol }, place) => {
      const other = a?.[place];
      return (
        other?.name === name && other.port === port && other.protocol === protocol && other.appProtocol === appProtocol
      );
    })
  );
}
