// The claims' half of the volume binder (BINDER; pkg/controller/volume/persistentvolume/pv_controller.go): finds a volume
// for a claim, or says why there is none, or asks a provisioner.

import { follow } from '../follow.ts';
import { keyOf, podKind } from '../kubelet/pod.ts';
import { bind, failed } from './binding.ts';
import { ClaimUsers } from './claim-users.ts';
import { defaultClass } from './storage-class.ts';
import { UnmatchedClaims } from './unmatched-claims.ts';
import { VolumeIndex } from './volume-index.ts';
import {
  annotation,
  capacityOf,
  claimKind,
  classKind,
  classOf,
  requestOf,
  volumeKind,
  waitsForConsumer,
} from './volume.ts';
import type { Controller, Informer, Pass, PassOutcome, Plant, WorkQueue } from '../controllers/controller.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { ObjectKey } from '../store/store.ts';
import type { Claim, Volume } from './volume.ts';
import type { Writes } from './binding.ts';

const done: PassOutcome = { kind: 'done' };
const manager = 'kube-controller-manager';

/** Creates the controller that binds claims. Its index of volumes follows the store without lag, as its own writes would. */
export function createClaimController(plant: Plant): Controller {
  return new ClaimController(plant);
}

class ClaimController implements Controller {
  readonly name = 'persistentvolume-binder-controller';
  readonly workers = 1;
  readonly #plant: Plant;
  readonly #volumes = new VolumeIndex();
  readonly #users = new ClaimUsers();
  #unmatched: UnmatchedClaims | undefined;

  constructor(plant: Plant) {
    this.#plant = plant;
  }

