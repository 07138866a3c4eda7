// Puts the messages of runs that go on at the same time into the order in which the runs were begun.

import type { Message } from './messages.ts';

/** The messages of one run. */
export interface Lane {
  readonly emit: (message: Message) => void;
  /** Nothing more comes. */
  readonly end: () => void;
}

/** Passes the first unfinished lane on at once and keeps the others until it is their turn. */
export class OrderedMessages {
  readonly #emit: (message: Message) => void;
  readonly #lanes: { readonly kept: Message[]; ended: boolean }[] = [];

  constructor(emit: (message: Message) => void) {
    this.#emit = emit;
  }

  /** Opens the next lane. */
  lane(): Lane {
    const lane = { kept: [] as Message[], ended: false };
    this.#lanes.push(lane);
    return {
      emit: (message) => {
        if (this.#lanes[0] === lane) this.#emit(message);
        else lane.kept.push(message);
      },
      end: () => {
        lane.ended = true;
        this.#flush();
      },
    };
  }

  #flush(): void {
    while (this.#lanes[0]?.ended === true) {
      this.#lanes.shift();
      const first = this.#lanes[0];
      for (const message of first?.kept.splice(0) ?? []) this.#emit(message);
    }
  }
}
