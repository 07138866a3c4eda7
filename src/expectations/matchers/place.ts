// Where something is read: one object at one point. Matchers read operands (`valueOf`) at the same point.

import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { World } from '../../trace/world.ts';

/** An object, or the name of one that may not exist, in the world at a point. */
export interface Place {
  readonly world: World;
  readonly kind: KindKey;
  readonly name: string;
  /** `it`; undefined when nothing bears the name. */
  readonly object: KubernetesObject | undefined;
}

/** The place of a name as it is now. */
export function placeOf(world: World, kind: KindKey, name: string): Place {
  return { world, kind, name, object: world.get(kind, name) };
}
