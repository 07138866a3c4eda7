// The step that the benchmarks judge: twenty expectations of all sorts over the objects of one StatefulSet.

import { bindStep } from '../src/scenario/bind.ts';
import { readScenario } from '../src/scenario/read-scenario.ts';
import type { BoundStep } from '../src/scenario/model.ts';

/** Twenty expectations of all sorts over all those objects. */
export function stepOf(replicas: number): BoundStep {
  const text = `
scenario: bench
title: Twenty monitors
steps:
  - name: scale out
    expect:
      within: 10h
      order: [ pod/web-0..${replicas - 1}: [Created, Ready] ]
      eventually:
        - statefulset/web: Ready
        - { of: pod/web-*, is: Ready, count: ${replicas} }
        - { of: { kind: pod, ownedBy: statefulset/web }, is: { revision: update }, count: ${replicas} }
        - { of: pvc/www-web-*, is: Bound, count: ${replicas} }
        - statefulset/web: { readyReplicas: ${replicas}, observed: true }
      never:
        - { of: pod/web-*, is: Terminating }
        - { of: pvc/www-web-*, is: Terminating }
        - { of: pod/web-*, is: Failed }
        - pod/web-*: Deleted
        - { of: statefulset/web, changes: { field: spec.replicas } }
        - { of: { kind: event, where: { reason: FailedScheduling } }, count: { gt: 0 } }
      always:
        - { of: pod/web-*, is: NotReady, count: { lte: 1 } }
        - { of: pvc/www-web-*, field: spec.volumeName, values: { distinct: true } }
        - pod/web-*: { labels: { app: web }, restarts: 0 }
        - statefulset/web: { readyReplicas: { lte: { valueOf: { of: it, field: spec.replicas } } } }
        - { of: { kind: pod, labels: { app: web }, ordinal: { gte: 0 } }, is: { terminating: false } }
      whenever:
        - { when: { pod/web-*: Created }, then: { pod/web-0..0: { exists: true } } }
        - { when: { pod/web-*: Ready }, then: { statefulset/web: { exists: true } } }
        - { when: { pvc/www-web-*: Bound }, then: { statefulset/web: { observed: true } } }
`;
  const { scenario, problems } = readScenario({ file: 'bench.scenario.yaml', text, root: '/' });
  if (scenario === undefined) throw new Error(JSON.stringify(problems, undefined, 1));
  return bindStep(scenario, 0, {}).step;
}

/** The number of its monitors. */
export function judgeSize({ expect }: BoundStep): number {
  if (expect === undefined) return 0;
  return 1 + expect.eventually.length + expect.never.length + expect.always.length + expect.whenever.length;
}
