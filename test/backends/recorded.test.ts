import { createRecordedBackend } from '../../src/backends/recorded.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { Project, start } from '../runner/small-run.ts';

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

  test('a trace of other steps is refused, not judged', async () => {
    const live = await project.run(start);
    if (live.header === undefined) throw new Error('the run did not start');

    const offline = await project.run(`${start}\n  - name: more\n    scale: { target: sts/web, to: 1 }`, {
      backend: createRecordedBackend({ header: live.header, records: live.records }),
    });

    expect(offline.outcome).toMatch(
      /^error\nthe trace does not belong to this scenario as it is now: the scenario sends patch/,
    );
  });
});