  start(informer: Informer, queue: WorkQueue): void {
    const { api, clock } = this.#plant;
    follow(api.store, volumeKind, (change) => this.#volumes.observe(change));
    follow(api.store, podKind, (change) => this.#users.observe(change));
    const unmatched = new UnmatchedClaims(clock, (claims) => {
      for (const claim of claims) queue.enqueue(claim);
    });
    this.#unmatched = unmatched;
    informer.on(claimKind, ({ key }) => queue.enqueue(key));
    informer.on(volumeKind, ({ object }) => {
      const { claimRef, storageClassName = '' } = (object as Volume).spec;
      if (claimRef !== undefined) queue.enqueue(`${claimRef.namespace}/${claimRef.name}`);
      else unmatched.reconsider(storageClassName, (claim) => this.#hasMatch(claim));
    });
    informer.on(classKind, ({ object }) => {
      unmatched.reconsider(object.metadata.name, always);
      // Claims without a class get the default one when there is one (PVC-NEW-04).
      if (defaultClass(api.store) !== undefined) unmatched.reconsider('', (claim) => this.#isClassless(claim));
    });
  }

  *reconcile(key: ObjectKey): Pass {
    const claim = this.#plant.api.store.get(claimKind, key) as Claim | undefined;
    this.#unmatched?.remove(key);
    if (claim === undefined) return done;
    const completed = claim.metadata.annotations?.[annotation.bindCompleted] !== undefined;
    const outcome = yield* completed ? this.#keep(claim) : this.#find(claim);
    return outcome ?? done;
  }

  /** A claim that was bound stays bound to its volume, or is lost. */
  *#keep(claim: Claim): Writes {
    const { volumeName = '' } = claim.spec;
    const volume = this.#volume(volumeName);
    const holder = volume?.spec.claimRef?.uid ?? '';
    if (volumeName === '') {
      return yield* this.#lose(
        claim,
        'ClaimLost',
        'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!',
      );
    }
    if (volume === undefined) {
      return yield* this.#lose(
        claim,
        'ClaimLost',
        'Bound claim has lost its PersistentVolume. Data on the volume is lost!',
      );
    }
    if (volume.spec.claimRef === undefined || holder === claim.metadata.uid)
      return yield* bind(this.#plant, volume, claim);
    return yield* this.#lose(
      claim,
      'ClaimMisbound',
      'Two claims are bound to the same volume, this one is bound incorrectly',
    );
  }

  *#lose(claim: Claim, reason: string, message: string): Writes {
    if (claim.status?.phase === 'Lost') return undefined;
    const lost = yield () =>
      this.#plant.api.update(claimKind, keyOf(claim), (stored) => ({ ...stored, status: { phase: 'Lost' } }), {
        subresource: 'status',
        uid: claim.metadata.uid,
        manager,
      });
    if (!lost.ok) return failed(lost);
    this.#say(claim, 'Warning', reason, message);
    return undefined;
  }

  *#find(claim: Claim): Writes {
    if ((claim.spec.volumeName ?? '') !== '') return yield* this.#takeNamed(claim);
    const delayed = waitsForConsumer(this.#plant.api.store, claim);
    const volume = this.#volumes.reservedFor(claim) ?? (delayed ? undefined : this.#volumes.bestMatch(claim));
    if (volume !== undefined) return yield* bind(this.#plant, volume, claim);
    const { store } = this.#plant.api;
    if (claim.spec.storageClassName === undefined && defaultClass(store) !== undefined) {
      return yield* this.#giveDefaultClass(claim);
    }
    this.#unmatched?.add(keyOf(claim), claim.spec.storageClassName ?? '');
    if (delayed && claim.metadata.annotations?.[annotation.selectedNode] === undefined) {
      this.#sayWhatIsAwaited(claim);
      return undefined;
    }
    if ((claim.spec.storageClassName ?? '') !== '') return yield* this.#provision(claim);
    this.#say(
      claim,
      'Normal',
      'FailedBinding',
      'no persistent volumes available for this claim and no storage class is set',
    );
    return undefined;
  }

  /** The user named the volume: it must satisfy the claim, all but its selector (PV-BIND-08). */
  *#takeNamed(claim: Claim): Writes {
    const { volumeName = '' } = claim.spec;
    const volume = this.#volume(volumeName);
    if (volume === undefined) return undefined;
    const { claimRef } = volume.spec;
    const mine = claimRef?.name === claim.metadata.name && claimRef.namespace === claim.metadata.namespace;
    if (claimRef !== undefined && !(mine && ['', undefined, claim.metadata.uid].includes(claimRef.uid))) {
      this.#say(claim, 'Warning', 'FailedBinding', `volume "${volumeName}" already bound to a different claim.`);
      return undefined;
    }
    const mismatch = claimRef === undefined ? mismatchOf(volume, claim) : undefined;
    if (mismatch === undefined) return yield* bind(this.#plant, volume, claim);
    this.#say(claim, 'Warning', 'VolumeMismatch', `Cannot bind to requested volume "${volumeName}": ${mismatch}`);
    return undefined;
  }

  *#giveDefaultClass(claim: Claim): Writes {
    const { api } = this.#plant;
    const storageClassName = defaultClass(api.store)?.metadata.name ?? '';
    const options = { uid: claim.metadata.uid, manager };
    const given = yield () =>
      api.update(claimKind, keyOf(claim), (stored) => withClass(stored as Claim, storageClassName), options);
    return given.ok ? undefined : failed(given);
  }

  /** Tells the provisioner that the claim is its business (PROV-01); the rest is up to it. */
  *#provision(claim: Claim): Writes {
    const { api } = this.#plant;
    const name = claim.spec.storageClassName ?? '';
    const provisioner = classOf(api.store, claim)?.provisioner;
    if (provisioner === undefined) {
      this.#say(claim, 'Warning', 'ProvisioningFailed', `storageclass.storage.k8s.io "${name}" not found`);
      return undefined;
    }
    if (provisioner.startsWith('kubernetes.io/')) {
      this.#say(claim, 'Warning', 'ProvisioningFailed', `no volume plugin matched name: ${provisioner}`);
      return undefined;
    }
    if (claim.metadata.annotations?.[annotation.provisioner] !== provisioner) {
      const annotations = { [annotation.provisionerBeta]: provisioner, [annotation.provisioner]: provisioner };
      const options = { uid: claim.metadata.uid, manager };
      const told = yield () =>
        api.update(claimKind, keyOf(claim), (stored) => annotated(stored as Claim, annotations), options);
      if (!told.ok) return failed(told);
      claim = told.value as Claim;
    }
    this.#say(claim, 'Normal', 'ExternalProvisioning', externalProvisioning(provisioner));
    return undefined;
  }

  #sayWhatIsAwaited(claim: Claim): void {
    const { store } = this.#plant.api;
    for (const key of this.#users.of(keyOf(claim))) {
      const pod = store.get(podKind, key) as Pod | undefined;
      if (pod === undefined || pod.spec.nodeName !== undefined) continue;
      this.#say(claim, 'Normal', 'WaitForPodScheduled', `waiting for pod ${pod.metadata.name} to be scheduled`);
      return;
    }
    this.#say(claim, 'Normal', 'WaitForFirstConsumer', 'waiting for first consumer to be created before binding');
  }

  #say(claim: Claim, type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#plant.events.record({ component: 'persistentvolume-controller', about: claim, type, reason, message });
  }

  #volume(name: string): Volume | undefined {
    return this.#plant.api.store.get(volumeKind, name) as Volume | undefined;
  }

  #hasMatch(key: ObjectKey): boolean {
    const claim = this.#plant.api.store.get(claimKind, key) as Claim | undefined;
    if (claim === undefined || waitsForConsumer(this.#plant.api.store, claim)) return false;
    return this.#volumes.bestMatch(claim) !== undefined;
  }

  #isClassless(key: ObjectKey): boolean {
    const claim = this.#plant.api.store.get(claimKind, key) as Claim | undefined;
    return claim !== undefined && claim.spec.storageClassName === undefined;
  }
}

function mismatchOf(volume: Volume, claim: Claim): string | undefined {
  if (volume.metadata.deletionTimestamp !== undefined) {
    return `the volume is marked for deletion "${volume.metadata.name}"`;
  }
  if (capacityOf(volume) < requestOf(claim)) return 'requested PV is too small';
  if ((volume.spec.storageClassName ?? '') !== (claim.spec.storageClassName ?? ''))
    return 'storageClassName does not match';
  if ((volume.spec.volumeMode ?? 'Filesystem') !== (claim.spec.volumeMode ?? 'Filesystem'))
    return 'incompatible volumeMode';
  const offered = volume.spec.accessModes ?? [];
  return (claim.spec.accessModes ?? []).every((mode) => offered.includes(mode)) ? undefined : 'incompatible accessMode';
}

function externalProvisioning(provisioner: string): string {
  return (
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system ` +
    `administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`
  );
}

function annotated(claim: Claim, annotations: Readonly<Record<string, string>>): Claim {
  const { metadata } = claim;
  const all = Object.assign({}, metadata.annotations, annotations);
  return { ...claim, metadata: Object.assign({}, metadata, { annotations: all }) };
}

function withClass(claim: Claim, storageClassName: string): Claim {
  return { ...claim, spec: { ...claim.spec, storageClassName } };
}

function always(): boolean {
  return true;
}
