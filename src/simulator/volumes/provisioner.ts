// The dynamic provisioner of the class `standard`, as sig-storage's external-provisioner library runs it (VB-03, VB-04,
// PROV, PV-RECLAIM-03): makes a volume for a claim, and deletes it when it is released.

import { draw } from '../profile.ts';
import { failed } from './binding.ts';
import { localPath } from './storage-class.ts';
import { annotation, claimKind, classOf, volumeKind, waitsForConsumer } from './volume.ts';
import type { Manifest } from '../../kubernetes/object.ts';
import type { Controller, Informer, Pass, PassOutcome, Plant, WorkQueue } from '../controllers/controller.ts';
import type { Random } from '../random.ts';
import type { ObjectKey } from '../store/store.ts';
import type { Claim, StorageClass, Volume } from './volume.ts';

const done: PassOutcome = { kind: 'done' };

/** Creates the provisioner. Its keys are those of claims (`namespace/name`) and of volumes (a bare name). */
export function createProvisioner(plant: Plant): Controller {
  return new Provisioner(plant);
}

class Provisioner implements Controller {
  readonly name = localPath;
  readonly workers = 4;
  readonly #plant: Plant;
  readonly #random: Random;
  /** Uids of claims and volumes for which work has begun. */
  readonly #begun = new Set<string>();

  constructor(plant: Plant) {
    this.#plant = plant;
    this.#random = plant.random.stream(`provisioner/${localPath}`);
  }

  start(informer: Informer, queue: WorkQueue): void {
    informer.on(claimKind, ({ type, key, object }) => {
      if (type !== 'DELETED' && this.#isWanted(object as Claim)) queue.enqueue(key);
    });
    informer.on(volumeKind, ({ type, key, object }) => {
      if (type !== 'DELETED' && isToBeDeleted(object as Volume)) queue.enqueue(key);
    });
  }

  *reconcile(key: ObjectKey): Pass {
    const { store } = this.#plant.api;
    if (key.includes('/')) {
      const claim = store.get(claimKind, key) as Claim | undefined;
      return claim === undefined || !this.#isWanted(claim) ? done : yield* this.#provision(claim);
    }
    const volume = store.get(volumeKind, key) as Volume | undefined;
    return volume === undefined || !isToBeDeleted(volume) ? done : yield* this.#delete(volume);
  }

  *#provision(claim: Claim): Pass {
    const { api } = this.#plant;
    const storageClass = classOf(api.store, claim);
    const name = `pvc-${claim.metadata.uid}`;
    if (storageClass === undefined || api.store.get(volumeKind, name) !== undefined) return done;
    const { namespace } = claim.metadata;
    if (this.#begin(claim.metadata.uid)) {
      const message = `External provisioner is provisioning volume for claim "${namespace}/${claim.metadata.name}"`;
      this.#say(claim, 'Provisioning', message);
      return this.#later();
    }
    const created = yield () => api.create(composeVolume(claim, storageClass), { manager: localPath });
    if (!created.ok) return failed(created);
    this.#begun.delete(claim.metadata.uid);
    this.#say(claim, 'ProvisioningSucceeded', `Successfully provisioned volume ${name}`);
    return done;
  }

  *#delete(volume: Volume): Pass {
    const { name, uid } = volume.metadata;
    if (this.#begin(uid)) return this.#later();
    const deleted = yield () => this.#plant.api.delete(volumeKind, name, { preconditions: { uid } });
    this.#begun.delete(uid);
    return deleted.ok || deleted.status.code === 404 ? done : failed(deleted);
  }

  /** True the first time that something is worked at. */
  #begin(uid: string): boolean {
    if (this.#begun.has(uid)) return false;
    this.#begun.add(uid);
    return true;
  }

  #later(): PassOutcome {
    return { kind: 'done', requeueAfter: draw(this.#plant.profile.latencies.provisioning, this.#random) };
  }

  /** The binder named this provisioner, and the node is known if the class waits for one. */
  #isWanted(claim: Claim): boolean {
    const { annotations = {} } = claim.metadata;
    if (annotations[annotation.provisioner] !== localPath || (claim.spec.volumeName ?? '') !== '') return false;
    return annotations[annotation.selectedNode] !== undefined || !waitsForConsumer(this.#plant.api.store, claim);
  }

  #say(about: Claim, reason: string, message: string): void {
    this.#plant.events.record({ component: localPath, about, type: 'Normal', reason, message });
  }
}

function isToBeDeleted({ metadata, spec, status }: Volume): boolean {
  return (
    metadata.annotations?.[annotation.provisionedBy] === localPath &&
    spec.persistentVolumeReclaimPolicy === 'Delete' &&
    status?.phase === 'Released' &&
    metadata.deletionTimestamp === undefined
  );
}

/** The volume for a claim (PROV-02). An Immediate class has no node: the volume can then be reached from everywhere. */
function composeVolume(claim: Claim, storageClass: StorageClass): Manifest {
  const { namespace = '', name, uid, resourceVersion, annotations } = claim.metadata;
  const node = annotations?.[annotation.selectedNode];
  const terms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }];
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `pvc-${uid}`, annotations: { [annotation.provisionedBy]: localPath } },
    spec: {
      accessModes: claim.spec.accessModes,
      capacity: { storage: claim.spec.resources?.requests?.storage },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid, resourceVersion },
      hostPath: { path: `/var/local-path-provisioner/pvc-${uid}_${namespace}_${name}`, type: 'DirectoryOrCreate' },
      ...(node !== undefined && { nodeAffinity: { required: { nodeSelectorTerms: terms } } }),
      ...(storageClass.mountOptions !== undefined && { mountOptions: storageClass.mountOptions }),
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      storageClassName: storageClass.metadata.name,
      volumeMode: claim.spec.volumeMode ?? 'Filesystem',
    },
  };
}
