// The words that last as long as their window: never, always, whenever. Those of `invariants:` have the run as their window.

import { Always } from './always.ts';
import { NeverEvent, NeverState } from './never.ts';
import { Whenever } from './whenever.ts';
import type { Expect } from '../scenario/model.ts';
import type { Monitor } from './monitor.ts';
import type { Scene } from './scene.ts';

/** A monitor for each of them, from the world's present on. */
export function lastingMonitors(expect: Partial<Expect>, scene: Scene): readonly Monitor[] {
  return [
    ...(expect.never ?? []).map((item) =>
      item.kind === 'group' ? new NeverState(item.group, scene) : new NeverEvent(item.event, scene),
    ),
    ...(expect.always ?? []).map((group) => new Always(group, scene)),
    ...(expect.whenever ?? []).map((rule) => new Whenever(rule, scene)),
  ];
}
