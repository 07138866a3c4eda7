// Faults of nodes: their machines are stopped (`stop`) or frozen (`partitioned`), and brought back.

import { UnsupportedByBackend } from '../cluster.ts';
import type { FaultTarget } from '../cluster.ts';
import type { NodeControl } from './create-backend.ts';

/** Nodes that are struck now. */
export class NodeFaults {
  readonly #control: NodeControl | undefined;
  readonly #struck = new Map<string, 'stop' | 'partitioned'>();

  constructor(control: NodeControl | undefined) {
    this.#control = control;
  }

  /**
   * Strikes nodes. A node that is cut off is frozen: what runs on it neither speaks nor is spoken to, and goes on where it was
   * when it recovers. Rejects with `UnsupportedByBackend` where there is no hold on the machines.
   */
  async strike(how: 'stop' | 'partitioned', targets: readonly FaultTarget[]): Promise<void> {
    const control = this.#needed(targets);
    for (const { name } of targets) {
      if (this.#struck.has(name)) continue;
      await (how === 'stop' ? control.stop(name) : control.pause(name));
      this.#struck.set(name, how);
    }
  }

  /** Brings nodes back. */
  async release(targets: readonly FaultTarget[]): Promise<void> {
    for (const { name } of targets) await this.#bringBack(name);
  }

  /** Brings all back that are struck. */
  async releaseAll(): Promise<void> {
    for (const name of this.#struck.keys()) await this.#bringBack(name);
  }

  async #bringBack(name: string): Promise<void> {
    const how = this.#struck.get(name);
    if (how === undefined || this.#control === undefined) return;
    await (how === 'stop' ? this.#control.start(name) : this.#control.unpause(name));
    this.#struck.delete(name);
  }

  #needed(targets: readonly FaultTarget[]): NodeControl {
    if (this.#control !== undefined) return this.#control;
    const names = targets.map(({ name }) => `node/${name}`).join(', ');
    throw new UnsupportedByBackend(
      `${names} cannot be struck: setpiece has no hold on the machines of this cluster (--backend kind has)`,
    );
  }
}
