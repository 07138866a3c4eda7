// All watches of one scenario, as one stream in the order of the cluster.

import { BackendError, UnsupportedByBackend } from '../cluster.ts';
import { compareResourceVersions } from '../../trace/resource-version.ts';
import { EventOrder } from './event-order.ts';
import { KindWatch } from './kind-watch.ts';
import { refusalError } from './refusal-error.ts';
import { restPath } from './rest-path.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { GapRecord, WatchEventType } from '../../trace/record.ts';
import type { Connection } from './connection.ts';
import type { PendingEvent } from './event-order.ts';
import type { WatchScope } from './kind-watch.ts';

/** What the watches of a scenario are made of. */
export interface WatchSetInput {
  readonly connection: Connection;
  readonly namespace: string;
  /** Milliseconds on the clock of the cluster. */
  readonly now: () => number;
  /** Told of each event as it arrives, before it has its turn. */
  readonly onArrival: (type: WatchEventType, object: KubernetesObject) => void;
  /** Whether an object is of this run. */
  readonly isOfRun: (object: KubernetesObject) => boolean;
}

/**
 * Longest time for which an event waits for others that may come before it, milliseconds. Watches of one server are apart
 * by less; a verdict has to come within 100 ms.
 */
export const holdBackMs = 60;

/** The watches. */
export class WatchSet {
  readonly order = new EventOrder();
  /** Gaps that nobody was told of yet. */
  readonly lost: GapRecord['gap'][] = [];
  readonly #input: WatchSetInput;
  readonly #watches = new Map<KindKey, KindWatch>();
  readonly #gaps = new Map<KindKey, GapRecord['gap']>();
  readonly #told = new Set<string>();
  readonly #silent = new Set<string>();
  #failure: BackendError | UnsupportedByBackend | undefined;
  #failureTold = false;
  /** A window was closed by the event of this version. */
  #closed: string | undefined;
  #proving = false;
  /** Everything that the sockets held at this time has been taken in. */
  #readMs = -Infinity;
  /** How long the last proof took, milliseconds: where it is slow, time decides. */
  #provingMs = 0;
  #waiting: (() => void)[] = [];

  constructor(input: WatchSetInput) {
    this.#input = input;
  }

  has(kind: KindKey): boolean {
    return this.#watches.has(kind);
  }

  /** Everything that is there, of all kinds. */
  *known(): Generator<KubernetesObject> {
    for (const watch of this.#watches.values()) yield* watch.known;
  }

  /** Begins to watch a kind. What is there of a kind that is watched late is not told: it was there before. */
  async add(scope: WatchScope, { late = false } = {}): Promise<void> {
    if (this.has(scope.kind.key)) return;
    const watch = new KindWatch(scope, this.#input.connection, {
      onEvent: (type, object) => this.#arrive(type, object, scope),
      onGap: ({ after, before, reason }) => {
        const gap = { of: scope.kind.key, after, before, reason };
        this.#gaps.set(scope.kind.key, gap);
        this.lost.push(gap);
      },
      onProgress: () => this.wake(),
      onFailure: (error) => {
        this.#failure ??= error;
        this.stop();
      },
    });
    this.#watches.set(scope.kind.key, watch);
    try {
      await watch.start();
    } catch (error) {
      this.#watches.delete(scope.kind.key);
      throw error;
    }
    for (const { metadata } of late ? watch.known : []) this.#silent.add(metadata.uid);
  }

