// Finds the events that a change can concern: by name where an event is of named objects and of nothing else, so that a long
// order over many pods costs each record only the events of its own pod.

import type { KindKey } from '../../kubernetes/kind.ts';
import type { Event } from '../../scenario/model.ts';
import type { Change } from '../../trace/change.ts';
import type { LiveEvent } from './live-event.ts';

/** Watches by what they are about. */
export class EventIndex<Watch extends { readonly live: LiveEvent }> {
  readonly #named = new Map<KindKey, Map<string, Watch[]>>();
  readonly #ofKind = new Map<KindKey, Watch[]>();
  readonly #ofAny: Watch[] = [];

  constructor(entries: readonly { readonly watch: Watch; readonly event: Event | undefined }[]) {
    for (const { watch, event } of entries) if (event !== undefined) this.#add(watch, event);
  }

  /** Shows a change to every watch that it can concern. */
  visit(change: Change, show: (watch: Watch) => void): void {
    this.#named.get(change.kind)?.get(change.name)?.forEach(show);
    this.#ofKind.get(change.kind)?.forEach(show);
    this.#ofAny.forEach(show);
  }

  #add(watch: Watch, event: Event): void {
    const { kinds, foreign } = watch.live.dependencies;
    const selection = event.kind === 'edge' ? event.clause.selection : event.selection;
    if (kinds === undefined) this.#ofAny.push(watch);
    else if (selection.kind === 'names' && foreign.length === 0) {
      let byName = this.#named.get(selection.of);
      if (byName === undefined) this.#named.set(selection.of, (byName = new Map<string, Watch[]>()));
      for (const name of new Set(selection.names)) push(byName, { key: name, watch });
    } else {
      for (const kind of kinds) push(this.#ofKind, { key: kind, watch });
    }
  }
}

function push<Key, Watch>(map: Map<Key, Watch[]>, { key, watch }: { readonly key: Key; readonly watch: Watch }): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [watch]);
  else list.push(watch);
}
