import { describe, expect, test } from 'vitest';
import { play } from './stage.ts';
import type { Stage } from './stage.ts';

/** When the first quiet point comes, milliseconds after the answer; undefined: not within ten minutes. */
function quietAfter(script: (stage: Stage) => void, setup?: (stage: Stage) => void): number | undefined {
  const { verdicts, end } = play({
    expect: '{ within: 10m, settled: { configmap/nobody: { exists: false } } }',
    ...(setup === undefined ? {} : { setup }),
    script,
    rest: 700_000,
  });
  return end === 'quiet' ? (verdicts[0]?.atMs ?? 0) - 1000 : undefined;
}

const node = (stage: Stage, ready: string, at = 0): Stage =>
  stage.put('Node', 'node-1', {
    spec: {},
    status: { conditions: [{ type: 'Ready', status: ready, lastHeartbeatTime: `${at}` }] },
  });

describe('quiet (W-3)', () => {
  test('comes Q after the answer when nothing happens', () => {
    expect(quietAfter(() => undefined)).toBe(5000);
  });

  test('comes Q after the last record', () => {
    expect(quietAfter((stage) => stage.wait(3000).noise().wait(4999).noise())).toBe(12_999);
  });

  test('does not wait for Events, Leases and heartbeats of nodes', () => {
    expect(
      quietAfter(
        (stage) => {
          stage.wait(3000).put('Event', 'e.1', { reason: 'Pulled' });
          stage.wait(1000).put('Lease', 'node-1', { spec: { renewTime: 'x' } });
          node(stage.wait(500), 'True', 2);
        },
        (stage) => void node(stage, 'True', 1),
      ),
    ).toBe(5000);
  });

  test('waits for a node that changes', () => {
    expect(
      quietAfter(
        (stage) => void node(stage.wait(3000), 'Unknown'),
        (stage) => void node(stage, 'True'),
      ),
    ).toBe(8000);
  });

  test('waits until every generation is observed', () => {
    const behind = (stage: Stage): Stage => stage.set('web', { generation: 2, observed: 1 });

    expect(quietAfter((stage) => behind(stage))).toBeUndefined();
    expect(quietAfter((stage) => behind(stage).wait(60_000).set('web', { generation: 2 }))).toBe(65_000);
  });

  test('does not wait for generations of kinds that report none, nor of what is being deleted', () => {
    expect(quietAfter((stage) => stage.put('MongoCluster', 'rs0', { metadata: { generation: 4 } }))).toBe(5000);
    expect(
      quietAfter((stage) =>
        stage.put('MongoCluster', 'rs0', { metadata: { generation: 4 }, status: { observedGeneration: 3 } }),
      ),
    ).toBeUndefined();
    expect(
      quietAfter((stage) =>
        stage.put('StatefulSet', 'web', {
          metadata: { generation: 2, deletionTimestamp: 'now' },
          status: { observedGeneration: 1 },
        }),
      ),
    ).toBe(5000);
  });

  test('waits for a pod inside its grace period, and Q longer', () => {
    expect(quietAfter((stage) => stage.terminating('web-0', { grace: 30 }))).toBe(35_000);
    expect(quietAfter((stage) => stage.terminating('web-0', { grace: 30 }).wait(2000).gone('web-0'))).toBe(7000);
    expect(
      quietAfter((stage) => stage.terminating('web-0', { grace: 600 }).wait(1000).terminating('web-0', { grace: 2 })),
    ).toBe(8000);
  });

  test('counts a grace period from the deletion, not from later records of the pod', () => {
    expect(
      quietAfter((stage) =>
        stage.terminating('web-0', { grace: 30 }).wait(20_000).terminating('web-0', { grace: 30, ready: false }),
      ),
    ).toBe(35_000);
  });

  test('does not wait for a pod on a dead node', () => {
    expect(
      quietAfter(
        (stage) => stage.terminating('web-0', { grace: 600 }),
        (stage) => void node(stage, 'Unknown'),
      ),
    ).toBe(5000);
    expect(
      quietAfter(
        (stage) => stage.pod('web-0', { node: 'node-1', waiting: 'ContainerCreating' }),
        (stage) => void node(stage, 'Unknown'),
      ),
    ).toBe(5000);
  });

  test('waits for a scheduled pod that is still starting', () => {
    const starting = (stage: Stage): Stage => stage.pod('web-0', { node: 'node-1', waiting: 'ContainerCreating' });

    expect(quietAfter((stage) => starting(stage))).toBeUndefined();
    expect(quietAfter((stage) => starting(stage).wait(9000).ready('web-0'))).toBe(14_000);
    expect(
      quietAfter((stage) => stage.put('Pod', 'web-0', { spec: { nodeName: 'node-1' }, status: { phase: 'Pending' } })),
    ).toBeUndefined();
  });

  test('does not wait for back-off, unscheduled pods, or readiness', () => {
    expect(quietAfter((stage) => stage.pod('web-0', { node: 'node-1', waiting: 'ImagePullBackOff' }))).toBe(5000);
    expect(quietAfter((stage) => stage.pod('web-0', { node: 'node-1', waiting: 'CrashLoopBackOff' }))).toBe(5000);
    expect(quietAfter((stage) => stage.pod('web-0'))).toBe(5000);
    expect(quietAfter((stage) => stage.pod('web-0', { phase: 'Running', node: 'node-1' }))).toBe(5000);
  });

  test('takes Q from the options', () => {
    const { verdicts } = play({
      expect: '{ settled: { configmap/nobody: { exists: false } } }',
      options: { quietMs: 700 },
    });

    expect(verdicts[0]?.atMs).toBe(1700);
  });
});
