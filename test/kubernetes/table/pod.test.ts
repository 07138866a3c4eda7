import { describe, expect, test } from 'vitest';
import { podPrinter } from '../../../src/kubernetes/table/pod.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';

const now = '2026-01-01T00:01:00Z';

interface Shown {
  readonly ready: unknown;
  readonly status: unknown;
  readonly restarts: unknown;
}

function show(spec: object, status: object, metadata: object = {}): Shown {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-0', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z', ...metadata },
    spec,
    status,
  } as KubernetesObject;
  const [, ready, shown, restarts] = podPrinter.cells(pod, { now });
  return { ready, status: shown, restarts };
}

const one = { containers: [{ name: 'a' }] };
const two = { containers: [{ name: 'a' }, { name: 'b' }] };
const running = { ready: true, state: { running: {} } };
const exited = (exitCode: number, reason = ''): object => ({
  ready: false,
  state: { terminated: { exitCode, reason } },
});

describe('the columns of a pod', () => {
  test('a pod without container statuses shows its phase', () => {
    expect(show(one, { phase: 'Pending' })).toEqual({ ready: '0/1', status: 'Pending', restarts: '0' });
  });

  test('a reason of the status goes before the phase', () => {
    expect(show(one, { phase: 'Failed', reason: 'Evicted' }).status).toBe('Evicted');
  });

  test('a gated pod says so', () => {
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }];

    expect(show(one, { phase: 'Pending', conditions }).status).toBe('SchedulingGated');
  });

  test('the trouble of the first container wins', () => {
    const containerStatuses = [
      { name: 'a', state: { waiting: { reason: 'CrashLoopBackOff' } } },
      { name: 'b', state: { waiting: { reason: 'ImagePullBackOff' } } },
    ];

    expect(show(two, { phase: 'Running', containerStatuses })).toMatchObject({
      ready: '0/2',
      status: 'CrashLoopBackOff',
    });
  });

  test('a container that ended without a reason shows its signal or its exit code', () => {
    const signal = { ready: false, state: { terminated: { exitCode: 137, signal: 9 } } };

    expect(show(one, { phase: 'Failed', containerStatuses: [{ name: 'a', ...exited(3) }] }).status).toBe('ExitCode:3');
    expect(show(one, { phase: 'Failed', containerStatuses: [{ name: 'a', ...signal }] }).status).toBe('Signal:9');
  });

  test('one container done and the other running is NotReady, or Running when the pod is ready', () => {
    const containerStatuses = [
      { name: 'a', ...exited(0, 'Completed') },
      { name: 'b', ...running },
    ];
    const conditions = [{ type: 'Ready', status: 'True' }];

    expect(show(two, { phase: 'Running', containerStatuses })).toMatchObject({ ready: '1/2', status: 'NotReady' });
    expect(show(two, { phase: 'Running', containerStatuses, conditions }).status).toBe('Running');
  });

  test('init containers show how far they are, and what went wrong', () => {
    const spec = { ...one, initContainers: [{ name: 'i' }, { name: 'j' }] };
    const progress = [
      { name: 'i', ...exited(0, 'Completed') },
      { name: 'j', state: { running: {} } },
    ];
    const failed = [{ name: 'i', restartCount: 2, ...exited(1, 'Error') }];

    expect(show(spec, { phase: 'Pending', initContainerStatuses: progress }).status).toBe('Init:1/2');
    expect(show(spec, { phase: 'Pending', initContainerStatuses: failed })).toMatchObject({
      status: 'Init:Error',
      restarts: '2',
    });
  });

  test('a sidecar counts among the containers', () => {
    const spec = { ...one, initContainers: [{ name: 's', restartPolicy: 'Always' }] };
    const initContainerStatuses = [{ name: 's', started: true, restartCount: 1, ...running }];
    const containerStatuses = [{ name: 'a', restartCount: 1, ...running }];

    expect(show(spec, { phase: 'Running', initContainerStatuses, containerStatuses })).toEqual({
      ready: '2/2',
      status: 'Running',
      restarts: '2',
    });
  });

  test('a deleted pod is Terminating until it has stopped', () => {
    const deleted = { deletionTimestamp: '2026-01-01T00:00:30Z' };
    const containerStatuses = [{ name: 'a', ...exited(0, 'Completed') }];

    expect(show(one, { phase: 'Running', containerStatuses: [{ name: 'a', ...running }] }, deleted).status).toBe(
      'Terminating',
    );
    expect(show(one, { phase: 'Succeeded', containerStatuses }, deleted).status).toBe('Completed');
  });

  test('restarts tell how long ago the last one was', () => {
    const lastState = { terminated: { exitCode: 1, finishedAt: '2026-01-01T00:00:54Z' } };
    const containerStatuses = [{ name: 'a', restartCount: 3, lastState, ...running }];

    expect(show(one, { phase: 'Running', containerStatuses }).restarts).toBe('3 (6s ago)');
  });
});
