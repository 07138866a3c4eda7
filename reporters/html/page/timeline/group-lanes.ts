// The order of lanes: what belongs to one workload stands together, then storage, network, nodes and the rest.

import { controllerOf } from '../../../../src/kubernetes/object.ts';
import { kindOfKey } from '../../../../src/kubernetes/kinds.ts';
import { compareNatural } from '../../../../src/kubernetes/names.ts';
import * as kinds from '../../../../src/trace/words/kinds.ts';
import type { KindKey } from '../../../../src/kubernetes/kind.ts';
import type { Lane } from './lane-model.ts';

/** Lanes under one heading. */
export interface LaneGroup {
  /** `statefulset/web`, `storage`. */
  readonly title: string;
  readonly lanes: readonly Lane[];
}

const sections: ReadonlyMap<string, string> = new Map([
  [kinds.claimKind, 'storage'],
  [kinds.volumeKind, 'storage'],
  ['storageclass.storage.k8s.io', 'storage'],
  [kinds.serviceKind, 'network'],
  ['endpoints', 'network'],
  [kinds.endpointSliceKind, 'network'],
  [kinds.nodeKind, 'nodes'],
  [kinds.leaseKind, 'nodes'],
]);

const sectionOrder = ['storage', 'network', 'nodes', 'other'];
const workloads: ReadonlySet<string> = new Set([
  ...kinds.setKinds,
  kinds.podKind,
  kinds.controllerRevisionKind,
  'job.batch',
]);

/** Puts lanes under headings: workloads in the order in which they came, then the sections. */
export function groupLanes(lanes: readonly Lane[]): readonly LaneGroup[] {
  const byUid = new Map<string, Lane>();
  for (const lane of lanes) if (lane.object !== undefined) byUid.set(lane.object.metadata.uid, lane);
  const groups = new Map<string, Lane[]>();
  for (const lane of lanes) {
    const title = titleOf(lane, byUid);
    const group = groups.get(title);
    if (group === undefined) groups.set(title, [lane]);
    else group.push(lane);
  }
  const titles = [...groups.keys()];
  const ordered = [
    ...titles.filter((title) => !sectionOrder.includes(title)),
    ...sectionOrder.filter((title) => groups.has(title)),
  ];
  return ordered.map((title) => ({
    title,
    lanes: (groups.get(title) ?? []).sort((a, b) => compareLanes(a, b)),
  }));
}

/** Kinds without a short name of their own whose names are too long for a column. */
const shortened: ReadonlyMap<string, string> = new Map([
  [kinds.controllerRevisionKind, 'revision'],
  [kinds.endpointSliceKind, 'slice'],
]);

/** `po`, `sts`, `pvc`: the shortest word for a kind. */
export function shortKind(kind: KindKey): string {
  const own = shortened.get(kind);
  if (own !== undefined) return own;
  const known = kindOfKey(kind);
  const [short] = known?.shortNames ?? [];
  return short ?? known?.kind.toLowerCase() ?? kind.split('.')[0] ?? kind;
}

function titleOf(lane: Lane, byUid: ReadonlyMap<string, Lane>): string {
  const section = sections.get(lane.kind);
  if (section !== undefined) return section;
  const root = rootOf(lane, byUid);
  if (root !== lane || kinds.setKinds.has(lane.kind)) return `${kindWord(root.kind)}/${root.name}`;
  if (lane.kind === kinds.podKind) return 'pods of no controller';
  if (workloads.has(lane.kind)) return `${kindWord(lane.kind)}/${lane.name}`;
  // Kinds of operators: each kind is a section, as nothing is known of it.
  return kindOfKey(lane.kind) === undefined ? kindWord(lane.kind) : 'other';
}

/** Follows controllers up; one that was never seen ends the way. */
function rootOf(lane: Lane, byUid: ReadonlyMap<string, Lane>): Lane {
  let root = lane;
  // A cycle of owners is possible in a hostile trace.
  for (let steps = 0; steps < 8; steps += 1) {
    const owner = root.object === undefined ? undefined : controllerOf(root.object);
    const next = owner === undefined ? undefined : byUid.get(owner.uid);
    if (next === undefined || sections.has(next.kind)) return root;
    root = next;
  }
  return root;
}

function kindWord(kind: KindKey): string {
  return kindOfKey(kind)?.kind.toLowerCase() ?? kind;
}

const ranks: readonly string[] = [
  kinds.deploymentKind,
  kinds.statefulSetKind,
  kinds.daemonSetKind,
  kinds.replicaSetKind,
  kinds.podKind,
  kinds.claimKind,
  kinds.volumeKind,
  kinds.serviceKind,
];

function compareLanes(a: Lane, b: Lane): number {
  return rankOf(a.kind) - rankOf(b.kind) || compareNatural(a.kind, b.kind) || compareNatural(a.name, b.name);
}

function rankOf(kind: string): number {
  const rank = ranks.indexOf(kind);
  return rank < 0 ? ranks.length : rank;
}
