// W-3 in whole runs: when a step ends that waits for quiet, whatever timers are far away.

import { afterAll, describe, expect, test } from 'vitest';
import { createRecordedBackend } from '../../src/backends/recorded.ts';
import { Project } from './small-run.ts';

const project = new Project();
afterAll(() => project.dispose());

const template =
  'template: { metadata: { labels: { app: a } }, spec: { containers: [ { name: a, image: "nginx:1" } ] } }';
const spec = (more: string): string => `{ replicas: 1, selector: { matchLabels: { app: a } }, ${template}${more} }`;

const deployment = `
  - name: a Deployment, which has a timer of ten minutes
    apply: { apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: ${spec('')} }
    expect:
      within: 10m
      eventually: { deployment/a: Ready }
      settled: { deployment/a: Ready }
  - name: the next begins when it is quiet
    expect: { eventually: { deployment/a: Ready } }`;

const minReady = `
  - name: quiet comes after Ready, and does not wait for availability
    apply: { apiVersion: apps/v1, kind: StatefulSet, metadata: { name: a }, spec: ${spec(', serviceName: x, minReadySeconds: 30')} }
    expect:
      order: [ pod/a-0: [Created, Ready] ]
      settled: { statefulset/a: { readyReplicas: 1, availableReplicas: 0 } }
  - name: the next finds it still so
    expect: { eventually: { statefulset/a: { availableReplicas: 0 } } }`;

describe('the quiet point', () => {
  test.each([
    ['a Deployment', deployment],
    ['minReadySeconds', minReady],
  ])('%s: a step ends at the quiet point that the last event brought, not at its budget', async (_what, steps) => {
    const { outcome, finished } = await project.run(steps);

    expect(outcome).toBe('pass');
    expect(finished.virtualMs).toBeLessThan(10_000);
  });

  test.each([deployment, minReady])('the trace gives the same verdicts at the same times', async (steps) => {
    const live = await project.run(steps);
    if (live.header === undefined) throw new Error('the run did not start');

    const offline = await project.run(steps, {
      backend: createRecordedBackend({ header: live.header, records: live.records }),
    });

    expect(offline.verdicts).toEqual(live.verdicts);
    expect(offline.records).toEqual(live.records);
  });
});

describe('steps that were not run', () => {
  test('are named with the values of their variables, one for each row', async () => {
    const { finished } = await project.run(
      `
  - name: never $(n)
    expect: { within: 1s, eventually: { pod/nobody: Ready } }
  - name: scale to $(n)
    each: [ { n: 3 }, { n: 4 } ]
    scale: { target: sts/web, to: $n }
  - name: ask $(n) for $(ip)
    each: [ { n: 5 } ]
    remember: { later: { of: pod/web-0, field: status.podIP } }
  - scale: { target: sts/web, to: $n }`,
      { head: 'with: { n: 2, ip: x }' },
    );

    expect(finished.notRun).toEqual(['scale to 3', 'scale to 4', 'ask 5 for x', expect.stringContaining('to: 2')]);
  });

  test('names keep the variables that nothing has remembered', async () => {
    const { finished } = await project.run(`
  - name: never
    expect: { within: 1s, eventually: { pod/nobody: Ready } }
    remember: { ip: { of: pod/nobody, field: status.podIP } }
  - name: row $(n) asks $(ip)
    each: [ { n: 1 } ]
    resolve: { name: $(ip), type: A }`);

    expect(finished.notRun).toEqual(['row 1 asks $(ip)']);
  });
});
