// Lets virtual time pass for those who wait: stands still while clients think, jumps while they wait.

import type { ServedSimulator } from '../src/simulator/http/serve.ts';
import type { Gate } from './gate.ts';

/** Virtual time between two looks at a condition, and at most between a change and its watchers' answer. */
const stepMs = 100;
/** Real time without any traffic after which a client that holds a watch is thought to wait for it. */
const restMs = 30;
/** The same for a client without a watch, which may be starting up, or sleep by the real clock. */
const asleepMs = 2_000;
/** A client that has waited so long, in virtual time, will wait for ever. */
const patienceMs = 900_000;

/** The virtual time of a served simulator that is paused. */
export class VirtualTime {
  readonly #served: ServedSimulator;
  readonly #startedAt: number;

  constructor(served: ServedSimulator) {
    this.#served = served;
    this.#startedAt = served.simulator.clock.now;
  }

  /** Milliseconds since the run began. */
  get nowMs(): number {
    return (this.#served.simulator.clock.now - this.#startedAt) / 1000;
  }

  pause(): Promise<void> {
    return this.#control('time/pause', {});
  }

  advance(ms: number): Promise<void> {
    return this.#control('time/advance', { ms });
  }

  /** Advances step by step until `done` answers true; asks only when something has changed. Whether it came in time. */
  async until(done: () => Promise<boolean>, limitMs: number): Promise<boolean> {
    const endMs = this.nowMs + limitMs;
    let asked = -1;
    for (;;) {
      const { revision } = this.#served.simulator.store;
      if (revision !== asked && (await done())) return true;
      asked = revision;
      if (this.nowMs >= endMs) return false;
      await this.advance(stepMs);
    }
  }

  /** Lets time pass for a client until it has ended. Answers false, and leaves it running, if it waits for ever. */
  async during(ended: Promise<unknown>, gate: Gate): Promise<boolean> {
    const client = { running: true };
    const leave = (): void => void (client.running = false);
    ended.then(leave, leave);
    const endMs = this.nowMs + patienceMs;
    while (client.running) {
      const restedMs = performance.now() - gate.passedAt;
      const rested = gate.busy === 0 && restedMs >= (gate.watching > 0 ? restMs : asleepMs);
      if (rested) {
        if (this.nowMs >= endMs) return false;
        await this.#step(gate);
      }
      if (client.running) await Promise.race([ended, sleep(rested ? 1 : 5)]);
    }
    return true;
  }

  /** Advances until something reaches a client, or for one step. */
  async #step(gate: Gate): Promise<void> {
    const { passedAt } = gate;
    await this.advance(stepMs);
    // What the server has sent must still come through the gate.
    await sleep(2);
    if (gate.watching === 0 && gate.passedAt === passedAt) await sleep(restMs);
  }

  async #control(wish: string, body: object): Promise<void> {
    const answer = await fetch(`${this.#served.access.url}/setpiece/v1/${wish}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the simulator refused ${wish}: ${await answer.text()}`);
    await answer.arrayBuffer();
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
