// What is likely awaited: objects that take part and are not where they should be, with the last warning about each.

import { formatDuration } from '../../kubernetes/duration.ts';
import { controllerOf } from '../../kubernetes/object.ts';
import { compareNatural } from '../../kubernetes/names.ts';
import { readAbout } from '../../trace/words/other-words.ts';
import { phaseOf } from '../../trace/words/facts.ts';
import * as kinds from '../../trace/words/kinds.ts';
import { podReady } from '../../trace/words/pod-words.ts';
import { setCounters } from '../../trace/words/set-words.ts';
import { conditionStatus, member } from '../../trace/words/word.ts';
import { describeObject, formatSubject } from './describe.ts';
import { lastMilestoneMs } from './history.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Scene, Subject } from '../scene.ts';

/** A line is enough for the first few; many pods wait for one reason. */
const linesMax = 5;

/** One line for each blocker: `pod/web-2 Pending, not scheduled since +42s  FailedScheduling ×9: 0/3 nodes …`. */
export function waitingOn(scene: Scene, subjects: readonly Subject[]): readonly string[] {
  const blockers = subjects
    .flatMap((subject) => [subject, ...podsOf(scene, subject)])
    .filter((subject) => blocks(scene, subject));
  const unique = new Map(blockers.map((subject) => [formatSubject(subject), subject]));
  const warnings = lastWarnings(scene);
  const lines = [...unique.values()].slice(0, linesMax).map((subject) => lineOf(scene, { subject, warnings }));
  if (unique.size > linesMax) lines.push(`and ${unique.size - linesMax} more`);
  return lines;
}

/** Whether a set has not come to what it wants: it tries again (quota, admission) or counts time (minReadySeconds). */
export function isUnderway({ world }: Scene, { kind, name }: Subject): boolean {
  const set = kinds.setKinds.has(kind) ? world.get(kind, name) : undefined;
  if (set === undefined) return false;
  const { desired, replicas, ready, available } = setCounters(set);
  return replicas !== desired || ready < desired || available < ready;
}

function podsOf(scene: Scene, { kind, name }: Subject): readonly Subject[] {
  const owner = kinds.setKinds.has(kind) ? scene.world.get(kind, name) : undefined;
  if (owner === undefined) return [];
  const pods: string[] = [];
  for (const [pod, object] of scene.world.objects(kinds.podKind)) {
    const reference = controllerOf(object);
    const above = reference === undefined ? undefined : scene.world.lastByUid(reference.uid);
    if (reference?.uid === owner.metadata.uid || (above && controllerOf(above)?.uid === owner.metadata.uid))
      pods.push(pod);
  }
  return pods.sort(compareNatural).map((pod) => ({ kind: kinds.podKind, name: pod }));
}

function blocks(scene: Scene, { kind, name }: Subject): boolean {
  const object = scene.world.get(kind, name);
  if (object === undefined) return false;
  if (object.metadata.deletionTimestamp !== undefined) return true;
  if (kind === kinds.podKind) return !podReady(object);
  if (kind === kinds.nodeKind) return conditionStatus(object, 'Ready') !== 'True';
  return (kind === kinds.claimKind || kind === kinds.volumeKind) && phaseOf(object) !== 'Bound';
}

function lineOf(
  scene: Scene,
  { subject, warnings }: { readonly subject: Subject; readonly warnings: ReadonlyMap<string, string> },
): string {
  const state = describeObject(subject.kind, scene.world.get(subject.kind, subject.name));
  const since = lastMilestoneMs(scene.changes(), subject);
  const warning = warnings.get(`${subject.kind}/${subject.name}`);
  return [
    `${formatSubject(subject)}  ${state}`,
    since === undefined ? '' : ` since +${formatDuration(Math.round(since))}`,
    warning === undefined ? '' : `  ${warning}`,
  ].join('');
}

/** By object, the last warning about it, with how often it came. */
function lastWarnings(scene: Scene): ReadonlyMap<string, string> {
  const warnings = new Map<string, string>();
  for (const event of scene.world.objects(kinds.eventKind).values()) {
    const about = readAbout(event);
    if (event['type'] === 'Warning' && about !== undefined) warnings.set(about, warningText(event));
  }
  return warnings;
}

function warningText(event: KubernetesObject): string {
  const count = member(event['series'], 'count') ?? event['count'];
  const times = typeof count === 'number' && count > 1 ? ` ×${count}` : '';
  return `${textOf(event['reason'])}${times}: ${textOf(event['message'] ?? event['note'])}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
