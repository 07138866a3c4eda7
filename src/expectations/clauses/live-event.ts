// Watches for an event: the edge of a state (per name), the edge of a quantified clause, or the change of a value.

import { nodeNameOf } from '../../trace/words/facts.ts';
import { edgeWords } from '../../trace/states.ts';
import { equalValues } from '../matchers/compare.ts';
import { fieldReader } from '../matchers/field.ts';
import { matches } from '../matchers/matches.ts';
import { dependenciesOf } from './dependencies.ts';
import { LiveClause } from './live-clause.ts';
import { LiveStates } from './live-states.ts';
import { isSelected, selectNames } from './select.ts';
import { stateHolds } from './state.ts';
import type { Json } from '../../kubernetes/object.ts';
import type { ChangeEvent, Event, Selection, State, StateWord } from '../../scenario/model.ts';
import type { Change } from '../../trace/change.ts';
import type { World } from '../../trace/world.ts';
import type { Dependencies } from './dependencies.ts';

/** An event, live. */
export interface LiveEvent {
  readonly dependencies: Dependencies;
  /** Whether what the event would bring about was so already when the watch began. */
  readonly heldAtStart: boolean;
  /** Takes a change in, which the world has already seen. Returns the names to which it happened; `''` for a whole clause. */
  update(change: Change): readonly string[];
}

const none: readonly string[] = [];

/** Watches from the world's present on. */
export function watchEvent(event: Event, world: World): LiveEvent {
  if (event.kind === 'changes') return new ValueWatch(event, world);
  const { selection, is, quantifier } = event.clause;
  if (quantifier.kind !== 'each') return new ClauseWatch(new LiveClause(event.clause, { world, reading: 'each' }));
  if (is?.words.some(isEdgeWord) === true) return new MomentWatch({ selection, state: is, world });
  return new StateWatch({ selection, state: is, world });
}

function isEdgeWord({ word }: StateWord): boolean {
  return edgeWords.includes(word);
}

/** A state that lasts: happens when it begins to hold of a name. */
class StateWatch implements LiveEvent {
  readonly dependencies: Dependencies;
  readonly heldAtStart: boolean;
  readonly #states: LiveStates;
  #risen: string[] = [];

  constructor(options: { readonly selection: Selection; readonly state: State | undefined; readonly world: World }) {
    this.#states = new LiveStates({
      ...options,
      listener: {
        onTurn: ({ name, is }) => {
          if (is) this.#risen.push(name);
        },
      },
    });
    this.dependencies = this.#states.dependencies;
    this.heldAtStart = this.#states.inState > 0;
  }

  update(change: Change): readonly string[] {
    this.#states.update(change);
    if (this.#risen.length === 0) return none;
    const risen = this.#risen;
    this.#risen = [];
    return risen;
  }
}

/** `Created`, `Deleted`, `Scheduled`: there is no state to begin, only the moment. Other words must hold at it. */
class MomentWatch implements LiveEvent {
  readonly dependencies: Dependencies;
  readonly heldAtStart: boolean;
  readonly #selection: Selection;
  readonly #world: World;
  readonly #moments: readonly string[];
  readonly #rest: State | undefined;

  constructor({
    selection,
    state,
    world,
  }: {
    readonly selection: Selection;
    readonly state: State;
    readonly world: World;
  }) {
    this.dependencies = dependenciesOf({ selection, state, world });
    this.#selection = selection;
    this.#world = world;
    this.#moments = state.words.filter(isEdgeWord).map(({ word }) => word);
    const words = state.words.filter((word) => !isEdgeWord(word));
    this.#rest = words.length === 0 ? undefined : { ...state, words };
    const existing = selectNames(selection, world).some((name) => world.get(selection.of, name) !== undefined);
    this.heldAtStart = existing !== this.#moments.includes('deleted');
  }

