// The budgets of a cluster with their pods, and which of them a change concerns.

import { matchesLabels } from '../../../kubernetes/selector.ts';
import { podKind } from '../../kubelet/pod.ts';
import { BudgetPods } from './budget-pods.ts';
import { budgetKind } from './types.ts';
import type { Plant, Informer, WorkQueue } from '../controller.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { Change, ObjectKey } from '../../store/store.ts';
import type { Budget } from './types.ts';

interface Tracked {
  readonly selector: Budget['spec']['selector'];
  readonly pods: BudgetPods;
}

/** Follows budgets and pods, and enqueues a budget when its count may be another. */
export class BudgetIndex {
  readonly #informer: Informer;
  readonly #queue: WorkQueue;
  readonly #events: Plant['events'];
  readonly #budgets = new Map<ObjectKey, Tracked>();

  constructor(informer: Informer, queue: WorkQueue, events: Plant['events']) {
    this.#informer = informer;
    this.#queue = queue;
    this.#events = events;
    informer.on(budgetKind, ({ type, key, object }) => {
      if (type === 'DELETED') this.#budgets.delete(key);
      else this.#track(key, object as Budget);
      queue.enqueue(key);
    });
    informer.on(podKind, (change) => this.#observePod(change));
  }

  /** The pods of a budget that the cache knows. */
  podsOf(key: ObjectKey): BudgetPods | undefined {
    return this.#budgets.get(key)?.pods;
  }

  #track(key: ObjectKey, { metadata, spec }: Budget): void {
    if (this.#budgets.get(key)?.selector === spec.selector && this.#budgets.has(key)) return;
    const pods = new BudgetPods();
    for (const [podKey, pod] of this.#informer.by(podKind, 'namespace', metadata.namespace ?? '')) {
      if (matchesLabels(spec.selector, pod.metadata.labels)) pods.put(podKey, pod as Pod);
    }
    this.#budgets.set(key, { selector: spec.selector, pods });
  }

  #observePod({ type, key, object }: Change): void {
    const { namespace = '', labels } = object.metadata;
    const matching: string[] = [];
    for (const [budget, { metadata }] of this.#informer.by(budgetKind, 'namespace', namespace)) {
      const tracked = this.#budgets.get(budget);
      if (tracked === undefined) continue;
      const member = type !== 'DELETED' && matchesLabels(tracked.selector, labels);
      if (member) matching.push(metadata.name);
      const news = member ? tracked.pods.put(key, object as Pod) : tracked.pods.remove(key);
      if (news) this.#queue.enqueue(budget);
    }
    if (matching.length > 1) this.#tellAmbiguity(object as Pod, matching[0] ?? '');
  }

  /** Such a pod cannot be evicted (EVICT-03, PDB-W-02). */
  #tellAmbiguity(about: Pod, chosen: string): void {
    const { namespace, name } = about.metadata;
    const message = `Pod "${namespace}"/"${name}" matches multiple PodDisruptionBudgets.  Chose "${chosen}" arbitrarily.`;
    const reason = 'MultiplePodDisruptionBudgets';
    this.#events.record({ component: 'controllermanager', about, type: 'Warning', reason, message });
  }
}
