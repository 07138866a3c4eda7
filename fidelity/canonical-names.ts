// Which made-up name stands for what: `mynginx-5d4f7c9b6-x7k2p` becomes `mynginx-5d4f7c9b6-#1`, `pvc-<uid>` the volume of its
// claim, a uid the object that bears it, a node `node-1`.

import { kinds } from './kinds.ts';
import { ended, lastOf } from './lives.ts';
import type { KubernetesObject } from '../src/kubernetes/object.ts';
import type { Life } from './lives.ts';

/** Canonical texts by the texts that they replace. */
export function canonicalNames(lives: readonly Life[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  nameNodes(lives, names);
  nameGenerated(lives, names);
  nameVolumes(lives, names);
  nameUids(lives, names);
  return names;
}

/** Nodes that failed come first, then those that were given a pod, in that order. */
function nameNodes(lives: readonly Life[], names: Map<string, string>): void {
  const failed = lives.filter(
    (life) => life.kind === kinds.node && life.observations.some(({ object }) => notReady(object)),
  );
  const used = lives.flatMap((life) => (life.kind === kinds.pod ? nodeOf(lastOf(life)) : []));
  const rest = lives.filter(({ kind }) => kind === kinds.node).map(({ name }) => name);
  for (const name of [...failed.map(({ name }) => name), ...used, ...rest]) {
    if (!names.has(name)) names.set(name, `node-${names.size + 1}`);
  }
}

function notReady({ status }: KubernetesObject): boolean {
  const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly Record<string, string>[] };
  return conditions.some(({ type, status: value }) => type === 'Ready' && value !== 'True');
}

function nodeOf({ spec }: KubernetesObject): readonly string[] {
  const { nodeName } = (spec ?? {}) as { readonly nodeName?: string };
  return nodeName === undefined ? [] : [nodeName];
}

/**
 * Objects of one generateName are alike until something happens to them, so they are numbered by what does: by the steps
 * in which they began and ended, then by their order of ending, or else of beginning.
 */
function nameGenerated(lives: readonly Life[], names: Map<string, string>): void {
  const groups = new Map<string, Life[]>();
  for (const life of lives) {
    const { generateName } = lastOf(life).metadata;
    if (generateName === undefined || !isMadeUp(life.name.slice(generateName.length))) continue;
    const group = `${life.kind} ${generateName}`;
    groups.set(group, [...(groups.get(group) ?? []), life]);
  }
  for (const group of groups.values()) {
    const ranked = group.map((life, place) => ({ life, rank: [...span(life), endPlace(lives, life), place] }));
    ranked.sort((a, b) => compareRanks(a.rank, b.rank));
    for (const [place, { life }] of ranked.entries()) {
      names.set(life.name, `${lastOf(life).metadata.generateName}#${place + 1}`);
    }
  }
}

/** The API server's suffixes: five characters, no vowels. Ordinals and hashes of controllers mean something, and stay. */
function isMadeUp(suffix: string): boolean {
  return /^[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(suffix) && !/^\d+$/.test(suffix);
}

/** The steps in which an object began and ended. */
export function span(life: Life): readonly number[] {
  const { observations } = life;
  return [observations[0]!.step, ended(life) ? terminated(life).step : Infinity];
}

function endPlace(lives: readonly Life[], life: Life): number {
  if (!ended(life)) return 0;
  const version = Number(terminated(life).object.metadata.resourceVersion);
  return lives.filter((other) => ended(other) && Number(terminated(other).object.metadata.resourceVersion) < version)
    .length;
}

function terminated({ observations }: Life): Life['observations'][number] {
  return observations.find(({ object }) => object.metadata.deletionTimestamp !== undefined) ?? observations.at(-1)!;
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, at) => value !== b[at]);
  return place < 0 ? 0 : a[place]! - b[place]!;
}

/** A provisioned volume bears the uid of its claim. */
function nameVolumes(lives: readonly Life[], names: Map<string, string>): void {
  const seen = new Map<string, number>();
  for (const { kind, name, uid } of lives) {
    if (kind !== kinds.claim) continue;
    const life = (seen.get(name) ?? 0) + 1;
    seen.set(name, life);
    names.set(`pvc-${uid}`, `pvc-of-${name}${life > 1 ? `-life-${life}` : ''}`);
  }
}

function nameUids(lives: readonly Life[], names: Map<string, string>): void {
  const seen = new Map<string, number>();
  for (const { kind, name, uid } of lives) {
    const known = `${kind}/${names.get(name) ?? name}`;
    const life = (seen.get(known) ?? 0) + 1;
    seen.set(known, life);
    names.set(uid, `UID(${known}${life > 1 ? ` life ${life}` : ''})`);
  }
}
