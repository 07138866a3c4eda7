// Binds the volumes of a pod before the pod itself (VB-03, -05; SCHED-11): reserves static volumes, sends the provisioner
// to the node, and waits until all claims are bound. Other pods go on meanwhile.

import { draw } from '../profile.ts';
import { podKind } from '../kubelet/pod.ts';
import { annotation, claimKind, isBound, volumeKind } from '../volumes/volume.ts';
import { claimKeysOf } from './claim-plan.ts';
import type { Micros, Timer } from '../clock.ts';
import type { Result } from '../api/server.ts';
import type { Plant } from '../controllers/controller.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { Random } from '../random.ts';
import type { ObjectKey } from '../store/store.ts';
import type { Claim, Volume } from '../volumes/volume.ts';
import type { VolumeDecision } from './claim-plan.ts';

const second = 1_000_000;
const bindTimeout = 600 * second;

/** A pod and the node that was chosen for it. */
export interface Placement {
  readonly key: ObjectKey;
  readonly pod: Pod;
  readonly nodeName: string;
}

/** How the wait for a pod's volumes ended; `failed` names what the scheduler could not do. */
export type VolumeOutcome = { readonly kind: 'bound' } | { readonly kind: 'failed'; readonly message: string };

interface Wait {
  readonly pod: Pod;
  readonly since: Micros;
  /** Between two looks at the claims. */
  readonly pause: Micros;
  readonly timeout: Timer;
  readonly done: (outcome: VolumeOutcome) => void;
  /** The next call, or the next look at the claims. */
  look: Timer | undefined;
}

/** Pods whose volumes are being bound. */
export class VolumeBinder {
  readonly #plant: Plant;
  readonly #random: Random;
  readonly #waits = new Map<ObjectKey, Wait>();
  readonly #byClaim = new Map<ObjectKey, Set<ObjectKey>>();

  constructor(plant: Plant) {
    this.#plant = plant;
    this.#random = plant.random.stream('scheduler/volumes');
  }

  /**
   * Writes what the decision says, call by call, then waits; `done` is called once, unless the pod goes away (`abandon`).
   * Volumes and claims must still be what the decision was made on: the StatefulSet controller, which gives a new claim
   * its owner, may have been faster, and then the pod is scheduled again (SCHED-11).
   */
  bind({ key, pod, nodeName }: Placement, decision: VolumeDecision, done: Wait['done']): void {
    const { api, clock, profile } = this.#plant;
    const { uid } = pod.metadata;
    // Tells others where the pod will go while its volumes are made (POD-NEW-05).
    api.update(podKind, key, (stored) => nominate(stored as Pod, nodeName), { subresource: 'status', uid, manager });
    // A claim that nobody provisions for is tried again and again: that is no change to wait for.
    const timeout = clock.after(bindTimeout, 'retry', `scheduler: volumes of ${key}`, () => {
      this.abandon(key);
      done({ kind: 'failed', message: refusal('binding volumes: context deadline exceeded') });
    });
    const pause = draw(profile.latencies.volumeBinding, this.#random);
    this.#waits.set(key, { pod, since: clock.now, pause, timeout, done, look: undefined });
    for (const claim of claimKeysOf(pod)) {
      const pods = this.#byClaim.get(claim) ?? new Set();
      this.#byClaim.set(claim, pods.add(key));
    }
    this.#write(key, [
      ...decision.reserve.map(
        ({ claim, volume }) =>
          (): Result =>
            this.#reserve(volume, claim),
      ),
      ...decision.provision.map((claim) => (): Result => this.#send(claim, nodeName)),
    ]);
  }

