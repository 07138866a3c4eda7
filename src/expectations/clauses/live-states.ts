// The truth of a state for each object of a selection, kept up to date record by record: a record costs only the object
// that it is about, unless another object that the state depends on has changed.

import { matchesPattern } from '../../kubernetes/names.ts';
import { placeOf } from '../matchers/place.ts';
import { dependenciesOf } from './dependencies.ts';
import { isSelected } from './select.ts';
import { stateHolds } from './state.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Selection, State } from '../../scenario/model.ts';
import type { Change } from '../../trace/change.ts';
import type { World } from '../../trace/world.ts';
import type { Dependencies } from './dependencies.ts';

/** What is told of a name after each look at it. */
export interface Look {
  readonly name: string;
  readonly object: KubernetesObject | undefined;
  readonly was: boolean;
  readonly is: boolean;
}

/** The live truth of one state over one selection. */
export class LiveStates {
  readonly dependencies: Dependencies;
  readonly #selection: Selection;
  readonly #state: State | undefined;
  readonly #world: World;
  /** What every name that a pattern selects begins with: refuses most other names at once. */
  readonly #prefix: string;
  readonly #onLook: ((look: Look) => void) | undefined;
  /** Of every name that is selected: whether it is in the state. Named objects are always selected. */
  readonly #truths = new Map<string, boolean>();
  readonly #inState = new Set<string>();
  readonly #existing = new Set<string>();

  /** Reads the present of the world; `onLook` hears of everything after that. Without a state, existing is the state. */
  constructor(options: {
    readonly selection: Selection;
    readonly state?: State | undefined;
    readonly world: World;
    readonly onLook?: ((look: Look) => void) | undefined;
  }) {
    this.#selection = options.selection;
    this.#state = options.state;
    this.#world = options.world;
    this.#prefix = this.#selection.kind === 'pattern' ? (this.#selection.pattern.split('*')[0] ?? '') : '';
    this.dependencies = dependenciesOf(options);
    if (this.#selection.kind === 'names') for (const name of this.#selection.names) this.#truths.set(name, false);
    this.#lookAtAll();
    // Set only now: what holds already is no news.
    this.#onLook = options.onLook;
  }

  /** Number of names in the state. */
  get inState(): number {
    return this.#inState.size;
  }

  /** The names in the state, in no particular order. */
  get namesInState(): ReadonlySet<string> {
    return this.#inState;
  }

  /** Number of selected names: for named objects, all of them. */
  get selected(): number {
    return this.#truths.size;
  }

  /** Number of selected objects that exist. */
  get existing(): number {
    return this.#existing.size;
  }

  /** Takes a change in, which the world has already seen. */
  update(change: Change): void {
    for (const test of this.dependencies.foreign) {
      if (!test(change)) continue;
      this.#lookAtAll();
      return;
    }
    if (change.kind === this.#selection.of) this.#look(change.name);
  }

  /** Looks at everything again, after the start of a step was marked. */
  refresh(): void {
    this.#lookAtAll();
  }

  #lookAtAll(): void {
    // Names that are gone must be looked at too, those that came since are in the world.
    for (const name of this.#truths.keys()) this.#look(name);
    if (this.#selection.kind === 'names') return;
    for (const name of this.#world.objects(this.#selection.of).keys()) if (!this.#truths.has(name)) this.#look(name);
  }

  #look(name: string): void {
    const was = this.#truths.get(name);
    if (was === undefined && !this.#canSelect(name)) return;
    const place = placeOf(this.#world, this.#selection.of, name);
    const { object } = place;
    const named = this.#selection.kind === 'names';
    const selected = named || (object !== undefined && this.#isSelected(object));
    const is = selected && (this.#state === undefined ? object !== undefined : stateHolds(this.#state, place));
    this.#file(name, { selected, is, was, exists: object !== undefined });
    this.#onLook?.({ name, object, was: was ?? false, is });
  }

  #file(
    name: string,
    look: {
      readonly selected: boolean;
      readonly is: boolean;
      readonly was: boolean | undefined;
      readonly exists: boolean;
    },
  ): void {
    if (!look.selected) this.#truths.delete(name);
    else if (look.was !== look.is) this.#truths.set(name, look.is);
    if (look.is !== (look.was ?? false)) {
      if (look.is) this.#inState.add(name);
      else this.#inState.delete(name);
    }
    if (look.selected && look.exists) this.#existing.add(name);
    else this.#existing.delete(name);
  }

  /** A cheap first answer by name alone. */
  #canSelect(name: string): boolean {
    if (this.#selection.kind === 'names') return false;
    return (
      name.startsWith(this.#prefix) &&
      (this.#selection.kind === 'where' || matchesPattern(name, this.#selection.pattern))
    );
  }

  #isSelected(object: KubernetesObject): boolean {
    return this.#selection.kind === 'pattern' || isSelected(this.#selection, object, this.#world);
  }
}
