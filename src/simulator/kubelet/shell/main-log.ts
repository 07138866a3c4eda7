// What the main process of a container printed: of its run, and of the run before it.

import type { Micros } from '../../clock.ts';

/** A piece of a log: as much as was printed at once. */
export interface LogEntry {
  readonly at: Micros;
  readonly text: string;
}

/** Characters that are kept of a run, as the runtime keeps its newest file only. */
const charactersMax = 1_000_000;

/** The log of one container. */
export class MainLog {
  #previous: readonly LogEntry[] = [];
  #current: LogEntry[] = [];
  #characters = 0;

  /** The container starts again: what it printed so far becomes the log of the run before. */
  begin(): void {
    this.#previous = this.#current;
    this.#current = [];
    this.#characters = 0;
  }

  write(entry: LogEntry): void {
    this.#current.push(entry);
    this.#characters += entry.text.length;
    if (this.#characters > charactersMax) this.#forget();
  }

  /** The pieces of this run, oldest first, or of the one before it. */
  entries(run: 'current' | 'previous'): readonly LogEntry[] {
    return run === 'current' ? this.#current : this.#previous;
  }

  /** The older half goes at once: dropping pieces one by one would move the rest every time. */
  #forget(): void {
    let first = 0;
    while (this.#characters > charactersMax / 2) this.#characters -= this.#current[first++]!.text.length;
    this.#current = this.#current.slice(first);
  }
}