  /** Makes the calls one after another; the first refusal ends it. */
  #write(key: ObjectKey, [call, ...others]: readonly (() => Result)[]): void {
    const wait = this.#waits.get(key);
    if (wait === undefined) return;
    if (call === undefined) {
      this.#check(key);
      return;
    }
    const { clock, profile } = this.#plant;
    const delay = draw(profile.latencies.apiCall, this.#random);
    wait.look = clock.after(delay, 'work', `scheduler: bind the volumes of ${key}`, () => {
      // Still set while the call is made: what it changes is looked at when all calls have been made.
      const answer = call();
      wait.look = undefined;
      if (this.#waits.get(key) !== wait) return;
      if (answer.ok) {
        this.#write(key, others);
        return;
      }
      this.abandon(key);
      wait.done({ kind: 'failed', message: refusal(answer.status.message) });
    });
  }

  /** A claim changed. */
  observeClaim(claim: ObjectKey): void {
    for (const key of this.#byClaim.get(claim) ?? []) this.#check(key);
  }

  /** The pod does not need its volumes any more. */
  abandon(key: ObjectKey): void {
    const wait = this.#waits.get(key);
    if (wait === undefined) return;
    this.#waits.delete(key);
    this.#plant.clock.cancel(wait.timeout);
    if (wait.look !== undefined) this.#plant.clock.cancel(wait.look);
    for (const claim of claimKeysOf(wait.pod)) {
      const pods = this.#byClaim.get(claim);
      pods?.delete(key);
      if (pods?.size === 0) this.#byClaim.delete(claim);
    }
  }

  #reserve(volume: Volume, claim: Claim): Result {
    const { name, resourceVersion } = volume.metadata;
    return this.#plant.api.update(volumeKind, name, (stored) => reserve(stored as Volume, claim), {
      manager,
      resourceVersion,
    });
  }

  #send({ metadata }: Claim, nodeName: string): Result {
    const { namespace, name, uid, resourceVersion } = metadata;
    const annotations = { [annotation.selectedNode]: nodeName };
    return this.#plant.api.update(
      claimKind,
      `${namespace}/${name}`,
      (stored) => {
        const all = Object.assign({}, stored.metadata.annotations, annotations);
        return { ...stored, metadata: Object.assign({}, stored.metadata, { annotations: all }) };
      },
      { manager, uid, resourceVersion },
    );
  }

  /** The scheduler looks again and again; only the look that will find something is set. */
  #check(key: ObjectKey): void {
    const wait = this.#waits.get(key);
    if (wait === undefined || wait.look !== undefined || this.#outcome(wait) === undefined) return;
    const { clock } = this.#plant;
    const passed = clock.now - wait.since;
    const pause = Math.max(wait.pause, 1);
    const delay = Math.max(Math.ceil(passed / pause), 1) * pause - passed;
    wait.look = clock.after(delay, 'work', `scheduler: look at the volumes of ${key}`, () => {
      wait.look = undefined;
      const outcome = this.#outcome(wait);
      if (outcome === undefined) return;
      this.abandon(key);
      wait.done(outcome);
    });
  }

  /** Undefined while claims are not bound yet. */
  #outcome({ pod }: Wait): VolumeOutcome | undefined {
    let bound = true;
    for (const key of claimKeysOf(pod)) {
      const claim = this.#plant.api.store.get(claimKind, key) as Claim | undefined;
      if (claim === undefined) {
        const why = `could not find v1.PersistentVolumeClaim "${key}"`;
        return { kind: 'failed', message: refusal(`binding volumes: failed to check provisioning pvc: ${why}`) };
      }
      bound &&= isBound(claim) && claim.status?.phase === 'Bound';
    }
    return bound ? { kind: 'bound' } : undefined;
  }
}

const manager = 'kube-scheduler';

function refusal(message = ''): string {
  return `running PreBind plugin "VolumeBinding": ${message}`;
}

function nominate(pod: Pod, nodeName: string): Pod {
  return { ...pod, status: Object.assign({}, pod.status, { nominatedNodeName: nodeName }) };
}

function reserve(volume: Volume, { apiVersion, kind, metadata }: Claim): Volume {
  const { namespace, name, uid, resourceVersion } = metadata;
  const claimRef = {
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    uid,
    apiVersion,
    resourceVersion,
  };
  const annotations = { ...volume.metadata.annotations, [annotation.boundByController]: 'yes' };
  return { ...volume, metadata: { ...volume.metadata, annotations }, spec: { ...volume.spec, claimRef } };
}
