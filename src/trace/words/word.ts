// What a word of a state is: a value that can be read from an object.

import type { Json, KubernetesObject } from '../../kubernetes/object.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { Change } from '../change.ts';
import type { World } from '../world.ts';

/** Where a word is read. */
export interface WordContext {
  readonly world: World;
  readonly kind: KindKey;
  readonly name: string;
}

/** One word of table S. */
export interface Word {
  /** The value; undefined where the object has none. */
  readonly read: (object: KubernetesObject, context: WordContext) => Json | undefined;
  /**
   * How a matcher meets the value. `value`: as it is. `any`: the value is a list and one member must match. `every`: the
   * value is a map; a map of matchers matches it by name, any other matcher must match each of its values.
   */
  readonly meets: 'value' | 'any' | 'every';
  /** Whether a change of another object can change the value. */
  readonly foreign?: (change: Change) => boolean;
}

/** A word whose value depends on its object alone. */
export function plainWord(read: Word['read']): Word {
  return { read, meets: 'value' };
}

/** A member of an object that is a map; undefined otherwise. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** A list, or an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** A number, or 0 where there is none: absent counters of a status are 0. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** A JSON value as such. */
export function jsonOf(value: unknown): Json | undefined {
  return value as Json | undefined;
}

/** The status of a condition; undefined where there is none of the type. */
export function conditionStatus(object: KubernetesObject, type: string): string | undefined {
  for (const condition of listOf(member(object['status'], 'conditions'))) {
    if (member(condition, 'type') === type) return member(condition, 'status') as string | undefined;
  }
  return undefined;
}

/** Whether the controller has seen the newest generation. Objects without generations have nothing to observe. */
export function generationObserved(object: KubernetesObject): boolean {
  const { generation } = object.metadata;
  if (generation === undefined) return true;
  return numberOf(member(object['status'], 'observedGeneration')) >= generation;
}
