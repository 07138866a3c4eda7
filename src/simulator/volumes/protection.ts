// Protection of claims and volumes in use: their finalizers are taken off only when nobody uses them (PVC-DEL-02, PV-DEL-01).

import { follow } from '../follow.ts';
import { claimNamesOf, podKind } from '../kubelet/pod.ts';
import { failed } from './binding.ts';
import { ClaimUsers } from './claim-users.ts';
import { claimKind, volumeKind } from './volume.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Controller, Pass, PassOutcome, Plant } from '../controllers/controller.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { ObjectKey } from '../store/store.ts';
import type { Volume } from './volume.ts';

const claimFinalizer = 'kubernetes.io/pvc-protection';
const volumeFinalizer = 'kubernetes.io/pv-protection';
const done: PassOutcome = { kind: 'done' };

/** Creates the controller that lets go of deleted claims once no scheduled pod names them, whatever its phase. */
export function createClaimProtection(plant: Plant): Controller {
  const { store } = plant.api;
  const users = new ClaimUsers();
  follow(store, podKind, (change) => users.observe(change));
  const isUsed = (claim: ObjectKey): boolean =>
    [...users.of(claim)].some((key) => (store.get(podKind, key) as Pod | undefined)?.spec.nodeName !== undefined);
  return {
    name: 'persistentvolumeclaim-protection-controller',
    workers: 1,
    start(informer, queue) {
      informer.on(claimKind, ({ type, key, object }) => {
        if (type !== 'DELETED' && isHeld(object, claimFinalizer)) queue.enqueue(key);
      });
      informer.on(podKind, ({ type, object }) => {
        if (type !== 'DELETED') return;
        for (const name of claimNamesOf(object as Pod)) queue.enqueue(`${object.metadata.namespace}/${name}`);
      });
    },
    *reconcile(key) {
      const claim = store.get(claimKind, key);
      if (claim === undefined || !isHeld(claim, claimFinalizer) || isUsed(key)) return done;
      return yield* release(plant, claimKind, key, claimFinalizer);
    },
  };
}

/** Creates the controller that lets go of deleted volumes that are not Bound. */
export function createVolumeProtection(plant: Plant): Controller {
  const { store } = plant.api;
  return {
    name: 'persistentvolume-protection-controller',
    workers: 1,
    start(informer, queue) {
      informer.on(volumeKind, ({ type, key, object }) => {
        if (type !== 'DELETED' && isHeld(object, volumeFinalizer)) queue.enqueue(key);
      });
    },
    *reconcile(key) {
      const volume = store.get(volumeKind, key) as Volume | undefined;
      if (volume === undefined || !isHeld(volume, volumeFinalizer) || volume.status?.phase === 'Bound') return done;
      return yield* release(plant, volumeKind, key, volumeFinalizer);
    },
  };
}

/** Only the finalizer keeps the object. */
function isHeld({ metadata }: KubernetesObject, finalizer: string): boolean {
  return metadata.deletionTimestamp !== undefined && metadata.finalizers?.includes(finalizer) === true;
}

function* release({ api }: Plant, kind: KindKey, key: ObjectKey, finalizer: string): Pass {
  const released = yield () =>
    api.update(kind, key, (stored) => {
      const finalizers = stored.metadata.finalizers?.filter((name) => name !== finalizer) ?? [];
      return { ...stored, metadata: { ...stored.metadata, finalizers } };
    });
  return released.ok || released.status.code === 404 ? done : failed(released);
}
