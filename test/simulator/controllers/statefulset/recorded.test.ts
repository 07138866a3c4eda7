// The same things done to a real cluster of v1.36.2 and to the controller: milestones of pods and claims come in the same
// order, and the set's status takes the same values in the same order.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mongoSet, setWorld, webSet } from './sets.ts';
import { storyOf } from './story.ts';
import type { SetWorld } from './sets.ts';
import type { Story } from './story.ts';

const partition = (partition: number) => () => ({
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition } },
});

const recipes: Readonly<Record<string, (seed: number) => SetWorld>> = {
  'ordered-scale'(seed) {
    const world = setWorld(webSet(), seed);
    world.scale(5);
    world.scale(2);
    return world;
  },
  'mongo-static-volumes'(seed) {
    const world = setWorld(mongoSet, seed);
    world.scale(5);
    world.scale(3);
    return world;
  },
  'rolling-update-and-undo'(seed) {
    const world = setWorld(webSet(), seed);
    world.setImage('nginx:1.25');
    world.setImage('nginx:1.24');
    return world;
  },
  partition(seed) {
    const world = setWorld(webSet(), seed);
    world.change(partition(2));
    world.setImage('nginx:1.25');
    world.deletePod(0);
    world.change(partition(0));
    return world;
  },
  'on-delete'(seed) {
    const world = setWorld(webSet({ updateStrategy: { type: 'OnDelete' } }), seed);
    world.setImage('nginx:1.25');
    world.deletePod(1);
    return world;
  },
  'min-ready-seconds'(seed) {
    // The update was made as soon as the last pod was ready, before it was available.
    const world = setWorld(webSet({ minReadySeconds: 5 }), seed, 3);
    world.setImage('nginx:1.25');
    return world;
  },
  'delete-pod'(seed) {
    const world = setWorld(webSet(), seed);
    world.deletePod(1);
    return world;
  },
};

test.each(Object.keys(recipes))('%s goes as it was recorded', (name) => {
  const recorded = recordingOf(name);

  for (const seed of [1, 2, 3]) {
    const world = recipes[name]?.(seed);
    const story = storyOf(world?.changes ?? []);

    // A recording ends with the last command's answer, a run when nothing moves any more.
    expect(story.milestones).toEqual(recorded.milestones);
    expect(story.statuses.slice(0, recorded.statuses.length)).toEqual(recorded.statuses);
    expect(story.statuses.length - recorded.statuses.length).toBeLessThan(2);
  }
});

test('parallel-scale reaches the recorded milestones, in an order that batches leave open', () => {
  const recorded = recordingOf('parallel-scale');

  for (const seed of [1, 2, 3]) {
    const world = setWorld(webSet({ podManagementPolicy: 'Parallel' }), seed);
    world.scale(5);
    world.scale(2);
    const { milestones, statuses } = storyOf(world.changes);

    expect(sorted(milestones)).toEqual(sorted(recorded.milestones));
    // The first batch has one member; the others of the set come in the second.
    expect(milestones.slice(0, 2)).toEqual(recorded.milestones.slice(0, 2));
    expect(milestones.findIndex((told) => told.includes('Ready'))).toBe(6);
    expect(statuses.at(-1)).toBe(recorded.statuses.at(-1));
  }
});

test('the same seed gives the same run', () => {
  const [first, second] = [7, 7].map((seed) =>
    recipes['partition']?.(seed).changes.map(({ at, object }) => [at, object]),
  );

  expect(first).toEqual(second);
});

function recordingOf(name: string): Story {
  const file = new URL(`../../../fixtures/recorded-sets/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Story;
}

function sorted(lines: readonly string[]): string[] {
  return [...lines].sort();
}
