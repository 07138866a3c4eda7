// Tells a node's heartbeat from news of it.

import { equalValues } from './matchers/compare.ts';
import { listOf, member } from '../trace/words/word.ts';
import type { Json, KubernetesObject } from '../kubernetes/object.ts';
import type { Change } from '../trace/change.ts';

/** Whether a change of a node says only that it is still there: times of heartbeats, and the list of pulled images. */
export function isHeartbeat({ before, after }: Change): boolean {
  if (before === undefined || after === undefined) return false;
  return (
    before.metadata.deletionTimestamp === after.metadata.deletionTimestamp &&
    equalValues(before.metadata.labels, after.metadata.labels) &&
    equalValues(jsonOf(before['spec']), jsonOf(after['spec'])) &&
    equalValues(newsOf(before), newsOf(after))
  );
}

function newsOf(node: KubernetesObject): Json {
  const conditions = listOf(member(node['status'], 'conditions'));
  return conditions.map((condition) => [
    jsonOf(member(condition, 'type')) ?? null,
    jsonOf(member(condition, 'status')) ?? null,
    jsonOf(member(condition, 'reason')) ?? null,
  ]);
}

function jsonOf(value: unknown): Json | undefined {
  return value as Json | undefined;
}
