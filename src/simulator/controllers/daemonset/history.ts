// The recorded templates of a DaemonSet (DS-02, DS-10). Unlike a StatefulSet's, their names end in the hash of the template
// as a Deployment's ReplicaSets have it. Follows constructHistory of pkg/controller/daemon/update.go.

import { matchesLabels } from '../../../kubernetes/selector.ts';
import { podTemplateHash } from '../deployment/template-hash.ts';
import {
  controllerReference,
  controllerRevisionKind,
  equalData,
  nextRevisionNumber,
  sortRevisions,
} from '../history/controller-revision.ts';
import { canonicalJson } from '../history/canonical-json.ts';
import { renumberRevision } from '../history/history.ts';
import { manager } from './pass-context.ts';
import { daemonSetKind, hashLabel } from './types.ts';
import type { JsonObject } from '../../../kubernetes/object.ts';
import type { Result } from '../../api/server.ts';
import type { Pod } from '../../kubelet/pod.ts';
import type { ControllerRevision, RevisionData } from '../history/controller-revision.ts';
import type { Failure, Task } from '../task.ts';
import type { PassContext } from './pass-context.ts';
import type { DaemonSet, DaemonTemplate } from './types.ts';

/** The revision that the set wants, by its hash, and all others; or why it cannot be had. */
export type History =
  | { readonly ok: true; readonly hash: string; readonly old: readonly ControllerRevision[] }
  | { readonly ok: false; readonly message: string };

const historyDefault = 10;
const datas = new WeakMap<DaemonTemplate, RevisionData>();

/** Finds, renumbers or creates the revision of the set's template. */
export function* resolveHistory(pass: PassContext): Task<History> {
  const { set, plant } = pass;
  const sorted = listRevisions(pass);
  const data = dataOf(set.spec.template);
  const equal = sorted.filter((revision) => equalData(revision.data, data));
  let current = equal.at(-1);
  const old = sorted.filter((revision) => revision !== current);
  const next = nextRevisionNumber(old);
  if (current === undefined) {
    const created = yield* createSnapshot(pass, { data, revision: next });
    if (typeof created === 'string') return { ok: false, message: created };
    current = created;
  } else if (current.revision < next) {
    const renumbered = yield* renumberRevision(plant.api, { revision: current, to: next });
    if (!renumbered.ok) return renumbered;
    current = renumbered.revision;
  }
  return { ok: true, hash: current.metadata.labels?.[hashLabel] ?? '', old };
}

/** Deletes old revisions beyond the limit that no pod has, the oldest first. */
export function* cleanUpHistory(
  { set, plant }: PassContext,
  old: readonly ControllerRevision[],
  pods: readonly Pod[],
): Task<Failure> {
  const surplus = old.length - (set.spec.revisionHistoryLimit ?? historyDefault);
  if (surplus <= 0) return undefined;
  const live = new Set(pods.map(({ metadata }) => metadata.labels?.[hashLabel]));
  const unused = old.filter(({ metadata }) => !live.has(metadata.labels?.[hashLabel]));
  for (const { metadata } of unused.slice(0, surplus)) {
    const key = `${metadata.namespace}/${metadata.name}`;
    const deleted: Result = yield () => plant.api.delete(controllerRevisionKind, key);
    if (!deleted.ok) return deleted.status.message;
  }
  return undefined;
}

function listRevisions({ set, informer, orphanRevisions }: PassContext): ControllerRevision[] {
  const own = informer.by(controllerRevisionKind, 'owner', set.metadata.uid).values();
  const orphans = orphanRevisions.of(set.metadata.namespace).values();
  const fitting = [...own, ...orphans].filter(({ metadata }) => matchesLabels(set.spec.selector, metadata.labels));
  return sortRevisions(fitting as ControllerRevision[]);
}

/** Writes the template down; a name that other data has is a collision, counted in the status for the next try. */
function* createSnapshot(
  { set, plant: { api }, key }: PassContext,
  { data, revision }: { readonly data: RevisionData; readonly revision: number },
): Task<ControllerRevision | string> {
  const collisions = set.status?.collisionCount;
  const hash = podTemplateHash(set.spec.template as unknown as Parameters<typeof podTemplateHash>[0], collisions);
  const name = `${set.metadata.name}-${hash}`;
  const { namespace, annotations } = set.metadata;
  const manifest = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      labels: { ...set.spec.template.metadata?.labels, [hashLabel]: hash },
      ...(annotations !== undefined && { annotations }),
      ownerReferences: [controllerReference(set)],
    },
    data,
    revision,
  };
  const created: Result = yield () => api.create(manifest, { manager });
  if (created.ok) return created.value as ControllerRevision;
  const taken = api.store.get(controllerRevisionKind, `${namespace}/${name}`) as ControllerRevision | undefined;
  if (created.status.reason !== 'AlreadyExists' || taken === undefined) return created.status.message ?? 'refused';
  if (equalData(taken.data, data)) return taken;
  yield () =>
    api.update(daemonSetKind, key, (stored) => withCollision(stored as DaemonSet), { subresource: 'status', manager });
  return `found a hash collision for DaemonSet ${key} - bumping collisionCount to resolve it`;
}

function withCollision(set: DaemonSet): DaemonSet {
  if (set.status === undefined) return set;
  return { ...set, status: { ...set.status, collisionCount: (set.status.collisionCount ?? 0) + 1 } };
}

function dataOf(template: DaemonTemplate): RevisionData {
  let data = datas.get(template);
  if (data === undefined) {
    // Members are in the order of their names, as Go writes maps: clients compare this text byte by byte (Match of update.go).
    const patch = { spec: { template: { $patch: 'replace', ...(template as unknown as JsonObject) } } };
    data = JSON.parse(canonicalJson(patch)) as RevisionData;
    datas.set(template, data);
  }
  return data;
}
