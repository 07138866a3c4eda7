// Who made a change, as `metadata.managedFields` tell (SSA): the field manager whose entry is new or differs.

import { sameJson } from '../../src/kubernetes/json-equal.ts';
import type { JsonObject, KubernetesObject } from '../../src/kubernetes/object.ts';

/**
 * The manager of the last change; undefined where the object carries no managed fields or they leave it open (two managers
 * within one second, a deletion).
 */
export function managerOf(before: KubernetesObject | undefined, after: KubernetesObject): string | undefined {
  const entries = after.metadata.managedFields ?? [];
  const old = before?.metadata.managedFields ?? [];
  const changed = entries.filter((entry) => !old.some((other) => sameJson(entry, other)));
  return onlyName(changed) ?? onlyName(newest(changed.length > 0 ? changed : entries));
}

function newest(entries: readonly JsonObject[]): readonly JsonObject[] {
  let last = '';
  for (const entry of entries) if (timeOf(entry) > last) last = timeOf(entry);
  return entries.filter((entry) => timeOf(entry) === last);
}

function onlyName(entries: readonly JsonObject[]): string | undefined {
  const names = new Set(entries.map((entry) => entry['manager']));
  const [name] = names;
  return names.size === 1 && typeof name === 'string' ? name : undefined;
}

/** RFC 3339 in UTC compares as text. */
function timeOf(entry: JsonObject): string {
  const time = entry['time'];
  return typeof time === 'string' ? time : '';
}
