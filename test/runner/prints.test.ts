import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRecordedBackend } from '../../src/backends/recorded.ts';
import { Project, start } from './small-run.ts';

let project: Project;
beforeAll(() => {
  project = new Project();
});
afterAll(() => project.dispose());

const scaleOut = (output: string): string => `${start}
  - name: out
    scale: { target: sts/web, to: 3 }
    expect:
      prints:
        - kubectl: scale sts web --replicas=3
          output: statefulset.apps/web scaled
        - kubectl: get pods -w
          output: |
            NAME    READY   STATUS    RESTARTS   AGE
            web-0   1/1     Running   0          4m55s
            web-1   1/1     Running   0          4m53s
${output}`;

const rows = `            web-2   0/1     Pending   0          0s
            web-2   0/1     ContainerCreating   0          0s
            web-2   1/1     Running             0          2s`;

describe('prints', () => {
  test('passes when the watch shows the rows, from before the request to the quiet point', async () => {
    expect((await project.run(scaleOut(rows))).outcome).toBe('pass');
  });

  test('fails with the difference at the line of the author', async () => {
    const { verdicts, outcome } = await project.run(
      scaleOut(rows.replace('1/1     Running             0', '0/1     Running             0')),
    );

    expect(outcome).toContain('READY is 1/1');
    const transcript = verdicts.at(-1)?.explanation?.transcript;
    expect(transcript?.lines.filter(({ kind }) => kind !== 'same')).toMatchObject([
      { kind: 'missing', line: 21, remark: 'READY is 1/1' },
      { kind: 'extra' },
    ]);
    expect(transcript?.actual).toContain('web-2   1/1     Running');
  });

  test('gives the same verdict from the trace', async () => {
    for (const output of [rows, rows.replace('Pending', 'Failed')]) {
      const live = await project.run(scaleOut(output));
      if (live.header === undefined) throw new Error('there is no header');
      const backend = createRecordedBackend({ header: live.header, records: live.records });
      const again = await project.run(scaleOut(output), { backend });

      expect(again.outcome).toBe(live.outcome);
    }
  });

  test('of the request itself waits for nothing', async () => {
    const steps = (kubectl: string, output: string): string =>
      `${start}\n  - name: out\n    scale: { target: sts/web, to: 3 }\n    expect: { prints: { kubectl: ${kubectl}, output: ${output} } }`;
    const quick = await project.run(steps('scale sts/web --replicas=3', 'statefulset.apps/web scaled'));
    const slow = await project.run(steps('get sts -o name', 'statefulset.apps/web'));

    expect([quick.outcome, slow.outcome]).toEqual(['pass', 'pass']);
    expect(slow.finished.virtualMs - quick.finished.virtualMs).toBeGreaterThan(5000);
  });

  test('shows what kubectl says of a refusal', async () => {
    const { outcome } = await project.run(`${start}
  - name: a service name for ever
    patch: { target: sts/web, merge: { spec: { serviceName: other } } }
    expect:
      prints:
        kubectl: patch sts web -p '{"spec":{"serviceName":"other"}}'
        output: "The StatefulSet \\"web\\" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"`);

    expect(outcome).toBe('pass');
  });

  test('is vacuous when the transcript skips all there is', async () => {
    const { verdicts, finished } = await project.run(
      `${start}\n  - name: look\n    expect: { prints: { kubectl: get pods, output: "…" } }`,
    );

    expect(finished.vacuous).toBe(1);
    expect(verdicts.at(-1)).toMatchObject({ word: 'prints', outcome: 'pass', vacuous: true });
  });

  test('with until sees what is there by then', async () => {
    const { outcome } = await project.run(`${start}
  - name: out
    scale: { target: sts/web, to: 3 }
    expect:
      until: 50ms
      prints: [ { kubectl: "get sts web -o jsonpath='{.spec.replicas}/{.status.readyReplicas}'", output: "3/2" } ]`);

    expect(outcome).toBe('pass');
  });

  test('waits with rollout status from the answer on', async () => {
    const { outcome } = await project.run(`${start}
  - name: update
    setImage: { target: sts/web, containers: { nginx: "nginx:2" } }
    expect:
      prints:
        - kubectl: rollout status sts/web
          output: |
            …
            Waiting for 1 pods to be ready...
            Waiting for partitioned roll out to finish: 1 out of 2 new pods have been updated...
            Waiting for 1 pods to be ready...
            partitioned roll out complete: 2 new pods have been updated...
        - kubectl: rollout history sts/web
          output: |
            statefulset.apps/web
            REVISION  CHANGE-CAUSE
            1         <none>
            2         <none>`);

    expect(outcome).toBe('pass');
  });
});
