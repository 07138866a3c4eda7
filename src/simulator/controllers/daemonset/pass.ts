// One pass over one DaemonSet: a pod on every node that is to have one, then the roll, then the status.
// Follows pkg/controller/daemon/daemon_controller.go.

import { matchesLabels } from '../../../kubernetes/selector.ts';
import { podKind, keyOf } from '../../kubelet/pod.ts';
import { nodeKind } from '../../nodes/node.ts';
import { same } from '../../store/same.ts';
import { adopt, mayAdopt, release, releaseFailure } from '../adoption.ts';
import { slowStartBatches } from '../slow-start.ts';
import { aggregate, concurrently } from '../task.ts';
import { cleanUpHistory, resolveHistory } from './history.ts';
import { planPods } from './manage.ts';
import { newDaemonPod } from './new-pod.ts';
import { component, manager, placementOf } from './pass-context.ts';
import { limitsOf, planRoll } from './roll.ts';
import { computeStatus } from './status.ts';
import { daemonSetKind } from './types.ts';
import type { Result } from '../../api/server.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { Node } from '../../nodes/node.ts';
import type { Pass } from '../controller.ts';
import type { Failure, Task } from '../task.ts';
import type { Changes } from './manage.ts';
import type { PassContext, Placement } from './pass-context.ts';
import type { DaemonSetStatus } from './types.ts';

/** Pods that one pass creates or deletes at most. */
const burstMax = 250;

/** Reconciles a DaemonSet. */
export function* reconcileDaemonSet(pass: PassContext): Pass {
  const { set, expectations, key, plant } = pass;
  if (set.metadata.deletionTimestamp !== undefined) return { kind: 'done' };
  const history = yield* resolveHistory(pass);
  if (!history.ok) return { kind: 'error', message: history.message };
  const { hash, old } = history;
  const ready = expectations.satisfied(key, plant.clock.now);
  let wait: number | undefined;
  if (ready) {
    const claimed = yield* claimPods(pass);
    if (claimed !== undefined) return { kind: 'error', message: claimed };
    const placement = look(pass);
    const surges = limitsOf(set, placement).maxSurge > 0;
    const plan = planPods(pass, placement, { hash, surges });
    wait = plan.wait;
    const managed = yield* carryOut(pass, plan, hash);
    if (managed !== undefined) return { kind: 'error', message: managed };
    const rolled = yield* roll(pass, hash);
    if (rolled !== undefined) return { kind: 'error', message: rolled };
    const cleaned = yield* cleanUpHistory(pass, old, podsOf(pass));
    if (cleaned !== undefined) return { kind: 'error', message: cleaned };
  }
  const status = computeStatus(set, look(pass, podsAfter(pass)), { hash, now: plant.clock.now, observe: ready });
  const refused = yield* writeStatus(pass, status);
  if (refused !== undefined) return { kind: 'error', message: refused };
  const { minReadySeconds = 0 } = set.spec;
  // Ready pods become available without any event.
  if (minReadySeconds > 0 && status.numberReady !== (status.numberAvailable ?? 0)) wait = minReadySeconds * 1_000_000;
  return wait === undefined ? { kind: 'done' } : { kind: 'done', requeueAfter: wait };
}

function podsOf({ informer, set }: PassContext): readonly Pod[] {
  return [...informer.by(podKind, 'owner', set.metadata.uid).values()] as Pod[];
}

function look(pass: PassContext, pods = podsOf(pass)): Placement {
  return placementOf(pass.set, pass.informer.list(nodeKind).values() as Iterable<Node>, pods);
}

/**
 * The pods that the status counts: those created in this pass are among them, since their watch events were always there
 * before the status was computed (DS-03, DS-05).
 */
function podsAfter(pass: PassContext): readonly Pod[] {
  const seen = podsOf(pass);
  const names = new Set(seen.map(({ metadata }) => metadata.name));
  return [...seen, ...pass.created.filter(({ metadata }) => !names.has(metadata.name))];
}