  stop(): void {
    for (const watch of this.#watches.values()) watch.stop();
    this.wake();
  }

  /**
   * Takes in what the sockets hold by now. Only behind that does time let an event go: while this process stood still, the
   * time of one event may be over with older ones of other kinds unread.
   */
  async readSockets(): Promise<void> {
    const beganMs = this.#input.now();
    // The first may come behind a poll that began before; between the two lies a whole one.
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    this.#readMs = beganMs;
  }

  /** Lets waiters look again. */
  wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Resolves with the next arrival, bookmark or failure, at the latest after `ms`. */
  async change(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      // Longer waits than Node's timers have; whoever waits asks again.
      timer = setTimeout(resolve, Math.max(0, Math.min(ms, 2_000_000_000)));
    });
    clearTimeout(timer);
  }

  /** Something that goes on behind the watches has failed: the scenario cannot go on. */
  fail(error: unknown): void {
    const failure = error instanceof BackendError || error instanceof UnsupportedByBackend;
    this.#failure ??= failure ? error : new BackendError(String(error), { cause: error });
    this.wake();
  }

  /** Throws what has made it impossible to go on. */
  check(): void {
    if (this.#failure === undefined) return;
    this.#failureTold = true;
    throw this.#failure;
  }

  /** As `check`, for what nobody was told of yet. */
  checkAtEnd(): void {
    if (!this.#failureTold) this.check();
  }

  /** The version that the cluster has now, by a read that is never stale. */
  async version(): Promise<string> {
    const query = { fieldSelector: `metadata.name=${this.#input.namespace}` };
    const path = restPath({ group: '', version: 'v1', resource: 'namespaces' }, query);
    const { code, body } = await this.#input.connection.request({ method: 'GET', path });
    if (code !== 200) throw refusalError({ code, body }, 'list namespaces');
    return (body as { readonly metadata: { readonly resourceVersion: string } }).metadata.resourceVersion;
  }

  /** Resolves when every watch has told everything up to a version. */
  async pass(version: string): Promise<void> {
    const beganMs = performance.now();
    await Promise.all([...this.#watches.values()].map((watch) => watch.pass(version)));
    this.#provingMs = performance.now() - beganMs;
    this.check();
  }

  /** What there is up to a version, in its order; later news follow as events. */
  baseline(version: string): readonly KubernetesObject[] {
    const objects = [...this.known()]
      .filter((object) => !isAfter(object.metadata.resourceVersion, version) && this.#input.isOfRun(object))
      .sort((a, b) => compareResourceVersions(a.metadata.resourceVersion, b.metadata.resourceVersion));
    for (const { metadata } of objects) this.#told.add(metadata.uid);
    while (this.order.next !== undefined && !isAfter(this.order.next.version, version)) this.order.take();
    this.order.begin(version);
    return objects;
  }

  /** The next event that may be told: of those up to `version`, or of those that every watch has passed or time has let go. */
  take(version?: string): PendingEvent | undefined {
    for (let next = this.order.next; next !== undefined; next = this.order.next) {
      const free = version === undefined ? this.#isFree(next) : !isAfter(next.version, version);
      if (!free) return undefined;
      const event = this.order.take();
      if (event !== undefined) {
        const shown = this.#shown(event);
        if (shown !== undefined) return shown;
      }
    }
    return undefined;
  }

  /** Milliseconds until the next event is let go at the latest; undefined when none waits, or it waits for a connection. */
  get dueMs(): number | undefined {
    const { next } = this.order;
    if (next === undefined || !this.#connected) return undefined;
    return next.arrivedMs + holdBackMs - this.#input.now();
  }

  /** Asks for the proof that lets waiting events go before their time is over, unless that is known to take longer. */
  prove(): void {
    const { newest } = this.order;
    if (newest === undefined || this.#proving || this.#provingMs > holdBackMs) return;
    this.#proving = true;
    this.pass(newest)
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.#proving = false;
        this.wake();
      });
  }

  /** A window was closed by the event that was told last: one that comes behind it now would have been in the window. */
  closed(): void {
    this.#closed = this.order.told;
  }

  get #connected(): boolean {
    for (const watch of this.#watches.values()) if (!watch.connected) return false;
    return true;
  }

  #isFree(event: PendingEvent): boolean {
    if (event.gap !== undefined && !isAfter(event.version, this.order.told)) return true;
    if (event.arrivedMs + holdBackMs <= this.#readMs && this.#connected) return true;
    for (const watch of this.#watches.values()) if (isAfter(event.version, watch.passed)) return false;
    return true;
  }

  /** An event as somebody sees it who knows what was told: MODIFIED of what was never told is ADDED. */
  #shown(event: PendingEvent): PendingEvent | undefined {
    const { type, object } = event;
    const { uid } = object.metadata;
    if (!this.#input.isOfRun(object)) return undefined;
    const known = this.#told.has(uid) || this.#silent.has(uid);
    if (type === 'DELETED') {
      this.#told.delete(uid);
      return known ? event : undefined;
    }
    this.#told.add(uid);
    return known || type === 'ADDED' ? event : { ...event, type: 'ADDED' };
  }

  #arrive(type: WatchEventType, object: KubernetesObject, { kind }: WatchScope): void {
    const version = object.metadata.resourceVersion;
    const gap = this.#gaps.get(kind.key);
    if (gap !== undefined && isAfter(version, gap.before)) this.#gaps.delete(kind.key);
    const lost = gap !== undefined && !isAfter(version, gap.before) ? { gap } : {};
    if (
      this.#closed !== undefined &&
      gap === undefined &&
      !isAfter(version, this.#closed) &&
      this.#input.isOfRun(object)
    ) {
      const what = `${kind.kind} ${object.metadata.name} at resourceVersion ${version}`;
      this.#failure ??= new BackendError(
        `the API server told ${what} too late: a window was closed already, by ${this.#closed}; its verdict cannot be trusted`,
      );
    }
    this.order.add({ type, object, kind: kind.key, version, arrivedMs: this.#input.now(), ...lost });
    this.#input.onArrival(type, object);
    this.wake();
  }
}

function isAfter(a: string, b: string): boolean {
  return compareResourceVersions(a, b) > 0;
}
