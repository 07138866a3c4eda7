import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { available, claimed, created, runningAndReady, terminating, unavailable } from './naive.ts';
import { changes, play, revisions, setOf } from './worlds.ts';

test('the index answers as a scan of all pods does', () => {
  fc.assert(
    fc.property(setOf, changes, (set, happened) => {
      const { world, index } = play(set, happened);

      const pods = claimed(world);
      const alive = pods.filter(({ pod }) => !terminating(pod));
      const counted = alive.filter(({ pod }) => created(pod));
      expect(index.counts(revisions)).toEqual({
        replicas: pods.filter(({ pod }) => created(pod)).length,
        ready: pods.filter(({ pod }) => runningAndReady(pod)).length,
        available: pods.filter(({ pod }) => runningAndReady(pod) && available(world, pod)).length,
        current: counted.filter(({ revision }) => revision === 'web-a').length,
        updated: counted.filter(({ revision }) => revision === 'web-b').length,
      });
      for (let at = 0; at <= 10; at++) {
        const upto = pods.filter(({ ordinal }) => ordinal <= at);
        const from = pods.filter(({ ordinal }) => ordinal >= at);
        expect(index.pod(at)?.pod).toBe(pods.find(({ ordinal }) => ordinal === at)?.pod);
        expect(index.highest(at)).toBe(upto.at(-1)?.ordinal ?? -1);
        expect(index.highestAlive(at)).toBe(upto.findLast(({ pod }) => !terminating(pod))?.ordinal ?? -1);
        expect(index.unavailable(at)).toBe(from.find(({ pod }) => unavailable(world, pod))?.ordinal ?? Infinity);
        expect(index.unavailableUpto(at)).toBe(upto.findLast(({ pod }) => unavailable(world, pod))?.ordinal ?? -1);
        expect(index.outdated(at, 'web-b')).toBe(
          upto.findLast(({ pod, revision }) => !terminating(pod) && revision !== 'web-b')?.ordinal ?? -1,
        );
      }
      for (const name of ['web-a', 'web-b', 'web-c', 'web-d']) {
        expect(index.hasPodAt(name)).toBe(pods.some(({ revision }) => revision === name));
      }
      expect([...index.strays.values()].map(({ metadata }) => metadata.name).sort()).toEqual(
        [...world.pods.values()]
          .filter(({ metadata }) => metadata.labels?.['app'] !== 'web')
          .map(({ metadata }) => metadata.name)
          .sort(),
      );
    }),
    { numRuns: 500 },
  );
});

test('the next availability is the soonest of all ready pods', () => {
  fc.assert(
    fc.property(setOf, changes, (set, happened) => {
      const { world, index } = play(set, happened);

      const min = world.set.spec.minReadySeconds ?? 0;
      const soonest = claimed(world)
        .filter(({ pod }) => min > 0 && pod?.status?.conditions?.[0]?.status === 'True' && !available(world, pod))
        .flatMap(({ pod }) => pod?.status?.conditions?.[0]?.lastTransitionTime ?? [])
        .map((since) => (Number(since.slice(-3, -1)) + min) * 1_000_000)
        .sort((a, b) => a - b);
      expect(index.nextAvailability()).toBe(soonest[0]);
    }),
  );
});
