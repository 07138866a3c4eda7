// Lays two outputs side by side so that as little as possible differs.

import type { ComparedLine } from './compared-lines.ts';

/** What became of a line of either side. */
export type Pairing =
  | { readonly kind: 'same' | 'changed'; readonly expected: ComparedLine; readonly actual: ComparedLine }
  | { readonly kind: 'missing' | 'skipped'; readonly expected: ComparedLine }
  | { readonly kind: 'extra'; readonly actual: ComparedLine };

const lostCost = 2;
/** Two lines about one object are told together, also where `…` could take the printed one. */
const changedCost = 1;
/** Beyond this many comparisons the rest is laid side by side line by line: nobody reads such a diff. */
const cellsMax = 4_000_000;

/** Pairs the lines in their order; `…` takes any number of printed lines for nothing. */
export function align(expected: readonly ComparedLine[], actual: readonly ComparedLine[]): readonly Pairing[] {
  let begin = 0;
  const pairs: Pairing[] = [];
  for (; begin < expected.length && begin < actual.length; begin += 1) {
    const [left, right] = [expected[begin], actual[begin]];
    if (left === undefined || right === undefined || left.kind === 'skip' || !isSame(left, right)) break;
    pairs.push({ kind: 'same', expected: left, actual: right });
  }
  const rest = { expected: expected.slice(begin), actual: actual.slice(begin) };
  const large = (rest.expected.length + 1) * (rest.actual.length + 1) > cellsMax;
  return [...pairs, ...(large ? inStep(rest) : cheapest(rest))];
}

interface Sides {
  readonly expected: readonly ComparedLine[];
  readonly actual: readonly ComparedLine[];
}

function isSame(expected: ComparedLine, actual: ComparedLine): boolean {
  if (expected.kind === 'header' || actual.kind === 'header') return expected.key === actual.key;
  if (expected.fitted && actual.fitted) return expected.key === actual.key;
  return expected.looseKey === actual.looseKey;
}

/** Whether two different lines speak of the same thing. */
function isAbout(expected: ComparedLine, actual: ComparedLine): boolean {
  if (expected.kind !== actual.kind) return false;
  if (expected.kind === 'header') return true;
  if (expected.kind === 'row' && expected.name !== '') return expected.elided[0] === actual.elided[0];
  return firstWord(expected) === firstWord(actual);
}

function firstWord({ elided }: ComparedLine): string {
  return /^\S*/u.exec(elided[0] ?? '')?.[0] ?? '';
}

/** The cost of what lies behind each pair of places, from the end to the beginning; then the way of least cost. */
function cheapest({ expected, actual }: Sides): readonly Pairing[] {
  const width = actual.length + 1;
  const costs = new Uint32Array((expected.length + 1) * width);
  const costAt = (row: number, column: number): number => costs[row * width + column] ?? 0;
  const pairCost = (left: ComparedLine, right: ComparedLine): number =>
    isSame(left, right) ? 0 : isAbout(left, right) ? changedCost : Infinity;
  for (let row = expected.length; row >= 0; row -= 1) {
    const left = expected[row];
    const skip = left?.kind === 'skip';
    for (let column = actual.length; column >= 0; column -= 1) {
      const right = actual[column];
      if (left === undefined && right === undefined) continue;
      let cost = left === undefined ? Infinity : costAt(row + 1, column) + (skip ? 0 : lostCost);
      if (right !== undefined) {
        cost = Math.min(cost, costAt(row, column + 1) + (skip ? 0 : lostCost));
        if (left !== undefined && !skip) cost = Math.min(cost, costAt(row + 1, column + 1) + pairCost(left, right));
      }
      costs[row * width + column] = cost;
    }
  }
  return walk({ expected, actual }, { costAt, pairCost });
}

interface Costs {
  readonly costAt: (row: number, column: number) => number;
  readonly pairCost: (left: ComparedLine, right: ComparedLine) => number;
}

function walk({ expected, actual }: Sides, { costAt, pairCost }: Costs): readonly Pairing[] {
  const pairs: Pairing[] = [];
  for (let row = 0, column = 0; row < expected.length || column < actual.length;) {
    const [left, right] = [expected[row], actual[column]];
    const cost = costAt(row, column);
    if (left?.kind === 'skip') {
      if (right !== undefined && costAt(row, column + 1) === cost && costAt(row + 1, column) !== cost) column += 1;
      else {
        pairs.push({ kind: 'skipped', expected: left });
        row += 1;
      }
    } else if (
      left !== undefined &&
      right !== undefined &&
      costAt(row + 1, column + 1) + pairCost(left, right) === cost
    ) {
      pairs.push({ kind: isSame(left, right) ? 'same' : 'changed', expected: left, actual: right });
      row += 1;
      column += 1;
    } else if (left !== undefined && costAt(row + 1, column) + lostCost === cost) {
      pairs.push({ kind: 'missing', expected: left });
      row += 1;
    } else if (right !== undefined) {
      pairs.push({ kind: 'extra', actual: right });
      column += 1;
    }
  }
  return pairs;
}

function inStep({ expected, actual }: Sides): readonly Pairing[] {
  const pairs: Pairing[] = [];
  for (let at = 0; at < Math.max(expected.length, actual.length); at += 1) {
    const [left, right] = [expected[at], actual[at]];
    if (left !== undefined && right !== undefined && isSame(left, right))
      pairs.push({ kind: 'same', expected: left, actual: right });
    else {
      if (left !== undefined) pairs.push({ kind: 'missing', expected: left });
      if (right !== undefined) pairs.push({ kind: 'extra', actual: right });
    }
  }
  return pairs;
}
