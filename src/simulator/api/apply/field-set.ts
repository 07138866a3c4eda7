// Sets of field paths, as `managedFields` carries them (FieldsV1), with the operations that ownership needs. Follows
// structured-merge-diff's fieldpath.Set.

import type { Json, JsonObject } from '../../../kubernetes/object.ts';
import { isJsonObject } from '../../../kubernetes/patch/with-members.ts';

/**
 * A set of paths as a tree; every step is written as in FieldsV1: `f:name`, `k:{"name":"nginx"}`, `v:"x"`, `i:0`. A path is in the set when
 * the tree's node at its end is a `member`. Immutable.
 */
export interface FieldSet {
  readonly member: boolean;
  readonly below: ReadonlyMap<string, FieldSet>;
}

/** One step of a path, in the notation of FieldsV1. */
export type FieldStep = string;

/** The set without a path. */
export const emptySet: FieldSet = { member: false, below: new Map() };

/** Whether no path is in the set. */
export function isEmptySet(set: FieldSet): boolean {
  return !set.member && set.below.size === 0;
}

/** The set of these paths. */
export function setOfPaths(paths: readonly (readonly FieldStep[])[]): FieldSet {
  if (paths.length === 0) return emptySet;
  const root = new Node();
  for (const path of paths) {
    let node = root;
    for (const step of path) {
      let next = node.below.get(step);
      if (next === undefined) node.below.set(step, (next = new Node()));
      node = next;
    }
    node.member = true;
  }
  return root;
}

/** Paths that are in one of the sets; `a` itself when all of `b` are in it. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a)) return b;
  if (isEmptySet(b) || a === b) return a;
  let changed: Map<string, FieldSet> | undefined;
  for (const [step, theirs] of b.below) {
    const mine = a.below.get(step);
    const both = mine === undefined ? theirs : union(mine, theirs);
    if (both === mine) continue;
    changed ??= new Map(a.below);
    changed.set(step, both);
  }
  if (changed === undefined && (a.member || !b.member)) return a;
  return { member: a.member || b.member, below: changed ?? a.below };
}

/** Paths that are in both sets. */
export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (inA, inB) => inA && inB);
}

/** Paths that are in `a` and not in `b`; what has nothing in common with `b` is the part of `a` itself. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(b) || isEmptySet(a)) return a;
  let changed: Map<string, FieldSet> | undefined;
  for (const [step, mine] of a.below) {
    const theirs = b.below.get(step);
    if (theirs === undefined) continue;
    const left = difference(mine, theirs);
    if (left === mine) continue;
    changed ??= new Map(a.below);
    if (isEmptySet(left)) changed.delete(step);
    else changed.set(step, left);
  }
  if (changed === undefined && !(a.member && b.member)) return a;
  return { member: a.member && !b.member, below: changed ?? a.below };
}

/** Whether the same paths are in both sets. */
export function sameSet(a: FieldSet, b: FieldSet): boolean {
  if (a === b) return true;
  if (a.member !== b.member || a.below.size !== b.below.size) return false;
  return [...a.below].every(([step, set]) => sameSet(set, b.below.get(step) ?? emptySet));
}

/** The set without everything below (and at) some first steps. */
export function withoutBranches(set: FieldSet, steps: readonly FieldStep[]): FieldSet {
  if (!steps.some((step) => set.below.has(step))) return set;
  return { member: set.member, below: new Map([...set.below].filter(([step]) => !steps.includes(step))) };
}

/** The set with the paths of all named fields on the way to its members: what holds an owned field is owned along with it. */
export function withNamedFields(set: FieldSet): FieldSet {
  const below = [...set.below].map(([step, child]) => {
    const deeper = withNamedFields(child);
    return [step, step.startsWith('f:') ? { ...deeper, member: true } : deeper] as const;
  });
  return { member: set.member, below: new Map(below) };
}

/** The paths in the set: at each level first its own, then those below, in the order of the encoding. */
export function pathsOf(set: FieldSet): readonly (readonly FieldStep[])[] {
  const steps = [...set.below.keys()].sort(compareSteps);
  const paths: (readonly FieldStep[])[] = [];
  for (const step of steps) {
    if (set.below.get(step)?.member === true) paths.push([step]);
  }
  for (const step of steps) {
    for (const path of pathsOf(set.below.get(step) ?? emptySet)) paths.push([step, ...path]);
  }
  return paths;
}

/** Sets that were written before: those of two versions of an object share most of their parts. */
const encodings = new WeakMap<FieldSet, JsonObject>();
const nothing: JsonObject = {};

/** Writes a set as FieldsV1: a node that has others below says `".": {}` when it is in the set itself. */
export function encodeSet(set: FieldSet): JsonObject {
  if (set.below.size === 0) return nothing;
  const known = encodings.get(set);
  if (known !== undefined) return known;
  const encoded: Record<string, JsonObject> = {};
  if (set.member) encoded['.'] = nothing;
  for (const step of [...set.below.keys()].sort(compareSteps))
    encoded[step] = encodeSet(set.below.get(step) ?? emptySet);
  encodings.set(set, encoded);
  return encoded;
}

/** Reads FieldsV1. */
export function decodeSet(fields: Json | undefined): FieldSet {
  return decodeNode(isJsonObject(fields) ? fields : {}, false);
}

/** A set while it is being built. */
class Node implements FieldSet {
  member = false;
  readonly below = new Map<string, Node>();
}

function combine(a: FieldSet, b: FieldSet, keep: (inA: boolean, inB: boolean) => boolean): FieldSet {
  const below = new Map<string, FieldSet>();
  for (const [step, set] of a.below) {
    const combined = combine(set, b.below.get(step) ?? emptySet, keep);
    if (!isEmptySet(combined)) below.set(step, combined);
  }
  return { member: keep(a.member, b.member), below };
}

function decodeNode(fields: JsonObject, isStep: boolean): FieldSet {
  const below = new Map<string, FieldSet>();
  for (const [step, deeper] of Object.entries(fields)) {
    if (step !== '.' && isJsonObject(deeper)) below.set(step, decodeNode(deeper, true));
  }
  return { member: isStep && (below.size === 0 || '.' in fields), below };
}

/** Named fields first, then elements by key, by value, by place; each by code unit. */
function compareSteps(a: FieldStep, b: FieldStep): number {
  return 'fkvi'.indexOf(a.charAt(0)) - 'fkvi'.indexOf(b.charAt(0)) || (a < b ? -1 : a > b ? 1 : 0);
}
