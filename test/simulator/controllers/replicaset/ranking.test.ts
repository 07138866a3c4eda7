import { expect, test } from 'vitest';
import { factsOf } from '../../../../src/simulator/controllers/replicaset/pod-facts.ts';
import { rankForDeletion } from '../../../../src/simulator/controllers/replicaset/ranking.ts';
import { formatTimestamp } from '../../../../src/simulator/timestamp.ts';
import type { Pod } from '../../../../src/simulator/controllers/replicaset/types.ts';

const minute = 60_000_000;
const now = 1000 * minute;

interface Sketch {
  readonly node?: string;
  readonly phase?: string;
  /** Minutes for which it has been ready. */
  readonly readyFor?: number;
  readonly cost?: string;
  readonly restarts?: number;
  readonly age?: number;
}

function pod(name: string, sketch: Sketch): Pod {
  const { node, phase = 'Running', readyFor, cost, restarts = 0, age = 600 } = sketch;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'ns',
      uid: name,
      resourceVersion: '1',
      creationTimestamp: formatTimestamp(now - age * minute),
      ...(cost === undefined ? {} : { annotations: { 'controller.kubernetes.io/pod-deletion-cost': cost } }),
    },
    spec: node === undefined ? {} : { nodeName: node },
    status: {
      phase,
      conditions: [
        readyFor === undefined
          ? { type: 'Ready', status: 'False' }
          : { type: 'Ready', status: 'True', lastTransitionTime: formatTimestamp(now - readyFor * minute) },
      ],
      containerStatuses: [{ restartCount: restarts }],
    },
  };
}

const well: Sketch = { node: 'n1', readyFor: 300 };

test.each<[string, Sketch, Sketch]>([
  ['without a node', { phase: 'Pending' }, well],
  ['pending', { ...well, phase: 'Pending' }, { ...well, phase: 'Running' }],
  ['not ready', { node: 'n1' }, well],
  ['cheaper to delete', { ...well, cost: '-1' }, well],
  ['on the fuller node', { ...well, node: 'n2' }, well],
  ['ready for a shorter time', { ...well, readyFor: 3 }, { ...well, readyFor: 60 }],
  ['restarted more often', { ...well, restarts: 5 }, well],
  ['younger', { ...well, age: 10 }, { ...well, age: 600 }],
])('the pod that is %s goes first', (_, first, other) => {
  const podsOnNode = new Map([
    ['n1', 1],
    ['n2', 2],
  ]);
  // Against the order of names and uids, which would decide otherwise.
  const pods = [pod('a', other), pod('b', first)].map(factsOf);

  const ranked = rankForDeletion(pods, { now, podsOnNode });

  expect(ranked.map(({ pod }) => pod.metadata.name)).toEqual(['b', 'a']);
});

test('ages in one power of two are equal, and the uid decides', () => {
  const view = { now, podsOnNode: new Map<string, number>() };
  const pods = [pod('b', { ...well, readyFor: 59 }), pod('a', { ...well, readyFor: 61 })].map(factsOf);

  expect(rankForDeletion(pods, view).map(({ pod }) => pod.metadata.name)).toEqual(['a', 'b']);
});
