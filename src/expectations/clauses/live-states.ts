// The truth of a state for each object of a selection, kept up to date record by record: a record costs only the object
// that it is about, unless another object that the state depends on has changed.

import { matchesPattern } from '../../kubernetes/names.ts';
import { dependenciesOf } from './dependencies.ts';
import { isSelected } from './select.ts';
import { compileState } from './state.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Selection, State } from '../../scenario/model.ts';
import type { Change } from '../../trace/change.ts';
import type { World } from '../../trace/world.ts';
import type { Place } from '../matchers/place.ts';
import type { Dependencies } from './dependencies.ts';

/** Who is told of looks at names. */
export interface Listener {
  /** A name came into the state, or left it. */
  readonly onTurn: (turn: { readonly name: string; readonly is: boolean }) => void;
  /** After every look at a name that is in the state, and when it leaves it (undefined). */
  readonly onLook?: ((name: string, object: KubernetesObject | undefined) => void) | undefined;
}

/** The live truth of one state over one selection. */
export class LiveStates {
  readonly dependencies: Dependencies;
  readonly #selection: Selection;
  /** Whether the object of a place is in the state; without one, whether there is an object. */
  readonly #holds: ((place: Place) => boolean) | undefined;
  readonly #world: World;
  /** What every name that a pattern selects begins with: refuses most other names at once. */
  readonly #prefix: string;
  readonly #listener: Listener | undefined;
  /** Of every name that is selected: whether it is in the state. Named objects are always selected. */
  readonly #truths = new Map<string, boolean>();
  readonly #inState = new Set<string>();
  readonly #existing = new Set<string>();

  /** Reads the present of the world; the listener hears of everything after that. Without a state, existing is the state. */
  constructor(options: {
    readonly selection: Selection;
    readonly state?: State | undefined;
    readonly world: World;
    readonly listener?: Listener;
  }) {
    this.#selection = options.selection;
    this.#holds = options.state && compileState(options.state, options.selection.of);
    this.#world = options.world;
    this.#prefix = this.#selection.kind === 'pattern' ? (this.#selection.pattern.split('*')[0] ?? '') : '';
    this.dependencies = dependenciesOf(options);
    if (this.#selection.kind === 'names') for (const name of this.#selection.names) this.#truths.set(name, false);
    this.#lookAtAll();
    // Set only now: what holds already is no news.
    this.#listener = options.listener;
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
    if (change.kind === this.#selection.of) this.#look(change.name, change.after);
  }

  /** Looks at everything again, after the start of a step was marked. */
  refresh(): void {
    this.#lookAtAll();
  }

  #lookAtAll(): void {
    // Names that are gone must be looked at too, those that came since are in the world.
    const objects = this.#world.objects(this.#selection.of);
    for (const name of this.#truths.keys()) this.#look(name, objects.get(name));
    if (this.#selection.kind === 'names') return;
    for (const [name, object] of objects) if (!this.#truths.has(name)) this.#look(name, object);
  }

  #look(name: string, object: KubernetesObject | undefined): void {
    const was = this.#truths.get(name);
    if (was === undefined && !this.#canSelect(name)) return;
    const selected = this.#selection.kind === 'names' || (object !== undefined && this.#isSelected(object));
    const is = selected && this.#isInState(name, object);
    if (!selected) this.#truths.delete(name);
    else if (was !== is) this.#truths.set(name, is);
    const exists = selected && object !== undefined;
    if (exists !== this.#existing.has(name)) {
      if (exists) this.#existing.add(name);
      else this.#existing.delete(name);
    }
    const turned = is !== (was ?? false);
    if (turned) {
      if (is) this.#inState.add(name);
      else this.#inState.delete(name);
      this.#listener?.onTurn({ name, is });
    }
    if (is || turned) this.#listener?.onLook?.(name, is ? object : undefined);
  }

  #isInState(name: string, object: KubernetesObject | undefined): boolean {
    if (this.#holds === undefined) return object !== undefined;
    return this.#holds({ world: this.#world, kind: this.#selection.of, name, object });
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
