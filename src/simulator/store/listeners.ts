// Who is told of the store's changes: everybody, those of a kind, or those of a kind on one node.

import type { KindKey } from '../../kubernetes/kind.ts';
import { nodeOf } from './shelf.ts';
import type { Change } from './store.ts';

/** Told synchronously of each change. */
export type ChangeListener = (change: Change) => void;

/** Lists are replaced, never changed, so that who joins or leaves during a change does not disturb its telling. */
interface Audience {
  listeners: readonly ChangeListener[];
  readonly byNode: Map<string, readonly ChangeListener[]>;
}

/** The store's listeners. A change made by a listener is told after the one that it heard. */
export class Listeners {
  #everybody: readonly ChangeListener[] = [];
  readonly #byKind = new Map<KindKey, Audience>();
  readonly #waiting: Change[] = [];
  #telling = false;

  /** Without a kind: every change. With a node: changes of objects that belong to it, at a cost that other nodes do not pay. */
  add(listener: ChangeListener, kind?: KindKey, node?: string): () => void {
    if (kind === undefined) {
      this.#everybody = [...this.#everybody, listener];
      return () => {
        this.#everybody = without(this.#everybody, listener);
      };
    }
    const audience = this.#audience(kind);
    if (node === undefined) {
      audience.listeners = [...audience.listeners, listener];
      return () => {
        audience.listeners = without(audience.listeners, listener);
      };
    }
    audience.byNode.set(node, [...(audience.byNode.get(node) ?? []), listener]);
    return () => {
      const rest = without(audience.byNode.get(node) ?? [], listener);
      if (rest.length === 0) audience.byNode.delete(node);
      else audience.byNode.set(node, rest);
    };
  }

  tell(change: Change): void {
    if (this.#telling) {
      this.#waiting.push(change);
      return;
    }
    this.#telling = true;
    try {
      this.#tellOne(change);
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) this.#tellOne(next);
    } finally {
      this.#telling = false;
    }
  }

  #tellOne(change: Change): void {
    for (const listener of this.#everybody) listener(change);
    const audience = this.#byKind.get(change.kind);
    if (audience === undefined) return;
    for (const listener of audience.listeners) listener(change);
    if (audience.byNode.size === 0) return;
    const node = nodeOf(change.object);
    if (node === undefined) return;
    const onNode = audience.byNode.get(node);
    if (onNode !== undefined) for (const listener of onNode) listener(change);
  }

  #audience(kind: KindKey): Audience {
    let audience = this.#byKind.get(kind);
    if (audience === undefined) this.#byKind.set(kind, (audience = { listeners: [], byNode: new Map() }));
    return audience;
  }
}

/** A list without the first occurrence of a listener. */
function without(listeners: readonly ChangeListener[], listener: ChangeListener): readonly ChangeListener[] {
  const position = listeners.indexOf(listener);
  return position < 0 ? listeners : listeners.toSpliced(position, 1);
}
