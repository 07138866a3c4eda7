import { createRecordedBackend } from '../../src/backends/recorded.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { Project, start } from '../runner/small-run.ts';
import type { Observation } from '../../src/trace/record.ts';
import type { Ran } from '../runner/small-run.ts';

const project = new Project();
afterAll(() => project.dispose());

describe('recorded backend', () => {
  test('the recorded backend repeats a run, reads, faults and waiting included', async () => {
    const steps = `${start}
    remember: { ip: { of: pod/web-0, field: status.podIP } }
  - name: ask
    resolve: { name: web-0.web, type: A }
    expect: { answered: { records: { exactly: [ { address: $ip } ] } } }
  - name: sick
    fail: { target: pod/web-0, how: notReady }
    expect: { until: 30s, never: [ pod/web-1: Terminating ], eventually: { pod/web-0: NotReady } }
  - name: well
    recover: { target: pod/web-0 }
    expect: { eventually: { pod/web-0: Ready } }
  - name: wait
    advance: 90s
  - name: ask until it is so
    get: { target: sts/web }
    expect: { within: 10s, answered: { spec: { replicas: 7 } } }`;
    const live = await project.run(steps);
    if (live.header === undefined) throw new Error('the run did not start');

    const offline = await project.run(steps, {
      backend: createRecordedBackend({ header: live.header, records: live.records }),
    });

    expect(live.finished.outcome).toBe('fail');
    expect(offline.verdicts).toEqual(live.verdicts);
    expect(offline.records).toEqual(live.records);
  });

  test('the answer of a subresource is repeated, though no observation shows it', async () => {
    const steps = `${start}
  - name: scaled
    patch: { target: sts/web, subresource: scale, merge: { spec: { replicas: 3 } } }
    expect: { answered: { object: { kind: Scale, spec: { replicas: 3 } } } }`;
    const live = await project.run(steps);
    if (live.header === undefined) throw new Error('the run did not start');

    const offline = await project.run(steps, {
      backend: createRecordedBackend({ header: live.header, records: live.records }),
    });

    expect(live.finished.outcome).toBe('pass');
    expect(offline.verdicts).toEqual(live.verdicts);
  });

  test('a trace of other steps is refused, not judged', async () => {
    const live = await project.run(start);
    if (live.header === undefined) throw new Error('the run did not start');

    const offline = await project.run(
      `\n  - name: start\n    create: web.yaml\n    expect: { settled: { statefulset/web: Ready } }`,
      {
        backend: createRecordedBackend({ header: live.header, records: live.records }),
      },
    );

    expect(offline.outcome).toMatch(
      /^invalid\nthe trace is not of this scenario as it is now: step 1 sent .*, the scenario sends create/,
    );
  });

  test('a trace that ends early leaves undecided what it does not show, and fails what it does', async () => {
    const steps = `${start}
  - name: out
    scale: { target: sts/web, to: 4 }
    expect: { never: [ pod/web-3: Ready ], settled: { statefulset/web: Ready } }`;
    const live = await project.run(steps, { head: 'invariants: { always: [ { of: pod/web-9, is: Ready } ] }' });
    const { header, records } = live;
    if (header === undefined) throw new Error('the run did not start');
    const judge = (length: number): Promise<Ran> =>
      project.run(steps, {
        head: 'invariants: { always: [ { of: pod/web-9, is: Ready } ] }',
        backend: createRecordedBackend({ header, records: records.slice(0, length) }),
      });
    const outcomes = ({ finished, verdicts }: Ran): string =>
      [finished.outcome, ...[...verdicts, ...finished.invariants].map(({ outcome }) => outcome)].join(' ');
    const closed = records.findIndex((record) => record.kind === 'window' && record.window === 'closed');
    const broken = records.findIndex((record) => record.kind === 'observation' && record.at > 0 && isReady(record));

    expect(outcomes(live)).toBe('fail pass pass fail pass');
    expect(outcomes(await judge(closed - 5))).toBe('inconclusive inconclusive inconclusive');
    expect(outcomes(await judge(closed + 1))).toBe('inconclusive pass inconclusive inconclusive inconclusive');
    expect(outcomes(await judge(broken + 1))).toBe('fail pass inconclusive fail inconclusive');
    expect((await judge(closed - 5)).finished.reason).toMatch(/^the trace ends at \d.*s, before step "start" was done/);
  });

  test('times of later steps are those of the quiet rule, not of when the simulator had nothing left to do', async () => {
    const { records } = await project.run(`${start}\n  - name: next\n    scale: { target: sts/web, to: 1 }`);
    const ofStart = records.filter((record) => record.kind === 'observation' && record.step === 0);
    const last = ofStart.findLast((record) => record.kind === 'observation' && record.object.kind !== 'Event');
    const next = records.find((record) => record.kind === 'request' && record.step === 1);

    expect((next?.at ?? 0) - (last?.at ?? 0)).toBeCloseTo(5000, 6);
  });
});

function isReady({ object }: Observation): boolean {
  const { conditions = [] } = (object['status'] ?? {}) as {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
  return (
    object.metadata.name === 'web-3' && conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
  );
}
