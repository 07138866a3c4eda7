// The list of a field over the objects in a state, matched again only when it has changed. `distinct`, which invariants put
// over many objects, is counted instead: a record costs its own value.

import { compareNatural } from '../../kubernetes/names.ts';
import { fieldReader } from '../matchers/field.ts';
import { matches } from '../matchers/matches.ts';
import { placeOf } from '../matchers/place.ts';
import { operandsOf } from '../matchers/mismatches.ts';
import { independent } from './dependencies.ts';
import type { Json, KubernetesObject } from '../../kubernetes/object.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { Matcher } from '../../scenario/model.ts';
import type { Change } from '../../trace/change.ts';
import type { World } from '../../trace/world.ts';
import type { FieldReader } from '../matchers/field.ts';
import type { Dependencies } from './dependencies.ts';

/** The live list of one field. */
export class LiveValues {
  readonly dependencies: Dependencies;
  readonly #field: FieldReader;
  readonly #matcher: Matcher;
  readonly #of: KindKey;
  readonly #world: World;
  /** Compared with values of other objects, which can change while the list does not. */
  readonly #volatile: boolean;
  readonly #values = new Map<string, Json>();
  /** How often each value occurs, for `distinct`; null is no value. */
  readonly #occurrences = new Map<string, number>();
  #repeated = 0;
  #known: boolean | undefined;

  constructor(
    quantifier: { readonly field: string; readonly matcher: Matcher },
    options: { readonly of: KindKey; readonly world: World },
  ) {
    this.#field = fieldReader(quantifier.field, options.of);
    this.#matcher = quantifier.matcher;
    this.#of = options.of;
    this.#world = options.world;
    this.#volatile = operandsOf(quantifier.matcher).some((operand) => operand.kind === 'valueOf');
    const foreign = this.#field.word?.foreign;
    this.dependencies = foreign === undefined ? independent : { kinds: undefined, foreign: [foreign], start: false };
  }

  /** The values by name, in natural order of the names; null where an object has none. */
  list(): readonly Json[] {
    const names = [...this.#values.keys()].sort(compareNatural);
    return names.map((name) => this.#values.get(name) ?? null);
  }

  /** Whether the list matches. */
  matches(): boolean {
    const matcher = this.#matcher;
    if (matcher.kind === 'distinct') return (this.#repeated === 0) === matcher.distinct;
    const place = { world: this.#world, kind: this.#of, name: '', object: undefined };
    this.#known ??= matches(matcher, this.list(), place) === true;
    return this.#known;
  }

  /** An object is in the state as it is now, or is not (undefined). */
  look(name: string, object: KubernetesObject | undefined): void {
    const old = this.#values.get(name);
    const value = object && (this.#field.read(object, placeOf(this.#world, this.#of, name)) ?? null);
    if (old === value) return;
    this.#known = undefined;
    if (old !== undefined) this.#count(old, -1);
    if (value === undefined) {
      this.#values.delete(name);
      return;
    }
    this.#values.set(name, value);
    this.#count(value, 1);
  }

  /** A change of another object may have changed values, or what they are compared with. */
  update(change: Change): void {
    if (this.#volatile) this.#known = undefined;
    if (!this.dependencies.foreign.some((test) => test(change))) return;
    for (const name of this.#values.keys()) this.look(name, this.#world.get(this.#of, name));
  }

  #count(value: Json, by: 1 | -1): void {
    if (value === null || this.#matcher.kind !== 'distinct') return;
    const key = JSON.stringify(value);
    const count = (this.#occurrences.get(key) ?? 0) + by;
    if (count === 0) this.#occurrences.delete(key);
    else this.#occurrences.set(key, count);
    // A second bearer makes a value repeated, the last but one to go makes it single again.
    if (by === 1 && count === 2) this.#repeated += 1;
    if (by === -1 && count === 1) this.#repeated -= 1;
  }
}
