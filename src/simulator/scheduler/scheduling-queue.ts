// Pods that wait for their turn with the scheduler: higher priority first, then in the order in which they came (SCHED-06).

import { Fifo } from '../fifo.ts';
import type { ObjectKey } from '../store/store.ts';

/** The active queue; a pod is in it at most once. */
export class SchedulingQueue {
  readonly #byPriority = new Map<number, Fifo<ObjectKey>>();
  readonly #queued = new Set<ObjectKey>();
  #priorities: readonly number[] = [];

  /** False when the pod is queued already. */
  push(key: ObjectKey, priority: number): boolean {
    if (this.#queued.has(key)) return false;
    this.#queued.add(key);
    let fifo = this.#byPriority.get(priority);
    if (fifo === undefined) {
      this.#byPriority.set(priority, (fifo = new Fifo()));
      this.#priorities = [...this.#byPriority.keys()].sort((a, b) => b - a);
    }
    fifo.push(key);
    return true;
  }

  /** The next pod, taken out. */
  pop(): ObjectKey | undefined {
    for (const priority of this.#priorities) {
      const key = this.#byPriority.get(priority)?.shift();
      if (key === undefined) continue;
      this.#queued.delete(key);
      return key;
    }
    return undefined;
  }
}
