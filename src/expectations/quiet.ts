// W-3: when all is quiet. For Q no record that counts, and nothing in flight. Kept up to date record by record.

import { formatDuration } from '../kubernetes/duration.ts';
import * as kinds from '../trace/words/kinds.ts';
import { nodeNameOf } from '../trace/words/facts.ts';
import { conditionStatus, listOf, member } from '../trace/words/word.ts';
import { addMs } from './add-ms.ts';
import { formatSubject } from './explain/describe.ts';
import { isHeartbeat } from './heartbeat.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { Change } from '../trace/change.ts';
import type { World } from '../trace/world.ts';

/** A pod that is being stopped. */
interface Grace {
  readonly endMs: number;
  readonly node: string;
}

/** Watches for quiet. */
export class Quiet {
  readonly #world: World;
  readonly #quietMs: number;
  #last: Change | undefined;
  /** Objects whose newest generation is not observed, by kind and name. */
  readonly #unobserved = new Map<string, Change>();
  /** Scheduled pods whose containers wait to start, with their nodes. */
  readonly #starting = new Map<string, string>();
  readonly #graces = new Map<string, Grace>();

  constructor(world: World, quietMs: number) {
    this.#world = world;
    this.#quietMs = quietMs;
  }

  /** Takes a change in. */
  observe(change: Change): void {
    if (change.kind === kinds.eventKind || change.kind === kinds.leaseKind) return;
    if (change.kind === kinds.nodeKind && isHeartbeat(change)) return;
    this.#last = change;
    if (change.kind === kinds.podKind) this.#observePod(change);
    else this.#observeGeneration(change);
  }

  /**
   * From when on it is quiet, unless something comes: undefined while something is in flight whose end only a record can show.
   * `fromMs`: no earlier than Q after this time.
   */
  quietAtMs(fromMs: number): number | undefined {
    if (this.#unobserved.size > 0) return undefined;
    for (const node of this.#starting.values()) if (this.#isLive(node)) return undefined;
    let since = this.#sinceMs(fromMs);
    for (const { endMs, node } of this.#graces.values()) if (endMs > since && this.#isLive(node)) since = endMs;
    return addMs(since, this.#quietMs);
  }

  /** Before this time it is not quiet, whatever is in flight: answered at once, where many pods are. */
  earliestMs(fromMs: number): number {
    return addMs(this.#sinceMs(fromMs), this.#quietMs);
  }

  /** What is in flight; when nothing is, what was seen last. */
  moving(nowMs: number): readonly string[] {
    const lines = [...this.#unobserved.values()].map(
      (change) => `${formatSubject(change)}  newest generation not observed`,
    );
    for (const [name, node] of this.#starting) if (this.#isLive(node)) lines.push(`pod/${name}  starting`);
    for (const [name, { endMs, node }] of this.#graces) {
      if (endMs <= nowMs || !this.#isLive(node)) continue;
      lines.push(`pod/${name}  in its grace period until +${formatDuration(Math.round(endMs))}`);
    }
    if (lines.length > 0 || this.#last === undefined) return lines;
    return [`${formatSubject(this.#last)}  last changed at +${formatDuration(Math.round(this.#last.record.at))}`];
  }

  #sinceMs(fromMs: number): number {
    return this.#last === undefined ? fromMs : Math.max(fromMs, this.#last.record.at);
  }

  #observePod({ name, before, after, record }: Change): void {
    const node = after === undefined ? undefined : nodeNameOf(after);
    if (after === undefined || node === undefined) {
      this.#starting.delete(name);
      this.#graces.delete(name);
      return;
    }
    const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = after.metadata;
    if (deletionTimestamp === undefined) {
      this.#graces.delete(name);
      if (isStarting(after)) this.#starting.set(name, node);
      else this.#starting.delete(name);
      return;
    }
    this.#starting.delete(name);
    // A second deletion can shorten the grace period; it counts from the record that says so.
    const known = before?.metadata.uid === after.metadata.uid ? before.metadata : undefined;
    if (
      known?.deletionTimestamp === deletionTimestamp &&
      known.deletionGracePeriodSeconds === deletionGracePeriodSeconds
    )
      return;
    this.#graces.set(name, { endMs: addMs(record.at, deletionGracePeriodSeconds * 1000), node });
  }

  #observeGeneration(change: Change): void {
    const { kind, name, after } = change;
    if (after !== undefined && isUnobserved(kind, after)) this.#unobserved.set(`${kind}/${name}`, change);
    else if (this.#unobserved.size > 0) this.#unobserved.delete(`${kind}/${name}`);
  }

  /** A node that the trace does not show is taken to live. */
  #isLive(name: string): boolean {
    const node = this.#world.get(kinds.nodeKind, name);
    return node === undefined || conditionStatus(node, 'Ready') === 'True';
  }
}

/**
 * Built-in sets always report the generation that they have observed; other kinds count once they report one. Whoever is
 * being deleted is not waited for, since its controller may already have let go of it.
 */
function isUnobserved(kind: KindKey, object: KubernetesObject): boolean {
  const { generation, deletionTimestamp } = object.metadata;
  if (generation === undefined || deletionTimestamp !== undefined) return false;
  const observed = member(object['status'], 'observedGeneration');
  if (typeof observed === 'number') return observed < generation;
  return kinds.setKinds.has(kind);
}

/** Waiting reasons that pass by a timer or not at all, not by work that is under way. */
const stuck: ReadonlySet<unknown> = new Set([
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

/** Whether a scheduled pod is on its way: a container waits, and none is in back-off (POD-LIFE). */
function isStarting(pod: KubernetesObject): boolean {
  const status = pod['status'];
  const phase = member(status, 'phase');
  if (phase === 'Succeeded' || phase === 'Failed') return false;
  const containers = [
    ...listOf(member(status, 'initContainerStatuses')),
    ...listOf(member(status, 'containerStatuses')),
  ];
  if (containers.length === 0) return true;
  let waiting = false;
  for (const container of containers) {
    const state = member(member(container, 'state'), 'waiting');
    if (state === undefined) continue;
    const reason = member(state, 'reason');
    if (stuck.has(reason) || (typeof reason === 'string' && reason.endsWith('BackOff'))) return false;
    waiting = true;
  }
  return waiting;
}
