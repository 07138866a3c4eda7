// What the controller knows of one ReplicaSet's pods, kept up to date by the informer's changes: no pass counts all pods.

import { matchesLabels } from '../../../kubernetes/selector.ts';
import { parseTimestamp } from '../../timestamp.ts';
import { MaturingPods } from '../maturing.ts';
import { factsOf } from './pod-facts.ts';
import type { Micros } from '../../clock.ts';
import type { ObjectKey } from '../../store/store.ts';
import type { PodFacts } from './pod-facts.ts';
import type { Pod, ReplicaSet } from './types.ts';

/** What a status counts. */
export interface ReplicaCounts {
  readonly active: number;
  readonly fullyLabeled: number;
  readonly ready: number;
  readonly available: number;
  readonly terminating: number;
}

/** The index of one ReplicaSet (one uid). */
export class ReplicaIndex {
  #set: ReplicaSet;
  readonly #pods = new Map<ObjectKey, PodFacts>();
  readonly #active = new Map<ObjectKey, PodFacts>();
  readonly #strays = new Map<ObjectKey, Pod>();
  readonly #available = new Set<ObjectKey>();
  readonly #maturing = new MaturingPods<PodFacts>();
  #fullyLabeled = 0;
  #ready = 0;
  #terminating = 0;
  #now: Micros = 0;

  constructor(set: ReplicaSet) {
    this.#set = set;
  }

  get set(): ReplicaSet {
    return this.#set;
  }

  /** Active pods in the order in which they became known. */
  get active(): ReadonlyMap<ObjectKey, PodFacts> {
    return this.#active;
  }

  /** Active pods that the set controls but whose labels do not fit any more: to be released (RS-08). */
  get strays(): ReadonlyMap<ObjectKey, Pod> {
    return this.#strays;
  }

  get counts(): ReplicaCounts {
    return {
      active: this.#active.size,
      fullyLabeled: this.#fullyLabeled,
      ready: this.#ready,
      available: this.#available.size,
      terminating: this.#terminating,
    };
  }

  /** Takes a new version of the set; only a change of what pods are counted by makes it look at every pod again. */
  configure(set: ReplicaSet): void {
    const before = this.#set.spec;
    const known = Array.from(this.#pods);
    const same =
      set.spec.minReadySeconds === before.minReadySeconds &&
      (set.spec.template === before.template ||
        set.spec.template.metadata?.labels === before.template.metadata?.labels);
    if (same) {
      this.#set = set;
      return;
    }
    for (const [key, facts] of known) this.#forget(key, facts);
    this.#set = set;
    this.#maturing.clear();
    for (const [key, { pod }] of known) this.putPod(key, pod);
  }

  /** Takes a version of a pod that the set controls. */
  putPod(key: ObjectKey, pod: Pod): void {
    this.removePod(key);
    const facts = factsOf(pod);
    if (!matchesLabels(this.#set.spec.selector, pod.metadata.labels)) {
      if (facts.active) this.#strays.set(key, pod);
      return;
    }
    this.#pods.set(key, facts);
    if (facts.terminating) this.#terminating += 1;
    if (!facts.active) return;
    this.#active.set(key, facts);
    if (this.#isFullyLabeled(pod)) this.#fullyLabeled += 1;
    if (facts.ready) this.#ready += 1;
    if (this.#isAvailable(facts)) this.#available.add(key);
  }

  /** Forgets a pod that is gone, or that the set does not control any more. */
  removePod(key: ObjectKey): void {
    this.#strays.delete(key);
    const facts = this.#pods.get(key);
    if (facts !== undefined) this.#forget(key, facts);
  }

  /** Lets pods become available that have been ready for long enough at `now`. */
  advance(now: Micros): void {
    this.#now = now;
    for (let next = this.nextAvailability(); next !== undefined && next <= now; next = this.nextAvailability()) {
      const facts = this.#maturing.soonest?.facts;
      this.#maturing.removeSoonest();
      if (facts !== undefined) this.#available.add(keyOf(facts.pod));
    }
  }

  /** When the next pod becomes available; undefined when none is on the way. */
  nextAvailability(): Micros | undefined {
    for (let next = this.#maturing.soonest; next !== undefined; next = this.#maturing.soonest) {
      if (this.#active.get(keyOf(next.facts.pod)) === next.facts) return next.at;
      this.#maturing.removeSoonest();
    }
    return undefined;
  }

  #forget(key: ObjectKey, facts: PodFacts): void {
    this.#pods.delete(key);
    if (facts.terminating) this.#terminating -= 1;
    if (!facts.active) return;
    this.#active.delete(key);
    if (this.#isFullyLabeled(facts.pod)) this.#fullyLabeled -= 1;
    if (facts.ready) this.#ready -= 1;
    this.#available.delete(key);
  }

  #isFullyLabeled(pod: Pod): boolean {
    return matchesLabels({ matchLabels: this.#set.spec.template.metadata?.labels ?? {} }, pod.metadata.labels);
  }

  #isAvailable(facts: PodFacts): boolean {
    const minReadySeconds = this.#set.spec.minReadySeconds ?? 0;
    if (!facts.ready || minReadySeconds === 0) return facts.ready;
    const since = facts.readySince === undefined ? undefined : parseTimestamp(facts.readySince);
    if (since === undefined) return false;
    const at = since + minReadySeconds * 1_000_000;
    if (at <= this.#now) return true;
    this.#maturing.add({ at, facts });
    return false;
  }
}

function keyOf({ metadata }: Pod): ObjectKey {
  return `${metadata.namespace}/${metadata.name}`;
}
