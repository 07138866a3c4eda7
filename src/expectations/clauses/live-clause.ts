// The truth of a clause, and of clauses together, at each point.

import { compareNatural } from '../../kubernetes/names.ts';
import { matches } from '../matchers/matches.ts';
import { matcherDependencies, joinDependencies } from './dependencies.ts';
import { LiveStates } from './live-states.ts';
import { LiveValues } from './live-values.ts';
import { holdsForAbsent } from './state.ts';
import type { Clause, ClauseGroup, Matcher } from '../../scenario/model.ts';
import type { Change } from '../../trace/change.ts';
import type { World } from '../../trace/world.ts';
import type { Dependencies } from './dependencies.ts';

/** How a clause without a quantifier is read: `each` everywhere, `any` in `never` (C-2). */
export type Reading = 'each' | 'any';

/** One clause, live. */
export class LiveClause {
  readonly clause: Clause;
  readonly dependencies: Dependencies;
  readonly #states: LiveStates;
  readonly #values: LiveValues | undefined;
  readonly #world: World;
  readonly #reading: Reading;
  #everSelected = false;
  /** The truth of `count` and `names`, until the names in the state change. */
  #known: boolean | undefined;

  constructor(clause: Clause, options: { readonly world: World; readonly reading: Reading }) {
    const { quantifier, selection } = clause;
    this.clause = clause;
    this.#world = options.world;
    this.#reading = options.reading;
    const values =
      quantifier.kind === 'values' ? new LiveValues(quantifier, { of: selection.of, world: options.world }) : undefined;
    this.#values = values;
    this.#states = new LiveStates({
      selection,
      state: clause.is,
      world: options.world,
      listener: {
        onTurn: () => (this.#known = undefined),
        onLook: values && ((name, object) => values.look(name, object)),
      },
    });
    for (const name of this.#states.namesInState) values?.look(name, options.world.get(selection.of, name));
    const operands = quantifier.kind === 'each' ? [] : [matcherDependencies(quantifier.matcher, options.world)];
    this.dependencies = joinDependencies([
      this.#states.dependencies,
      ...operands,
      ...(values === undefined ? [] : [values.dependencies]),
    ]);
    this.#everSelected = this.#states.existing > 0;
  }

  /** From here on it counts whether anything is selected. */
  open(): void {
    this.#everSelected = this.#states.existing > 0;
  }

  /** Whether any object was selected since `open`. */
  get everSelected(): boolean {
    return this.#everSelected;
  }

  /** Whether any object is selected now. */
  get selects(): boolean {
    return this.#states.existing > 0;
  }

  /** How near the clause is to holding: the number of objects in the state. */
  get inState(): number {
    return this.#states.inState;
  }

  /** The number of names that are meant. */
  get selected(): number {
    return this.#states.selected;
  }

  /** Whether the clause holds now. */
  get holds(): boolean {
    const { quantifier, selection, is } = this.clause;
    const states = this.#states;
    if (quantifier.kind === 'each') {
      // Of a pattern, nothing that is absent can be selected: that none exists is what is meant.
      if (selection.kind !== 'names' && is !== undefined && holdsForAbsent(is)) return states.selected === 0;
      if (this.#reading === 'any') return states.inState > 0;
      return states.selected > 0 && states.inState === states.selected;
    }
    if (quantifier.kind === 'values') return this.#values?.matches() ?? false;
    this.#known ??= this.#counted(quantifier);
    return this.#known;
  }

  /** Takes a change in. */
  update(change: Change): void {
    if (this.dependencies.foreign.length > 0) this.#known = undefined;
    this.#states.update(change);
    this.#values?.update(change);
    this.#everSelected ||= this.#states.existing > 0;
  }

  /** Looks again after the start of a step was marked. */
  refresh(): void {
    if (!this.dependencies.start) return;
    this.#known = undefined;
    this.#states.refresh();
  }

  #counted(quantifier: { readonly kind: 'count' | 'names'; readonly matcher: Matcher }): boolean {
    const { inState, namesInState } = this.#states;
    const value = quantifier.kind === 'count' ? inState : [...namesInState].sort(compareNatural);
    // Counts are of no object: `it` has nothing to refer to.
    const place = { world: this.#world, kind: this.clause.selection.of, name: '', object: undefined };
    return matches(quantifier.matcher, value, place) === true;
  }
}

/** Clauses that must hold at one point, live. */
export class LiveGroup {
  readonly group: ClauseGroup;
  readonly clauses: readonly LiveClause[];
  readonly dependencies: Dependencies;

  constructor(group: ClauseGroup, options: { readonly world: World; readonly reading?: Reading }) {
    this.group = group;
    this.clauses = group.clauses.map(
      (clause) => new LiveClause(clause, { world: options.world, reading: options.reading ?? 'each' }),
    );
    this.dependencies = joinDependencies(this.clauses.map((clause) => clause.dependencies));
  }

  get holds(): boolean {
    for (const clause of this.clauses) if (!clause.holds) return false;
    return true;
  }

  open(): void {
    for (const clause of this.clauses) clause.open();
  }

  update(change: Change): void {
    for (const clause of this.clauses) clause.update(change);
  }

  refresh(): void {
    for (const clause of this.clauses) clause.refresh();
  }
}
