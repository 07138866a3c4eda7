// Monitors, filed by the kinds that they depend on: a record costs only those that care.

import type { KindKey } from '../kubernetes/kind.ts';
import type { Change } from '../trace/change.ts';
import type { GapRecord } from '../trace/record.ts';
import type { Monitor } from './monitor.ts';

/** Monitors of one window. Those with a verdict are no longer shown anything. */
export class MonitorSet {
  readonly monitors: readonly Monitor[];
  readonly #byKind = new Map<KindKey, readonly Monitor[]>();

  constructor(monitors: readonly Monitor[]) {
    this.monitors = monitors;
  }

  observe(change: Change): void {
    for (const monitor of this.#of(change.kind)) if (monitor.verdict === undefined) monitor.observe(change);
  }

  recordEnd(kind: KindKey): void {
    for (const monitor of this.#of(kind)) if (monitor.verdict === undefined) monitor.recordEnd();
  }

  lose(gap: GapRecord): void {
    for (const monitor of this.monitors) if (monitor.verdict === undefined) monitor.lose(gap);
  }

  #of(kind: KindKey): readonly Monitor[] {
    let monitors = this.#byKind.get(kind);
    if (monitors === undefined) {
      monitors = this.monitors.filter(({ dependencies: { kinds } }) => kinds === undefined || kinds.has(kind));
      this.#byKind.set(kind, monitors);
    }
    return monitors;
  }
}
