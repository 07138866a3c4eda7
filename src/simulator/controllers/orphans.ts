// Objects that nobody controls, by namespace: the candidates for adoption, without a look at everybody else's (STS-OWN-01).

import { controllerOf } from '../../kubernetes/object.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { ObjectKey } from '../store/store.ts';
import type { Informer } from './controller.ts';

const none: ReadonlyMap<ObjectKey, KubernetesObject> = new Map();

/** The objects of one kind without a controller. */
export class Orphans {
  readonly #byNamespace = new Map<string, Map<ObjectKey, KubernetesObject>>();

  /** Follows a kind's cache. */
  constructor(informer: Informer, kind: KindKey) {
    for (const [key, object] of informer.list(kind)) this.#put(key, object);
    informer.on(kind, ({ key, object, type }) => {
      if (type === 'DELETED') this.#byNamespace.get(object.metadata.namespace ?? '')?.delete(key);
      else this.#put(key, object);
    });
  }

  /** The orphans of a namespace. */
  of(namespace: string | undefined): ReadonlyMap<ObjectKey, KubernetesObject> {
    return this.#byNamespace.get(namespace ?? '') ?? none;
  }

  #put(key: ObjectKey, object: KubernetesObject): void {
    const namespace = object.metadata.namespace ?? '';
    let orphans = this.#byNamespace.get(namespace);
    if (controllerOf(object) !== undefined) {
      orphans?.delete(key);
      return;
    }
    if (orphans === undefined) this.#byNamespace.set(namespace, (orphans = new Map()));
    orphans.set(key, object);
  }
}
