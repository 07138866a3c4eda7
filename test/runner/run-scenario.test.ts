// The way of a run, on the simulator.

import { afterAll, describe, expect, test } from 'vitest';
import { Project, requests, start } from './small-run.ts';

const project = new Project();
afterAll(() => project.dispose());

describe('run', () => {
  test('remembered values are known to later steps and written to the trace', async () => {
    const ran = await project.run(`${start}
    remember: { uid: { of: pod/web-0, field: metadata.uid } }
  - name: same
    expect: { settled: { pod/web-0: { fields: { metadata: { uid: $uid } } } } }`);

    expect(ran.outcome).toBe('pass');
    expect(ran.records.find(({ kind }) => kind === 'remember')).toMatchObject({
      values: { uid: expect.any(String) as string },
    });
  });

  test.each([
    ['several values', `{ of: pod/web-*, field: metadata.uid }`, 'found 2 values'],
    ['no value', `{ of: pod/web-9, field: metadata.uid }`, 'found nothing'],
  ])('to remember %s is a mistake in the scenario', async (_, remember, message) => {
    const ran = await project.run(
      `${start}\n    remember: { x: ${remember} }\n  - name: use\n    expect: { settled: { pod/web-0: { ip: $x } } }`,
    );

    expect(ran.finished.outcome).toBe('invalid');
    expect(ran.outcome).toContain(message);
  });

  test('rows of each are steps of one run, one after another', async () => {
    const ran = await project.run(`${start}
  - name: to $(n)
    each: [ { n: 3 }, { n: 1 } ]
    scale: { target: sts/web, to: $n }
    expect: { settled: [ { of: pod/web-*, is: Ready, count: $n } ] }`);

    expect(ran.outcome).toBe('pass');
    expect(requests(ran)).toHaveLength(2);
  });

  test('invariants are judged over the whole run', async () => {
    const ran = await project.run(`${start}\n  - name: delete\n    delete: { target: pod/web-0 }`, {
      head: 'invariants: { never: [ pod/web-0: Terminating ] }',
    });

    expect(ran.outcome).toMatch(/^fail\nnever: /);
  });

  test('a wrong verdict in the middle leaves the later steps unrun, and says which', async () => {
    const ran = await project.run(
      `${start}\n  - name: no\n    expect: { settled: { pod/web-7: Ready } }\n  - name: after\n    scale: { target: sts/web, to: 1 }`,
    );

    expect(ran.finished).toMatchObject({ outcome: 'fail', notRun: ['after'] });
  });

  test('an unknown container of setImage is a mistake in the scenario, with the ones that there are', async () => {
    const ran = await project.run(
      `${start}\n  - name: set\n    setImage: { target: sts/web, containers: { ngnix: "nginx:2" } }`,
    );

    expect(ran.finished.problems).toMatchObject([{ code: 'unknown-container', hint: 'its containers: nginx' }]);
  });

  test('one seed gives one trace; the seed matters', async () => {
    const [first, again, other] = await Promise.all([
      project.run(start),
      project.run(start),
      project.run(start, { options: { seed: 2 } }),
    ]);

    expect(again.finished.traceHash).toBe(first.finished.traceHash);
    expect(other.finished.traceHash).not.toBe(first.finished.traceHash);
  });

  test('requests stand in front of what they cause, and windows are marked', async () => {
    const ran = await project.run(start);
    const ofStep = ran.records.filter(({ step }) => step === 0);

    expect(ofStep[0]).toMatchObject({ kind: 'request', request: { verb: 'apply', target: 'service/web' } });
    expect(ofStep[1]).toMatchObject({ kind: 'observation', type: 'ADDED', object: { kind: 'Service' } });
    expect(ofStep.filter(({ kind }) => kind === 'window')).toMatchObject([{ window: 'opened' }, { window: 'closed' }]);
  });
});
