// The cluster as a command line sees it: rebuilt from the changes of a step, at its start, at its answer, at its end.

import type { KindKey } from '../kubernetes/kind.ts';
import type { ClusterView } from '../kubernetes/kubectl/cluster-view.ts';
import type { ViewEvent } from '../kubernetes/kubectl/show-watch.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Change } from '../trace/change.ts';
import type { Scene } from './scene.ts';

/** The cluster when the step began, with the first so many of its changes on top. */
export function viewOfStart(scene: Scene, changes: readonly Change[], count = 0): ClusterView {
  const { world, runPlace } = scene;
  const atMs = changes[count - 1]?.record.at ?? scene.beganMs;
  return {
    now: runPlace.timestampAt(atMs),
    namespace: runPlace.namespace,
    objects(kind: KindKey): readonly KubernetesObject[] {
      const objects = new Map<string, KubernetesObject>();
      const add = (name: string): void => {
        const object = world.atStart(kind, name);
        if (object !== undefined) objects.set(name, object);
      };
      for (const name of world.objects(kind).keys()) add(name);
      for (const change of changes) if (change.kind === kind) add(change.name);
      for (const change of changes.slice(0, count)) {
        if (change.kind !== kind) continue;
        if (change.after === undefined) objects.delete(change.name);
        else objects.set(change.name, change.after);
      }
      return [...objects.values()];
    },
  };
}

/** The cluster as it is. */
export function viewOfEnd({ world, nowMs, runPlace }: Scene): ClusterView {
  return {
    now: runPlace.timestampAt(nowMs),
    namespace: runPlace.namespace,
    objects: (kind) => [...world.objects(kind).values()],
  };
}

/** The watch events behind changes: a record is one event, however many changes it shows. */
export function* viewEvents({ runPlace }: Scene, changes: readonly Change[]): Generator<ViewEvent> {
  let before: Change['record'] | undefined;
  for (const { record } of changes) {
    if (record === before) continue;
    before = record;
    yield { type: record.type, object: record.object, now: runPlace.timestampAt(record.at) };
  }
}
