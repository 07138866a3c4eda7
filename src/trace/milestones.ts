// Milestones: the rising edges that tell the life of an object in one word each, per name.

import { phaseOf, nodeNameOf } from './words/facts.ts';
import * as kinds from './words/kinds.ts';
import { podReady } from './words/pod-words.ts';
import { setReady, setUpdated } from './words/set-words.ts';
import { conditionStatus } from './words/word.ts';
import type { KindKey } from '../kubernetes/kind.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Change } from './change.ts';

/** What happened to an object at one change, in the order in which a life goes. */
export function milestonesOf(change: Change): readonly string[] {
  const { before, after, kind } = change;
  if (after === undefined) return before === undefined ? [] : ['Deleted'];
  const milestones: string[] = before === undefined ? ['Created'] : [];
  for (const [milestone, holds] of lives.get(kind) ?? []) {
    if (holds(after) && !(before !== undefined && holds(before))) milestones.push(milestone);
  }
  const ready = readiness.get(kind);
  // An object that was never ready does not become NotReady by being created.
  if (ready !== undefined && before !== undefined && ready(before) && !ready(after)) milestones.push('NotReady');
  if (terminating(after) && !(before !== undefined && terminating(before))) milestones.push('Terminating');
  return milestones;
}

type Predicate = (object: KubernetesObject) => boolean;

const nodeReady: Predicate = (node) => conditionStatus(node, 'Ready') === 'True';
const terminating: Predicate = (object) => object.metadata.deletionTimestamp !== undefined;

const readiness: ReadonlyMap<KindKey, Predicate> = new Map([
  [kinds.podKind, podReady],
  [kinds.statefulSetKind, setReady],
  [kinds.deploymentKind, setReady],
  [kinds.replicaSetKind, setReady],
  [kinds.daemonSetKind, setReady],
  [kinds.nodeKind, nodeReady],
]);

const setLife: readonly (readonly [string, Predicate])[] = [
  ['Updated', setUpdated],
  ['Ready', setReady],
];

const lives: ReadonlyMap<KindKey, readonly (readonly [milestone: string, holds: Predicate])[]> = new Map([
  [
    kinds.podKind,
    [
      ['Scheduled', (pod) => nodeNameOf(pod) !== undefined],
      ['Running', inPhase('Running')],
      ['Ready', podReady],
      ['Succeeded', inPhase('Succeeded')],
      ['Failed', inPhase('Failed')],
    ],
  ],
  [
    kinds.claimKind,
    [
      ['Bound', inPhase('Bound')],
      ['Lost', inPhase('Lost')],
    ],
  ],
  [
    kinds.volumeKind,
    [
      ['Available', inPhase('Available')],
      ['Bound', inPhase('Bound')],
      ['Released', inPhase('Released')],
      ['Failed', inPhase('Failed')],
    ],
  ],
  [kinds.statefulSetKind, setLife],
  [kinds.replicaSetKind, setLife],
  [kinds.daemonSetKind, setLife],
  [kinds.deploymentKind, [...setLife, ['Available', (set) => conditionStatus(set, 'Available') === 'True']]],
  [kinds.nodeKind, [['Ready', nodeReady]]],
]);

function inPhase(phase: string): Predicate {
  return (object) => phaseOf(object) === phase;
}
