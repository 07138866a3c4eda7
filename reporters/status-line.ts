// The one line of progress on a terminal: rewritten in place, and gone when something else is written.

import { shorten } from './render/width.ts';
import type { Message, ScenarioStarted } from '../src/runner/messages.ts';
import type { Output } from './output.ts';

/** Shows `3/12 scenarios · now: node-failure, step 3 of 9: the node comes back`. Writes nothing where lines cannot be rewritten. */
export class StatusLine {
  readonly #output: Output;
  #shown = false;
  #total = 0;
  #done = 0;
  #current: ScenarioStarted | undefined;

  constructor(output: Output) {
    this.#output = output;
  }

  on(message: Message): void {
    if (!this.#output.interactive) return;
    switch (message.kind) {
      case 'runStarted':
        this.#total = message.scenarios;
        return;
      case 'scenarioStarted':
        this.#current = message;
        this.#show(message.id.scenario);
        return;
      case 'stepStarted':
        this.#show(
          `${message.id.scenario}, step ${message.step + 1} of ${this.#current?.steps ?? '?'}: ${message.name}`,
        );
        return;
      case 'scenarioFinished':
        this.#done += 1;
        return;
      case 'record':
      case 'stepFinished':
      case 'runFinished':
        return;
    }
  }

  /** Takes the line away, so that the next text starts at the left edge of an empty line. */
  clear(): void {
    if (!this.#shown) return;
    this.#output.write('\r\u001B[2K');
    this.#shown = false;
  }

  #show(now: string): void {
    const text = shorten(
      `${this.#done}/${this.#total} scenarios · now: ${now}`,
      Math.max(20, this.#output.columns - 1),
    );
    this.#output.write(`\r\u001B[2K${text}`);
    this.#shown = true;
  }
}
