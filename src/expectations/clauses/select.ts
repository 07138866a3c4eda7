// Which objects a selection means at a point.

import { controllerOf } from '../../kubernetes/object.ts';
import { compareNatural, matchesPattern, ordinalOf } from '../../kubernetes/names.ts';
import { matches } from '../matchers/matches.ts';
import { stateHolds } from './state.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { Selection, WhereSelection } from '../../scenario/model.ts';
import type { World } from '../../trace/world.ts';

/** Chains of controllers are short (Deployment, ReplicaSet, Pod); a longer one is a circle. */
const ownersMax = 8;

/**
 * The names that a selection means now. Named objects come in written order, whether they exist or not; patterns and
 * conditions give the existing objects, names in natural order.
 */
export function selectNames(selection: Selection, world: World): readonly string[] {
  if (selection.kind === 'names') return selection.names;
  const names: string[] = [];
  for (const [name, object] of world.objects(selection.of)) {
    if (isSelected(selection, object, world)) names.push(name);
  }
  return names.sort(compareNatural);
}

/** Whether a selection means an object, which is of the selection's kind and need not exist any more. */
export function isSelected(selection: Selection, object: KubernetesObject, world: World): boolean {
  const { name } = object.metadata;
  if (selection.kind === 'names') return selection.names.includes(name);
  if (selection.kind === 'pattern') return matchesPattern(name, selection.pattern);
  return meetsConditions(selection, object, world);
}

function meetsConditions(selection: WhereSelection, object: KubernetesObject, world: World): boolean {
  const { name, labels } = object.metadata;
  const place = { world, kind: selection.of, name, object };
  if (selection.name !== undefined && matches(selection.name, name, place) !== true) return false;
  if (selection.labels !== undefined && matches(selection.labels, labels ?? {}, place) !== true) return false;
  if (selection.ordinal !== undefined) {
    // Names without an ordinal are never selected by one, not even by `not`.
    const ordinal = ordinalOf(name);
    if (ordinal === undefined || matches(selection.ordinal, ordinal, place) !== true) return false;
  }
  if (selection.ownedBy !== undefined && !isOwnedBy(object, selection.ownedBy, world)) return false;
  return selection.where === undefined || stateHolds(selection.where, place);
}

/**
 * Follows controller references by uid up to the object that bears the owner's name, or bore it last: dependents that
 * outlive their owner are still its own until another one takes the name.
 */
function isOwnedBy(
  object: KubernetesObject,
  owner: { readonly of: KindKey; readonly name: string },
  world: World,
): boolean {
  const uid = world.last(owner.of, owner.name)?.metadata.uid;
  if (uid === undefined) return false;
  let current: KubernetesObject | undefined = object;
  for (let depth = 0; depth < ownersMax && current !== undefined; depth += 1) {
    const reference = controllerOf(current);
    if (reference === undefined) return false;
    if (reference.uid === uid) return true;
    current = world.lastByUid(reference.uid);
  }
  return false;
}