/** Releases pods that do not fit any more and adopts orphans that do, as a ReplicaSet does (DS-09). */
function* claimPods(pass: PassContext): Task<Failure> {
  const { set, orphans, plant } = pass;
  const failures: Failure[] = [];
  for (const pod of podsOf(pass)) {
    const { labels, deletionTimestamp } = pod.metadata;
    if (deletionTimestamp !== undefined || matchesLabels(set.spec.selector, labels)) continue;
    const released: Result = yield () => release(plant.api, set, pod);
    failures.push(releaseFailure(released));
  }
  const fitting = [...orphans.of(set.metadata.namespace).values()].filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined && matchesLabels(set.spec.selector, metadata.labels),
  );
  if (fitting.length === 0) return aggregate(failures);
  const refusal = yield* mayAdopt(plant.api, set);
  for (const pod of fitting) {
    const text = `${pod.metadata.namespace}/${pod.metadata.name} (${pod.metadata.uid})`;
    if (refusal !== undefined) return `can't adopt Pod ${text}: ${refusal}`;
    const adopted: Result = yield () => adopt(plant.api, set, pod);
    if (!adopted.ok && adopted.status.reason !== 'NotFound') failures.push(adopted.status.message);
  }
  return aggregate(failures);
}

/** A roll goes on only when everything that was asked for so far was seen. */
function* roll(pass: PassContext, hash: string): Task<Failure> {
  const { set, expectations, key, plant } = pass;
  if (set.spec.updateStrategy?.type === 'OnDelete' || !expectations.satisfied(key, plant.clock.now)) return undefined;
  return yield* carryOut(pass, planRoll(set, look(pass), { hash, now: plant.clock.now }), hash);
}

/** Creates in slow-start batches, then deletes side by side. */
function* carryOut(pass: PassContext, changes: Changes, hash: string): Task<Failure> {
  const create = changes.create.slice(0, burstMax);
  const remove = changes.remove.slice(0, burstMax);
  if (create.length + remove.length === 0) return undefined;
  const { expectations, key, plant } = pass;
  expectations.expect(key, { creations: create.length, deletions: remove.map(keyOf) }, plant.clock.now);
  const failures: Failure[] = [];
  let tried = 0;
  for (const batch of slowStartBatches(create, (node) => create.indexOf(node))) {
    tried += batch.length;
    const told = yield* concurrently(batch.map((node) => createPod(pass, { node, hash })));
    failures.push(...told);
    if (told.every((failure) => failure === undefined)) continue;
    for (let at = tried; at < create.length; at++) expectations.creationObserved(key);
    break;
  }
  failures.push(...(yield* concurrently(remove.map((pod) => deletePod(pass, pod)))));
  return aggregate(failures);
}

function* createPod(pass: PassContext, options: { readonly node: string; readonly hash: string }): Task<Failure> {
  const { plant, set, expectations, key } = pass;
  const manifest = newDaemonPod(set, options);
  const created: Result = yield () => plant.api.create(manifest, { manager });
  if (created.ok) {
    pass.created.push(created.value as Pod);
    tell(pass, 'Normal', 'SuccessfulCreate', `Created pod: ${created.value.metadata.name}`);
    return undefined;
  }
  expectations.creationObserved(key);
  if (created.status.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating') === true)
    return undefined;
  tell(pass, 'Warning', 'FailedCreate', `Error creating: ${created.status.message}`);
  return created.status.message ?? 'refused';
}

function* deletePod(pass: PassContext, pod: Pod): Task<Failure> {
  const { plant, expectations, key } = pass;
  const deleted: Result = yield () => plant.api.delete(podKind, keyOf(pod));
  if (deleted.ok) {
    tell(pass, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
    return undefined;
  }
  expectations.deletionObserved(key, keyOf(pod));
  if (deleted.status.reason === 'NotFound') return undefined;
  tell(pass, 'Warning', 'FailedDelete', `Error deleting: ${deleted.status.message}`);
  return deleted.status.message ?? 'refused';
}

function tell({ plant, set }: PassContext, type: 'Normal' | 'Warning', reason: string, message: string): void {
  plant.events.record({ component, about: set, type, reason, message });
}

/** Writes a status if it has news; on a conflict once more on the live object. */
function* writeStatus({ plant, key, set }: PassContext, status: DaemonSetStatus): Task<Failure> {
  if (same(status, set.status)) return undefined;
  let { resourceVersion } = set.metadata;
  for (let tries = 1; ; tries++) {
    const expected = resourceVersion;
    const written: Result = yield () =>
      plant.api.update(daemonSetKind, key, (stored) => ({ ...stored, status }), {
        subresource: 'status',
        resourceVersion: expected,
        manager,
      });
    if (written.ok) return undefined;
    const live = plant.api.store.get(daemonSetKind, key);
    if (tries === 2 || live === undefined) return written.status.message;
    ({ resourceVersion } = live.metadata);
  }
}
