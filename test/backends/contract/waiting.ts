// Time: how `until` ends, and that no clock runs backwards.

import { expect } from 'vitest';
import { pod, statefulSet } from './manifests.ts';
import type { ContractCase } from './stage.ts';

/** Waiting. */
export const waitingCases: readonly ContractCase[] = [
  {
    name: 'until ends with the record that makes the condition true, and tells none behind it',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: statefulSet('web', 2) }, 201);

      for (let wanted = opened.seen.length + 1, count = 0; count < 12; wanted += 1, count += 1) {
        const end = await opened.cluster.until(() => opened.seen.length >= wanted, opened.cluster.nowMs + 60_000);
        expect([end, opened.seen.length]).toEqual(['done', wanted]);
      }
    },
  },
  {
    name: 'the condition is asked when a record has come, not before',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: pod('solo') }, 201);
      const asked: number[] = [];

      await opened.cluster.until(() => asked.push(opened.seen.length) > 4, opened.cluster.nowMs + 60_000);

      expect(asked.slice(1)).toEqual(asked.slice(1).map((_, at) => (asked[1] ?? 0) + at));
    },
  },
  {
    name: 'a condition that holds already ends the wait at once',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: pod('solo') }, 201);
      const { nowMs } = opened.cluster;
      const { length } = opened.seen;

      const end = await opened.cluster.until(() => true, nowMs + 60_000);

      expect([end, opened.seen.length]).toEqual(['done', length]);
      expect(opened.cluster.nowMs - nowMs).toBeLessThan(1000);
    },
  },
  {
    name: 'a limit that what happens brings nearer ends the wait where it is then',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: pod('solo') }, 201);
      const { length } = opened.seen;
      const farMs = opened.cluster.nowMs + 60_000;
      let nearMs = farMs;
      const limit = (): number => {
        if (nearMs === farMs && opened.seen.length > length) nearMs = opened.cluster.nowMs + 50;
        return nearMs;
      };

      const end = await opened.cluster.until(() => false, limit);

      expect(end).toBe('limit');
      expect(nearMs).toBeLessThan(farMs);
      expect(opened.cluster.nowMs - nearMs).toBeGreaterThanOrEqual(-0.001);
      expect(opened.cluster.nowMs - nearMs).toBeLessThanOrEqual(stage.backend.slackMs + 0.001);
    },
  },
  {
    name: 'the limit is a point of the clock, and the wait ends there',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: pod('solo') }, 201);
      const limitMs = opened.cluster.nowMs + 300;

      const end = await opened.cluster.until(() => false, limitMs);

      expect(end).toBe('limit');
      expect(opened.cluster.nowMs).toBeGreaterThanOrEqual(limitMs);
      expect(opened.cluster.nowMs - limitMs).toBeLessThanOrEqual(stage.backend.slackMs);
    },
  },
  {
    name: 'without a condition time passes up to the limit, whatever happens',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: pod('solo') }, 201);
      const { length } = opened.seen;

      const end = await opened.pass(5000);

      expect(end).toBe('limit');
      expect(opened.cluster.nowMs).toBeGreaterThanOrEqual(5000);
      expect(opened.seen.length).toBeGreaterThan(length);
    },
  },
  {
    name: 'a limit that has passed ends the wait without turning the clock back',
    async run(stage) {
      const opened = await stage.open();
      await opened.pass(2000);
      const { nowMs } = opened.cluster;

      const end = await opened.cluster.until(() => false, nowMs - 1000);

      expect(end).not.toBe('done');
      expect(opened.cluster.nowMs).toBeGreaterThanOrEqual(nowMs);
    },
  },
  {
    name: 'a backend that knows its future says when nothing can happen any more',
    async run(stage) {
      const opened = await stage.open();
      await opened.send({ verb: 'create', object: pod('solo') }, 201);

      const end = await opened.cluster.until(() => false, 3_600_000);

      const { nowMs } = opened.cluster;
      const lastMs = opened.seen.at(-1)?.at ?? 0;
      const { length } = opened.of('pod');
      await opened.pass(600_000);
      expect(end).toBe('idle');
      expect(nowMs).toBeGreaterThanOrEqual(lastMs);
      expect(nowMs - lastMs).toBeLessThan(1000);
      expect(opened.of('pod')).toHaveLength(length);
    },
  },
  {
    name: 'clock and records start at zero and never go back',
    async run(stage) {
      const opened = await stage.open();
      const clock = [opened.cluster.nowMs];
      await opened.send({ verb: 'create', object: statefulSet('web', 2) }, 201);
      for (let turn = 0; turn < 5; turn += 1) {
        await opened.pass(700);
        clock.push(opened.cluster.nowMs);
      }

      const times = opened.seen.map(({ at }) => at);
      expect(clock[0]).toBeLessThanOrEqual(stage.backend.slackMs);
      expect(clock.filter((at, turn) => turn > 0 && at < (clock[turn - 1] ?? 0) + 700)).toEqual([]);
      expect(times.filter((at, turn) => turn > 0 && at < (times[turn - 1] ?? 0))).toEqual([]);
      expect(times.filter((at) => at > opened.cluster.nowMs)).toEqual([]);
    },
  },
  {
    name: 'the cluster’s own clock shows RFC 3339 and goes on with time',
    async run(stage) {
      const opened = await stage.open();
      const before = opened.cluster.timestamp;

      await opened.pass(3000);

      expect(before).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(Date.parse(opened.cluster.timestamp) - Date.parse(before)).toBeGreaterThanOrEqual(2000);
    },
  },
];
