// The volumes' half of the volume binder (BINDER, PV-RECLAIM): the phase of a volume follows its claim, and what becomes of
// it without one follows its reclaim policy.

import { bindlessVolume } from './unbind.ts';
import { failed, setPhase } from './binding.ts';
import { annotation, claimKind, volumeKind } from './volume.ts';
import type { Controller, Informer, Pass, PassOutcome, Plant, WorkQueue } from '../controllers/controller.ts';
import type { ObjectKey } from '../store/store.ts';
import type { Claim, Volume } from './volume.ts';
import type { Writes } from './binding.ts';

const done: PassOutcome = { kind: 'done' };
const manager = 'kube-controller-manager';

/** Creates the controller of volumes' phases. */
export function createVolumeController(plant: Plant): Controller {
  return new VolumeController(plant);
}

class VolumeController implements Controller {
  readonly name = 'persistentvolume-binder-controller/volumes';
  readonly workers = 1;
  readonly #plant: Plant;

  constructor(plant: Plant) {
    this.#plant = plant;
  }

  start(informer: Informer, queue: WorkQueue): void {
    informer.on(volumeKind, ({ type, key }) => {
      if (type !== 'DELETED') queue.enqueue(key);
    });
    informer.on(claimKind, ({ object, old }) => {
      const now = (object as Claim).spec.volumeName ?? '';
      const before = (old as Claim | undefined)?.spec.volumeName ?? '';
      if (now !== '') queue.enqueue(now);
      if (before !== '' && before !== now) queue.enqueue(before);
    });
  }

  *reconcile(key: ObjectKey): Pass {
    const volume = this.#plant.api.store.get(volumeKind, key) as Volume | undefined;
    if (volume === undefined) return done;
    return (yield* this.#follow(volume)) ?? done;
  }

  *#follow(volume: Volume): Writes {
    const { claimRef } = volume.spec;
    if ((claimRef?.uid ?? '') === '') return yield* this.#enter(volume, 'Available');
    const key = `${claimRef?.namespace}/${claimRef?.name}`;
    const claim = this.#plant.api.store.get(claimKind, key) as Claim | undefined;
    if (claim?.metadata.uid !== claimRef?.uid) return yield* this.#release(volume);
    const named = claim?.spec.volumeName ?? '';
    if (named === volume.metadata.name) return yield* this.#enter(volume, 'Bound');
    // The claims' half is about to choose this volume, or has chosen another one.
    if (named === '') return undefined;
    return yield* isProvisioned(volume) && volume.spec.persistentVolumeReclaimPolicy === 'Delete'
      ? this.#release(volume)
      : this.#unbind(volume);
  }

  *#enter(volume: Volume, phase: 'Available' | 'Bound'): Writes {
    if (volume.status?.phase === phase) return undefined;
    const entered = yield () => setPhase(this.#plant, volume.metadata.name, { phase, ...versionOf(volume) });
    return entered.ok ? undefined : failed(entered);
  }

  /** The claim is gone, or another one bears its name: the volume is never given to that one (PV-RECLAIM-01, -02). */
  *#release(volume: Volume): Writes {
    const { name } = volume.metadata;
    const { phase } = volume.status ?? {};
    if (phase !== 'Released' && phase !== 'Failed') {
      const released = yield () => setPhase(this.#plant, name, { phase: 'Released', ...versionOf(volume) });
      if (!released.ok) return failed(released);
    }
    const { persistentVolumeReclaimPolicy: policy } = volume.spec;
    if (policy === 'Delete' && !isProvisioned(volume)) return yield* this.#destroy(volume);
    if (policy === 'Recycle') {
      const message = 'No recycler plugin found for the volume!';
      return yield* this.#fail(volume, 'VolumeFailedRecycle', message);
    }
    return undefined;
  }

  /** Only a volume under /tmp of the host can be deleted without a provisioner. */
  *#destroy(volume: Volume): Writes {
    const { name } = volume.metadata;
    const path = volume.spec.hostPath?.path;
    if (path?.startsWith('/tmp/') === true) {
      if (volume.metadata.deletionTimestamp !== undefined) return undefined;
      const deleted = yield () => this.#plant.api.delete(volumeKind, name);
      return deleted.ok ? undefined : failed(deleted);
    }
    const message =
      path === undefined
        ? `error getting deleter volume plugin for volume "${name}": no deletable volume plugin matched`
        : `host_path deleter only supports /tmp/.+ but received provided ${path}`;
    return yield* this.#fail(volume, 'VolumeFailedDelete', message);
  }

  *#fail(volume: Volume, reason: string, message: string): Writes {
    if (volume.status?.phase === 'Failed') return undefined;
    const marked = yield () => setPhase(this.#plant, volume.metadata.name, { phase: 'Failed', message });
    if (!marked.ok) return failed(marked);
    const component = 'persistentvolume-controller';
    this.#plant.events.record({ component, about: volume, type: 'Warning', reason, message });
    return undefined;
  }

  /** The claim went to another volume: the reservation is taken back (BINDER-02). */
  *#unbind(volume: Volume): Writes {
    const freed = yield () =>
      this.#plant.api.update(volumeKind, volume.metadata.name, (stored) => bindlessVolume(stored as Volume), {
        resourceVersion: volume.metadata.resourceVersion,
        manager,
      });
    if (!freed.ok) return failed(freed);
    return yield* this.#enter(freed.value as Volume, 'Available');
  }
}

/** Between the pass's look and its write the claims' half may have bound the volume. */
function versionOf({ metadata }: Volume): { readonly resourceVersion: string } {
  return { resourceVersion: metadata.resourceVersion };
}

function isProvisioned({ metadata }: Volume): boolean {
  return metadata.annotations?.[annotation.provisionedBy] !== undefined;
}
