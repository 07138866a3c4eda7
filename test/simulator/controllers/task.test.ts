import { expect, test } from 'vitest';
import { aggregate, concurrently } from '../../../src/simulator/controllers/task.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import type { Call } from '../../../src/simulator/controllers/controller.ts';
import type { Result } from '../../../src/simulator/api/server.ts';
import type { Task } from '../../../src/simulator/controllers/task.ts';

const named = (name: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, uid: name, resourceVersion: '1', creationTimestamp: '' },
});

function* calls(name: string, count: number): Task<string> {
  const seen: string[] = [];
  for (let at = 0; at < count; at++) {
    const result: Result = yield () => ({ ok: true, value: named(`${name}${at}`) });
    if (result.ok) seen.push(result.value.metadata.name);
  }
  return seen.join(' ');
}

test('tasks run side by side, a call each in every batch', () => {
  const task = concurrently([calls('a', 1), calls('b', 3), calls('c', 0)]);
  const batches: number[] = [];

  let step = task.next();
  while (step.done !== true) {
    const batch = step.value as readonly Call[];
    batches.push(batch.length);
    step = task.next(batch.map((call) => call()) as readonly Result[] as Result & readonly Result[]);
  }

  expect(batches).toEqual([2, 1, 1]);
  expect(step.value).toEqual(['a0', 'b0 b1 b2', '']);
});

test('several errors are one text, each told once', () => {
  expect(aggregate([undefined, undefined])).toBeUndefined();
  expect(aggregate(['x', undefined, 'x'])).toBe('x');
  expect(aggregate(['x', 'y'])).toBe('[x, y]');
});
