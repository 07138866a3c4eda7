// What a controller is: it is woken by changes that its informers show it, and reconciles one key at a time in a pass
// that yields its API calls. No pass may cost O(replicas).

import type { KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { ApiServer, Result } from '../api/server.ts';
import type { Clock, Micros } from '../clock.ts';
import type { Profile } from '../profile.ts';
import type { Random } from '../random.ts';
import type { Change, Lister, ObjectKey } from '../store/store.ts';

/** One API call of a pass, made when virtual time has reached it. */
export type Call = () => Result;

/**
 * How a pass ended: with an error it is tried again with back-off; `requeueAfter` asks for another pass then, or takes back
 * (`never`) what an earlier pass asked for. Without it, that stands.
 */
export type PassOutcome =
  | { readonly kind: 'done'; readonly requeueAfter?: Micros | 'never' }
  | { readonly kind: 'error'; readonly message: string };

/** A pass. Yielding a call returns its result; yielding a list makes one concurrent batch and returns the results in its order. */
export type Pass = Generator<Call | readonly Call[], PassOutcome, Result & readonly Result[]>;

/** A controller's view of the cluster: caches of the kinds that it watches, each lagging by what the profile draws. */
export interface Informer extends Lister {
  /** The order of the newest change that a kind's cache has seen. */
  seen(kind: KindKey): number;
  /** Called when a change reaches the cache, after it is applied. */
  on(kind: KindKey, handler: (change: Change) => void): void;
}

/** What an actor of the control plane is given. */
export interface Plant {
  readonly clock: Clock;
  readonly random: Random;
  readonly api: ApiServer;
  readonly profile: Profile;
  readonly events: EventRecorder;
}

/** Records Events with client-go's aggregation and spam filter, before any object is built. */
export interface EventRecorder {
  record(event: {
    readonly component: string;
    readonly host?: string;
    readonly about: KubernetesObject;
    readonly fieldPath?: string | undefined;
    readonly type: 'Normal' | 'Warning';
    readonly reason: string;
    readonly message: string;
  }): void;
}

/** A reconciler of one kind. */
export interface Controller {
  /** As upstream calls it: `statefulset-controller`. */
  readonly name: string;
  /** Number of keys that are reconciled at the same time. */
  readonly workers: number;
  /** Called once: registers handlers on the informer that call `enqueue`. */
  start(informer: Informer, queue: WorkQueue): void;
  reconcile(key: ObjectKey): Pass;
}

/** The controller's work queue: a key is in it at most once, and never in two workers. */
export interface WorkQueue {
  enqueue(key: ObjectKey): void;
  enqueueAfter(key: ObjectKey, delay: Micros): void;
}
