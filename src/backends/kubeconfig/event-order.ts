// Events of all watches in the order of the cluster. Each watch keeps its order; between watches an event waits until every
// watch has passed its version, or for a bounded time.

import { compareResourceVersions } from '../../trace/resource-version.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { GapRecord, WatchEventType } from '../../trace/record.ts';

/** An event that waits for its turn. */
export interface PendingEvent {
  readonly type: WatchEventType;
  readonly object: KubernetesObject;
  readonly kind: KindKey;
  readonly version: string;
  /** On the clock of the cluster, milliseconds. */
  readonly arrivedMs: number;
  /** Goes in front of the event: order across it is unknown. */
  readonly gap?: GapRecord['gap'];
}

/** The events that wait. */
export class EventOrder {
  readonly #pending: PendingEvent[] = [];
  /** Version of the event that was told last. */
  #told = '0';

  /** The next event, if it may be told: everything up to `told` is history. */
  get next(): PendingEvent | undefined {
    return this.#pending[0];
  }

  /** Version of the newest event that waits. */
  get newest(): string | undefined {
    return this.#pending.at(-1)?.version;
  }

  get told(): string {
    return this.#told;
  }

  /** From here on nothing older is expected. */
  begin(version: string): void {
    this.#told = version;
  }

  /** Puts an event where it belongs; one that comes behind a newer one of its kind stays behind it. */
  add(event: PendingEvent): void {
    let at = this.#pending.length;
    while (at > 0 && compareResourceVersions(this.#pending[at - 1]?.version ?? '', event.version) > 0) at -= 1;
    this.#pending.splice(at, 0, event);
  }

  /** Takes the next event out. An event that comes behind newer ones gets a gap: nobody knows any more what was between. */
  take(): PendingEvent | undefined {
    const event = this.#pending.shift();
    if (event === undefined) return undefined;
    const late = compareResourceVersions(event.version, this.#told) <= 0;
    const before = this.#told;
    this.#told = late ? this.#told : event.version;
    if (!late || event.gap !== undefined) return event;
    const reason = 'it was delivered behind newer events of other kinds';
    return { ...event, gap: { of: event.kind, after: event.version, before, reason } };
  }
}
