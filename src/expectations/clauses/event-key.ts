// When two mentions of an event are mentions of one and the same: when they say the same, however it is written.

import type { Event } from '../../scenario/model.ts';

/** Gives events keys that are equal for events that mean the same; spans and the author's wording do not count. */
export class EventKeys {
  /** The states of a long order are few objects, each shared by many events. */
  readonly #known = new Map<object, string>();

  keyOf(event: Event): string {
    if (event.kind === 'changes') return `changes ${contentOf(event)}`;
    const { selection, is, quantifier } = event.clause;
    const selected =
      selection.kind === 'names' ? `${selection.of} ${selection.names.join(' ')}` : this.#keyOfPart(selection);
    const state = is === undefined ? '' : this.#keyOfPart(is);
    return `${selected} ${state} ${quantifier.kind === 'each' ? '' : contentOf(quantifier)}`;
  }

  #keyOfPart(part: object): string {
    let key = this.#known.get(part);
    if (key === undefined) this.#known.set(part, (key = contentOf(part)));
    return key;
  }
}

function contentOf(part: object): string {
  return JSON.stringify(part, (name, value: unknown) => {
    if (name === 'span' || name === 'text') return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    // Members in one order, whoever built the object.
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}