  update(change: Change): readonly string[] {
    const { kind, name, before, after } = change;
    if (kind !== this.#selection.of || !this.#moments.every((moment) => isMoment(moment, change))) return none;
    const object = after ?? before;
    if (object === undefined || !isSelected(this.#selection, object, this.#world)) return none;
    const place = { world: this.#world, kind, name, object };
    return this.#rest === undefined || stateHolds(this.#rest, place) ? [name] : none;
  }
}

function isMoment(moment: string, { before, after }: Change): boolean {
  if (moment === 'created') return before === undefined && after !== undefined;
  if (moment === 'deleted') return before !== undefined && after === undefined;
  return (
    after !== undefined && nodeNameOf(after) !== undefined && (before === undefined || nodeNameOf(before) === undefined)
  );
}

/** A quantified clause: happens when it becomes true as a whole. */
class ClauseWatch implements LiveEvent {
  readonly dependencies: Dependencies;
  readonly heldAtStart: boolean;
  readonly #clause: LiveClause;
  #held: boolean;

  constructor(clause: LiveClause) {
    this.#clause = clause;
    this.dependencies = clause.dependencies;
    this.#held = clause.holds;
    this.heldAtStart = this.#held;
  }

  update(change: Change): readonly string[] {
    this.#clause.update(change);
    const held = this.#held;
    this.#held = this.#clause.holds;
    return this.#held && !held ? [''] : none;
  }
}

/** A value that changes while its object stays: creation and deletion change no value. */
class ValueWatch implements LiveEvent {
  readonly dependencies: Dependencies;
  readonly heldAtStart = false;
  readonly #event: ChangeEvent;
  readonly #world: World;
  readonly #read: (place: { readonly name: string; readonly object: NonNullable<Change['after']> }) => Json | undefined;
  /** Kept for words that read other objects (`endpoints`): their value changes without a record of their own object. */
  readonly #kept: Map<string, Json | undefined> | undefined;

  constructor(event: ChangeEvent, world: World) {
    const { selection, field } = event;
    const reader = fieldReader(field, selection.of);
    const matchers = [event.from, event.to, event.by].filter((matcher) => matcher !== undefined);
    this.dependencies = dependenciesOf({ selection, field, matchers, world });
    this.#event = event;
    this.#world = world;
    this.#read = ({ name, object }) => reader.read(object, { world, kind: selection.of, name });
    if (reader.word?.foreign !== undefined) this.#kept = new Map(this.#readAll());
  }

  update(change: Change): readonly string[] {
    return this.#kept === undefined ? this.#ofRecord(change) : this.#ofAll(this.#kept);
  }

  #ofRecord({ kind, name, before, after }: Change): readonly string[] {
    if (kind !== this.#event.selection.of || before === undefined || after === undefined) return none;
    if (!isSelected(this.#event.selection, after, this.#world)) return none;
    const from = this.#read({ name, object: before });
    return this.#happened(name, { from, to: this.#read({ name, object: after }) }) ? [name] : none;
  }

  #ofAll(kept: Map<string, Json | undefined>): readonly string[] {
    const now = new Map(this.#readAll());
    const changed = [...now.keys()].filter(
      (name) => kept.has(name) && this.#happened(name, { from: kept.get(name), to: now.get(name) }),
    );
    kept.clear();
    for (const [name, value] of now) kept.set(name, value);
    return changed;
  }

  *#readAll(): Iterable<[string, Json | undefined]> {
    const { selection } = this.#event;
    for (const name of selectNames(selection, this.#world)) {
      const object = this.#world.get(selection.of, name);
      if (object !== undefined) yield [name, this.#read({ name, object })];
    }
  }

  #happened(name: string, values: { readonly from: Json | undefined; readonly to: Json | undefined }): boolean {
    if (equalValues(values.from, values.to)) return false;
    const { from, to, by, selection } = this.#event;
    const place = { world: this.#world, kind: selection.of, name, object: this.#world.get(selection.of, name) };
    if (from !== undefined && matches(from, values.from, place) !== true) return false;
    if (to !== undefined && matches(to, values.to, place) !== true) return false;
    if (by === undefined) return true;
    if (typeof values.from !== 'number' || typeof values.to !== 'number') return false;
    return matches(by, values.to - values.from, place) === true;
  }
}
