// Recordings of a real cluster: what is known of their order must come out of milestones and resourceVersions.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { observeChanges } from '../../src/trace/change.ts';
import { readTrace } from '../../src/trace/file.ts';
import { milestonesOf } from '../../src/trace/milestones.ts';
import { isOrdered, orderRecords } from '../../src/trace/order.ts';
import { createWorld } from '../../src/trace/world.ts';
import type { TraceRecord } from '../../src/trace/record.ts';

function recording(name: string): readonly TraceRecord[] {
  const { records, problems, header } = readTrace(
    readFileSync(new URL(`../fixtures/recordings/${name}.jsonl`, import.meta.url)),
  );
  expect(problems).toEqual([]);
  expect(header).toBeUndefined();
  return records;
}

/** `web-0 Ready`, in the order of the cluster, from the first request on. */
function milestones(records: readonly TraceRecord[], kinds: readonly string[]): string[] {
  const world = createWorld();
  const seen: string[] = [];
  let begun = false;
  for (const record of orderRecords(records)) {
    begun ||= record.kind === 'request';
    if (record.kind !== 'observation') continue;
    observeChanges(world, record, (change) => {
      if (!begun || !kinds.includes(record.object.kind)) return;
      seen.push(...milestonesOf(change).map((milestone) => `${change.name} ${milestone}`));
    });
  }
  return seen;
}

const births = (...pods: string[]): string[] =>
  pods.flatMap((pod) => ['Created', 'Scheduled', 'Running', 'Ready'].map((milestone) => `${pod} ${milestone}`));
const deaths = (...pods: string[]): string[] =>
  pods.flatMap((pod) => ['Terminating', 'Succeeded', 'NotReady', 'Deleted'].map((milestone) => `${pod} ${milestone}`));

describe('ordered-scale', () => {
  const records = recording('ordered-scale');

  test('arrived out of order and is sorted', () => {
    expect(isOrdered(records)).toBe(false);
    expect(isOrdered(orderRecords(records))).toBe(true);
    expect(orderRecords(records)).toHaveLength(records.length);
  });

  test('pods come one after another and go one after another', () => {
    expect(milestones(records, ['Pod'])).toEqual([
      ...births('web-0', 'web-1', 'web-2', 'web-3', 'web-4'),
      ...deaths('web-4', 'web-3', 'web-2'),
    ]);
  });

  test('each claim is bound once and stays', () => {
    const claims = milestones(records, ['PersistentVolumeClaim']);

    expect(claims.filter((milestone) => milestone.endsWith('Bound'))).toHaveLength(5);
    expect(claims.some((milestone) => /Terminating|Deleted/.test(milestone))).toBe(false);
  });

  test('the set is ready behind its last pod, three times', () => {
    const sets = milestones(records, ['StatefulSet']).filter((milestone) => milestone.endsWith('Ready'));

    expect(sets).toEqual(['web Ready', 'web NotReady', 'web Ready', 'web NotReady', 'web Ready']);
  });
});

describe('delete-pod', () => {
  test('a deleted pod comes back under its name, a force deleted one without having succeeded', () => {
    const pods = milestones(recording('delete-pod'), ['Pod']);

    expect(pods.slice(12)).toEqual([
      ...deaths('web-1'),
      ...births('web-1'),
      'web-2 Terminating',
      'web-2 Deleted',
      ...births('web-2'),
    ]);
  });
});

describe('mongo-static-volumes', () => {
  const records = recording('mongo-static-volumes');

  test('members come in order, on volumes that were there before', () => {
    const seen = milestones(records, ['Pod', 'PersistentVolume']);

    expect(seen.filter((milestone) => /^mongo-\d (Created|Ready)/.test(milestone))).toEqual(
      [0, 1, 2, 3, 4].flatMap((member) => [`mongo-${member} Created`, `mongo-${member} Ready`]),
    );
    expect(seen.indexOf('pv005 Available')).toBeLessThan(seen.indexOf('mongo-0 Created'));
  });

  test('volumes are released when the claims are deleted', () => {
    const seen = milestones(records, ['PersistentVolume', 'PersistentVolumeClaim']);

    expect(seen.filter((milestone) => milestone.endsWith(' Released')).length).toBe(5);
    expect(seen.lastIndexOf('mongo-data-mongo-0 Deleted')).toBeGreaterThan(seen.indexOf('mongo-data-mongo-4 Bound'));
  });
});
