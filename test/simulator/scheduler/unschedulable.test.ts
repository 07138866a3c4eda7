import { expect, test } from 'vitest';
import { explainObstacle, explainRejections } from '../../../src/simulator/scheduler/unschedulable.ts';
import type { Rejection } from '../../../src/simulator/scheduler/filters.ts';

function rejection(removable: boolean, ...reasons: readonly string[]): Rejection {
  return { reasons, removable, cause: 'resources' };
}

test('reasons are counted, sorted as text, and followed by what preemption says', () => {
  const cpu = rejection(false, 'Insufficient cpu');
  const { message } = explainRejections([cpu, rejection(false, 'node(s) were unschedulable'), cpu]);

  expect(message).toBe(
    '0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu. no new claims to deallocate, ' +
      'preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
  );
});

test('nodes that removing pods could help are told apart', () => {
  const { message } = explainRejections([rejection(true, 'Too many pods'), rejection(false, 'Insufficient cpu')]);

  expect(message).toContain(
    'preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful',
  );
});

test('an obstacle of the pod itself is told without a count', () => {
  const obstacle = { message: 'pod has unbound immediate PersistentVolumeClaims', cause: 'claim' } as const;

  expect(explainObstacle(1, obstacle).message).toBe(
    '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
  );
});

test('a cluster without nodes has words of its own', () => {
  expect(explainRejections([]).message).toBe('no nodes available to schedule pods');
});
