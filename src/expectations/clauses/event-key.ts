// When two mentions of an event are mentions of one and the same: when they say the same, however it is written.

import type { Event, State } from '../../scenario/model.ts';

/** Gives events keys that are equal for events that mean the same; spans and the author's wording do not count. */
export class EventKeys {
  /** The states of a long order are few objects, each shared by many events. */
  readonly #known = new Map<object, string>();

  keyOf(event: Event): string {
    if (event.kind === 'changes') return `changes ${contentOf(event)}`;
    const { selection, is, quantifier } = event.clause;
    const selected =
      selection.kind === 'names' ? `${selection.of} ${selection.names.join(' ')}` : this.#keyOfPart(selection);
    const state = is === undefined ? '' : (plainKeyOf(is) ?? this.#keyOfPart(is));
    return `${selected} ${state} ${quantifier.kind === 'each' ? '' : contentOf(quantifier)}`;
  }

  #keyOfPart(part: object): string {
    let key = this.#known.get(part);
    if (key === undefined) this.#known.set(part, (key = contentOf(part)));
    return key;
  }
}

/** `ready=true`: what most states of most orders come to. Of others undefined. */
function plainKeyOf({ words }: State): string | undefined {
  const [only] = words;
  if (only === undefined || words.length > 1 || only.matcher.kind !== 'equals') return undefined;
  const { operand } = only.matcher;
  if (operand.kind !== 'value' || (typeof operand.value === 'object' && operand.value !== null)) return undefined;
  return `${only.word}=${JSON.stringify(operand.value)}`;
}

function contentOf(part: object): string {
  return JSON.stringify(part, (name, value: unknown) => {
    if (name === 'span' || name === 'text') return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    // Members in one order, whoever built the object.
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}
