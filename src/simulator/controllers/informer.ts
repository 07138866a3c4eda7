// What one process of the cluster knows: caches that follow the store with a lag. Each kind is a stream of its own, in
// order by itself but not against the others, as the watches of a real client are.

import { Fifo } from '../fifo.ts';
import { draw, type Latency } from '../profile.ts';
import { Shelf } from '../store/shelf.ts';
import { kindKey, type KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Clock, Micros } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Change, IndexName, ObjectKey, Store } from '../store/store.ts';
import type { Informer } from './controller.ts';

type Handler = (change: Change) => void;

/** Whose informer it is, and what it is made of. */
export interface InformerOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly store: Store;
  /** How long a watch event is on its way. */
  readonly lag: Latency;
  /** The process, for labels and streams: `kube-controller-manager`. */
  readonly process: string;
  /** Of a kubelet: it sees only the pods bound to this node, and only this Node; other kinds it sees whole. */
  readonly node?: string;
}

/** An informer that can also follow every kind, those served later included. */
export interface ProcessInformer extends Informer {
  /** Hands over the changes of every kind but those given. */
  onEvery(handler: (change: Change) => void, except: ReadonlySet<KindKey>): void;
}

/**
 * Creates the informer of one process. A kind is watched from the first time that it is asked for; what exists then is in
 * the cache at once, as after the first list.
 */
export function createInformer(options: InformerOptions): ProcessInformer {
  return new LaggingInformer(options);
}

class LaggingInformer implements ProcessInformer {
  readonly #options: InformerOptions;
  readonly #caches = new Map<KindKey, Cache>();

  constructor(options: InformerOptions) {
    this.#options = options;
  }

  get(kind: KindKey, key: ObjectKey): KubernetesObject | undefined {
    return this.#cache(kind).shelf.get(key);
  }

  list(kind: KindKey): ReadonlyMap<ObjectKey, KubernetesObject> {
    return this.#cache(kind).shelf.objects;
  }

  by(kind: KindKey, index: IndexName, value: string): ReadonlyMap<ObjectKey, KubernetesObject> {
    return this.#cache(kind).shelf.by(index, value);
  }

  seen(kind: KindKey): number {
    return this.#cache(kind).seen;
  }

  on(kind: KindKey, handler: Handler): void {
    this.#cache(kind).add(handler);
  }

  onEvery(handler: Handler, except: ReadonlySet<KindKey>): void {
    const followed = new Set<KindKey>(except);
    const follow = (kind: KindKey) => {
      if (followed.has(kind)) return;
      followed.add(kind);
      this.on(kind, handler);
    };
    for (const kind of this.#options.store.kinds()) follow(kind);
    // A kind's first change starts its watch, whose first list then holds that change.
    this.#options.store.subscribe(undefined, (change) => follow(change.kind));
  }

  #cache(kind: KindKey): Cache {
    let cache = this.#caches.get(kind);
    if (cache === undefined) this.#caches.set(kind, (cache = new Cache(kind, this.#options)));
    return cache;
  }
}

/** A change and when it arrives. */
interface Arrival {
  readonly at: Micros;
  readonly change: Change;
}

/** The cache of one kind. One timer is pending at most: that of the next arrival. */
class Cache {
  readonly shelf = new Shelf();
  seen: number;
  #handlers: readonly Handler[] = [];
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #lag: Latency;
  readonly #label: string;
  /** The version of the first list; what happened up to it is in the cache already. */
  readonly #listed: number;
  readonly #arrivals = new Fifo<Arrival>();
  readonly #deliver = () => this.#deliverDue();

  constructor(kind: KindKey, { clock, random, store, lag, process, node }: InformerOptions) {
    this.#clock = clock;
    this.#random = random.stream(`informer/${process}/${kind}`);
    this.#lag = lag;
    this.#label = `${process}: informer of ${kind}`;
    this.#listed = this.seen = store.revision;
    const narrow = node !== undefined && (kind === 'pod' || kind === 'node');
    for (const [key, object] of narrow ? store.by(kind, 'node', node) : store.list(kind)) {
      this.shelf.put(key, object, undefined);
    }
    const receive = (change: Change) => this.#receive(change);
    if (narrow) store.subscribe(kind, receive, node);
    else store.subscribe(kind, receive);
  }

  /** A handler that comes late is shown what the cache holds. */
  add(handler: Handler): void {
    this.#handlers = [...this.#handlers, handler];
    for (const [key, object] of this.shelf.objects) {
      const order = Number(object.metadata.resourceVersion);
      handler({ at: this.#clock.now, order, type: 'ADDED', key, kind: kindKey(object), object });
    }
  }

  #receive(change: Change): void {
    if (change.order <= this.#listed) return;
    // A watch delivers in order: an event that is due before the one ahead of it waits in the queue.
    const at = change.at + draw(this.#lag, this.#random);
    const idle = this.#arrivals.length === 0;
    this.#arrivals.push({ at, change });
    if (idle) this.#arm(at);
  }

  #arm(at: Micros): void {
    this.#clock.after(at - this.#clock.now, 'work', this.#label, this.#deliver);
  }

  #deliverDue(): void {
    for (let next = this.#arrivals.peek(); next !== undefined; next = this.#arrivals.peek()) {
      if (next.at > this.#clock.now) {
        this.#arm(next.at);
        return;
      }
      this.#apply(next.change);
      // Only now: while it is in the queue, no change that a handler causes arms a second timer.
      this.#arrivals.shift();
    }
  }

  #apply(change: Change): void {
    const { key, object } = change;
    const old = this.shelf.get(key);
    if (change.type !== 'DELETED') this.shelf.put(key, object, old);
    else if (old !== undefined) this.shelf.take(key, old);
    this.seen = change.order;
    for (const handler of this.#handlers) handler(change);
  }
}
