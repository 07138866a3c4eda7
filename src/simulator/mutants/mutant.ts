// What a mutant is: a cluster that is wrong in one way, so that scenarios can show that they would notice. Data, and a small
// function at one of few seams; the simulator itself knows nothing of mutants.

import type { KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { ActorName } from '../actors.ts';
import type { ApiServer } from '../api/server.ts';
import type { Strategy } from '../api/strategy.ts';

/** A deliberately wrong simulator. */
export interface Mutant {
  /** Stable, in kebab-case: what command lines and traces say. */
  readonly id: string;
  /** One sentence: what it does wrong, and why somebody would make that mistake. */
  readonly about: string;
  /** Id of the behaviour that it breaks, as the comments of the simulator cite it. */
  readonly breaks: string;
  readonly seams: readonly Seam[];
}

/** One place at which a mutant is wrong. */
export type Seam =
  /** Actors perceive the objects of a kind otherwise than they are stored. */
  | {
      readonly kind: 'view';
      readonly actors: readonly ActorName[];
      readonly of: KindKey;
      readonly look: (object: KubernetesObject) => KubernetesObject;
    }
  /** Actors make other API calls than they decided on: dropped, in another order, with other content. */
  | { readonly kind: 'deeds'; readonly actors: readonly ActorName[]; readonly alter: AlterCalls }
  /** The API server has another rule for kinds. */
  | { readonly kind: 'rule'; readonly alter: (strategy: Strategy) => Strategy }
  /** The API server takes requests for something else. */
  | { readonly kind: 'door'; readonly alter: AlterCalls };

/** The calls that are made otherwise; `api` is the right server. */
export type AlterCalls = (api: ApiServer) => Partial<Pick<ApiServer, 'create' | 'update' | 'delete' | 'handle'>>;

/** A view of one actor, or of several. The caller names the type of the kind's objects, as at a cast. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- see above
export function sees<T extends KubernetesObject>(
  actors: ActorName | readonly ActorName[],
  of: KindKey,
  look: (object: T) => KubernetesObject,
): Seam {
  const names = typeof actors === 'string' ? [actors] : actors;
  return { kind: 'view', actors: names, of, look: (object) => look(object as T) };
}

/** Other deeds of one actor, or of several. */
export function does(actors: ActorName | readonly ActorName[], alter: AlterCalls): Seam {
  return { kind: 'deeds', actors: typeof actors === 'string' ? [actors] : actors, alter };
}

/** Another rule for some kinds. */
export function ruled(kinds: readonly KindKey[] | 'every', alter: (strategy: Strategy) => Partial<Strategy>): Seam {
  return {
    kind: 'rule',
    alter: (strategy) =>
      kinds === 'every' || kinds.includes(strategy.kind.key) ? { ...strategy, ...alter(strategy) } : strategy,
  };
}

/** An object with other members in its spec. */
export function withSpecMembers(
  object: KubernetesObject,
  members: Readonly<Record<string, unknown>>,
): KubernetesObject {
  return { ...object, spec: { ...(object['spec'] as object), ...members } };
}
