// What an object is called when two clusters are compared. Clusters make names up (suffixes, uids, nodes), so an object whose
// name was generated is called by its role: `pod(deployment/web)#2`, the second pod of that deployment.

import { controllerOf } from '../../kubernetes/object.ts';
import { kindKey } from '../../kubernetes/kind.ts';
import {
  claimKind,
  controllerRevisionKind,
  nodeKind,
  podKind,
  replicaSetKind,
  volumeKind,
} from '../../trace/words/kinds.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Observation } from '../../trace/record.ts';

/** Names by uid. */
export type RoleNames = ReadonlyMap<string, string>;

/** Gives every object of a run its name; Events keep theirs, nobody compares them. */
export function roleNames(observations: readonly Observation[]): RoleNames {
  const lives = livesOf(observations);
  const names = new Map<string, string>();
  const groups = new Map<string, Life[]>();
  for (const life of lives.values()) {
    const role = roleOf(life.object, lives);
    if (role === undefined) names.set(life.object.metadata.uid, plainName(life.object));
    else groups.set(role, [...(groups.get(role) ?? []), life]);
  }
  for (const [role, group] of groups) {
    const ranked = group.toSorted((a, b) => a.began - b.began || a.ended - b.ended || a.place - b.place);
    for (const [rank, { object }] of ranked.entries()) names.set(object.metadata.uid, `${role}#${rank + 1}`);
  }
  return names;
}

/** One object from its first record to its last. */
interface Life {
  /** As last seen. */
  object: KubernetesObject;
  /** The steps in which it came and in which it was told to go (Infinity: never): objects of one role are ranked by these. */
  readonly began: number;
  ended: number;
  /** Among the objects of the run, by their first record; nodes stand where they were first used. */
  place: number;
}

type Lives = ReadonlyMap<string, Life>;

/** Lives by uid, in the order in which they begin. */
function livesOf(observations: readonly Observation[]): Lives {
  const lives = new Map<string, Life>();
  const nodePlaces = new Map<string, number>();
  for (const [place, { object, step, type }] of observations.entries()) {
    const { uid, deletionTimestamp } = object.metadata;
    const life = lives.get(uid) ?? { object, began: step, ended: Infinity, place };
    life.object = object;
    if (deletionTimestamp !== undefined || type === 'DELETED') life.ended = Math.min(life.ended, step);
    lives.set(uid, life);
    const node = nodeOf(object);
    if (node !== undefined && !nodePlaces.has(node)) nodePlaces.set(node, place);
  }
  for (const life of lives.values()) {
    if (kindKey(life.object) !== nodeKind) continue;
    life.place = nodePlaces.get(life.object.metadata.name) ?? Infinity;
  }
  return lives;
}

/** The role of an object whose name was made up; undefined: its name says who it is. */
function roleOf(object: KubernetesObject, lives: Lives): string | undefined {
  const kind = kindKey(object);
  if (kind === nodeKind) return 'node';
  const { name, generateName } = object.metadata;
  if (kind === volumeKind && /^pvc-[0-9a-f-]{36}$/.test(name))
    return `${shortKind(kind)}(${claimKind}/${claimOf(object)})`;
  const root = rootOf(object, lives);
  if (generateName === undefined && (root === undefined || !hashedKinds.has(kind))) return undefined;
  if (generateName !== undefined && isOrdinal(name.slice(generateName.length), object)) return undefined;
  const owner = root === undefined ? (generateName ?? '') : plainName(root);
  return `${shortKind(kind)}(${owner})`;
}

/**
 * A pod of a StatefulSet has a generateName of its set, and a name that says which it is; an orphan keeps both. One in a
 * thousand of the suffixes that the API server makes up is all digits, too.
 */
function isOrdinal(suffix: string, object: KubernetesObject): boolean {
  if (!/^\d+$/.test(suffix)) return false;
  return controllerOf(object)?.kind === 'StatefulSet' || !/^[2456789]{5}$/.test(suffix);
}

/** Their names end with a hash of what they hold, which two versions of Kubernetes may reckon differently. */
const hashedKinds: ReadonlySet<KindKey> = new Set([replicaSetKind, controllerRevisionKind]);

function rootOf(object: KubernetesObject, lives: Lives): KubernetesObject | undefined {
  let root: KubernetesObject | undefined;
  for (let owner = controllerOf(object); owner !== undefined;) {
    const { uid } = owner;
    const found = lives.get(uid)?.object;
    if (found === undefined) return root;
    root = found;
    owner = controllerOf(found);
  }
  return root;
}

function plainName(object: KubernetesObject): string {
  return `${shortKind(kindKey(object))}/${object.metadata.name}`;
}

/** Without the group where it is one of Kubernetes' own: `statefulset`, but `mongocluster.db.example.com`. */
function shortKind(kind: KindKey): string {
  const [word = kind, ...group] = kind.split('.');
  return group.length <= 1 || kind.endsWith('.k8s.io') ? word : kind;
}

function claimOf({ spec }: KubernetesObject): string {
  return (spec as { readonly claimRef?: { readonly name?: string } } | undefined)?.claimRef?.name ?? 'none';
}

function nodeOf(object: KubernetesObject): string | undefined {
  if (kindKey(object) !== podKind) return undefined;
  return (object['spec'] as { readonly nodeName?: string } | undefined)?.nodeName;
}
