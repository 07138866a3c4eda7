// Which pods are struck by which faults: by uid (the pod that is there now) or by name (whoever bears it, also later).

import { keyOf } from '../kubelet/pod.ts';
import type { PodFaults } from '../kubelet/host.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { ObjectKey } from '../store/store.ts';

/** Whom a fault strikes. */
export interface PodTarget {
  readonly key: ObjectKey;
  /** Only the pod with this uid. */
  readonly uid?: string;
  /** Only this container; without it, all app containers. */
  readonly container?: string;
}

interface Rule extends PodTarget {
  /** Number of runs that end with an error, for each pod and container; undefined for a fault of readiness. */
  readonly crashes: number | undefined;
  /** Crashes that have happened, by uid and container. */
  readonly spent: Map<string, number>;
}

/** The faults that are in. */
export class PodFaultBook implements PodFaults {
  readonly #byUid = new Map<string, Rule[]>();
  readonly #byName = new Map<ObjectKey, Rule[]>();

  /** Holds readiness back. */
  holdBack(target: PodTarget): void {
    this.#add({ ...target, crashes: undefined, spent: new Map() });
  }

  /** Lets the next `times` runs end with an error. */
  crash(target: PodTarget, times: number): void {
    this.#add({ ...target, crashes: times, spent: new Map() });
  }

  /** Takes back every fault of a target, also those that strike its present bearer by uid. */
  recover({ key, uid }: PodTarget): void {
    this.#byName.delete(key);
    if (uid !== undefined) this.#byUid.delete(uid);
  }

  notReady(pod: Pod, container: string): boolean {
    return this.#rules(pod).some((rule) => rule.crashes === undefined && strikes(rule, pod, container));
  }

  takeCrash(pod: Pod, container: string): boolean {
    const run = `${pod.metadata.uid}/${container}`;
    for (const rule of this.#rules(pod)) {
      const spent = rule.spent.get(run) ?? 0;
      if (rule.crashes === undefined || spent >= rule.crashes || !strikes(rule, pod, container)) continue;
      rule.spent.set(run, spent + 1);
      return true;
    }
    return false;
  }

  #add(rule: Rule): void {
    const index: Map<string, Rule[]> = rule.uid === undefined ? this.#byName : this.#byUid;
    const place = rule.uid ?? rule.key;
    index.set(place, [...(index.get(place) ?? []), rule]);
  }

  #rules(pod: Pod): readonly Rule[] {
    if (this.#byUid.size + this.#byName.size === 0) return none;
    return [...(this.#byUid.get(pod.metadata.uid) ?? none), ...(this.#byName.get(keyOf(pod)) ?? none)];
  }
}

const none: readonly Rule[] = [];

function strikes(rule: Rule, { spec }: Pod, container: string): boolean {
  return rule.container === undefined
    ? spec.containers.some(({ name }) => name === container)
    : rule.container === container;
}
