// Monitors, filed by the kinds that they depend on: a record costs only those that care.

import { Monitor } from './monitor.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { Change } from '../trace/change.ts';
import type { GapRecord } from '../trace/record.ts';

/** The monitors that depend on a kind, and those of them that want to know when a record is over. */
interface Filed {
  readonly all: readonly Monitor[];
  readonly ending: readonly Monitor[];
}

/** Monitors of one window. Those with a verdict are no longer shown anything. */
export class MonitorSet {
  readonly monitors: readonly Monitor[];
  readonly #byKind = new Map<KindKey, Filed>();

  constructor(monitors: readonly Monitor[]) {
    this.monitors = monitors;
  }

  observe(change: Change): void {
    for (const monitor of this.#of(change.kind).all) if (monitor.verdict === undefined) monitor.observe(change);
  }

  recordEnd(kind: KindKey): void {
    for (const monitor of this.#of(kind).ending) if (monitor.verdict === undefined) monitor.recordEnd();
  }

  lose(gap: GapRecord): void {
    for (const monitor of this.monitors) if (monitor.verdict === undefined) monitor.lose(gap);
  }

  #of(kind: KindKey): Filed {
    let filed = this.#byKind.get(kind);
    if (filed === undefined) {
      const all = this.monitors.filter(({ dependencies: { kinds } }) => kinds === undefined || kinds.has(kind));
      // Most monitors leave it at looking at changes.
      const ending = all.filter((monitor) => monitor.recordEnd !== Monitor.prototype.recordEnd);
      this.#byKind.set(kind, (filed = { all, ending }));
    }
    return filed;
  }
}
