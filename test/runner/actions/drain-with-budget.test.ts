// `drain` against a disruption budget: one pod after another, as often as the budget refuses (NODE-06, EVICT-02).

import { afterAll, expect, test } from 'vitest';
import { Project, start } from '../small-run.ts';

const project = new Project();
project.write(
  'budget.yaml',
  `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: b }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
`,
);
afterAll(() => project.dispose());

const budgeted = `${start}
  - name: a budget
    apply: budget.yaml
    expect: { settled: { poddisruptionbudget/b: { fields: { status: { disruptionsAllowed: 1 } } } } }`;

test('a drain takes no more pods at a time than the budget allows', async () => {
  const ran = await project.run(
    `${budgeted}
  - name: one node has everything
    cordon: { target: node/kind-worker2 }
  - name: both pods come to the first node
    delete: { target: pod/web-* }
    expect: { settled: { pod/web-0..1: { ready: true, node: kind-worker } } }
  - name: room elsewhere
    uncordon: { target: node/kind-worker2 }
  - name: drain
    drain: { target: node/kind-worker }
    expect:
      always: [ { of: pod/web-*, is: Terminating, count: { lte: 1 } } ]
      order: [ pod/web-0: Terminating, pod/web-1: Terminating ]
      settled: { pod/web-0..1: { ready: true, node: kind-worker2 } }`,
    { options: { nodes: 2 } },
  );

  expect(ran.outcome).toBe('pass');
  const evictions = ran.records.flatMap((record) =>
    record.kind === 'request' && record.request.verb === 'evict' ? [record.response.code] : [],
  );
  expect(evictions.filter((code) => code === 201)).toHaveLength(2);
  expect(evictions).toContain(429);
});

test('an eviction at an empty budget is refused and changes nothing', async () => {
  const ran = await project.run(`${budgeted}
  - name: web-1 is sick
    fail: { target: pod/web-1, how: notReady }
    expect: { eventually: { poddisruptionbudget/b: { fields: { status: { disruptionsAllowed: 0 } } } } }
  - name: web-0 has to stay
    evict: { target: pod/web-0 }
    expect:
      rejected:
        code: 429
        reason: TooManyRequests
        causes: { has: [ { reason: DisruptionBudget, message: "The disruption budget b needs 1 healthy pods and has 1 currently" } ] }
      never: [ pod/web-0: Terminating ]`);

  expect(ran.outcome).toBe('pass');
});
