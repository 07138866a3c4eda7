// What a trace is held against: the scenario may have been edited since the run.

import { afterAll, describe, expect, test } from 'vitest';
import { createRecordedBackend } from '../../src/backends/recorded.ts';
import { Project, start } from '../runner/small-run.ts';
import type { Ran } from '../runner/small-run.ts';

const project = new Project();
afterAll(() => project.dispose());

/** Runs some steps, and judges their trace by others. */
async function judge(ran: string, by: string): Promise<Ran> {
  const { header, records } = await project.run(ran);
  if (header === undefined) throw new Error('the run did not start');
  const written = JSON.parse(JSON.stringify(records)) as typeof records;
  return project.run(by, { backend: createRecordedBackend({ header, records: written }) });
}

const then = (step: string): string => `${start}\n  - name: then\n    ${step}`;

describe('a trace whose scenario was edited', () => {
  test.each([
    ['scale: { target: sts/web, to: 3 }', 'scale: { target: sts/web, to: 4 }', 'spec.replicas: 3, now 4'],
    ['delete: { target: pod/web-0 }', 'delete: { target: pod/web-1 }', 'step 2 sent delete pod/web-0'],
    [
      'delete: { target: pod/web-0 }',
      'delete: { target: pod/web-0, grace: 0 }',
      'step 2 sent delete pod/web-0 with other contents',
    ],
    [
      'fail: { target: pod/web-0, how: notReady }',
      'fail: { target: pod/web-1, how: notReady }',
      'step 2 sent the fault notReady of pod/web-0',
    ],
    ['delete: { target: pod/web-0 }', 'scale: { target: sts/web, to: 1 }', 'the scenario sends'],
  ])('%s by %s is refused', async (ran, by, message) => {
    const { outcome } = await judge(then(ran), then(by));

    expect(outcome).toMatch(/^invalid\nthe trace is not of this scenario as it is now: step 2 sent /);
    expect(outcome).toContain(message);
  });

  test('expectations may be edited: they are what the trace is judged by', async () => {
    const scaled = (state: string): string =>
      then(`scale: { target: sts/web, to: 3 }\n    expect: { settled: { statefulset/web: ${state} } }`);

    const { outcome } = await judge(scaled('Ready'), scaled('{ replicas: 3 }'));

    expect(outcome).toBe('pass');
  });

  test('reads that were repeated may be fewer now', async () => {
    const asked = (fields: string): string =>
      `${then('scale: { target: sts/web, to: 3 }')}
  - name: asked until it is so
    get: { target: sts/web }
    expect: { within: 60s, answered: ${fields} }
  - name: behind it
    delete: { target: pod/web-0 }`;

    const { outcome } = await judge(asked('{ status: { readyReplicas: 3 } }'), asked('{ spec: { replicas: 3 } }'));

    expect(outcome).toBe('pass');
  });

  test('a restart, which writes down its time, is the same restart', async () => {
    const restart = then(
      'rollout: { target: sts/web, restart: true }\n    expect: { settled: { statefulset/web: Ready } }',
    );

    expect((await judge(restart, restart)).outcome).toBe('pass');
  });
});
