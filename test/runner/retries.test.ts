// What did not pass on a real cluster is tried again. The cluster is a served simulator, which the test changes between tries.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planSuite } from '../../src/runner/plan-suite.ts';
import { completeRunOptions } from '../../src/runner/run-options.ts';
import { runPlanned } from '../../src/runner/run-planned.ts';
import { Totals } from '../../src/runner/totals.ts';
import { serveBackend } from '../backends/kubeconfig/served-backend.ts';
import { Project } from './small-run.ts';
import type { Message, ScenarioFinished } from '../../src/runner/messages.ts';

type Served = Awaited<ReturnType<typeof serveBackend>>;

let served: Served;
let project: Project;

beforeAll(async () => {
  served = await serveBackend({});
  project = new Project();
});
afterAll(async () => {
  project.dispose();
  await served.backend.dispose();
  await served.server.close();
});

/** Runs a scenario that passes once a volume is there; `onEnd` hears of each try. */
async function run(
  marker: string,
  { retries, onEnd }: { readonly retries: number; readonly onEnd: (finished: ScenarioFinished) => void },
): Promise<readonly ScenarioFinished[]> {
  project.write(
    `${marker}.scenario.yaml`,
    `scenario: ${marker}
title: a volume is there
steps:
  - name: look
    get: { target: pv/${marker} }
    expect: { within: 300ms, answered: { metadata: { name: ${marker} } } }
`,
  );
  const [planned] = planSuite([`${project.folder}/${marker}.scenario.yaml`], { tags: [] }).runs;
  if (planned === undefined) throw new Error('no run');
  const ends: ScenarioFinished[] = [];
  const emit = (message: Message): void => {
    if (message.kind !== 'scenarioFinished') return;
    ends.push(message);
    onEnd(message);
  };
  const options = completeRunOptions({ retries });
  await runPlanned(planned, { backend: served.backend, options, emit, signal: new AbortController().signal });
  return ends;
}

function makeVolume(name: string): void {
  const made = served.server.simulator.api.create({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: { capacity: { storage: '1Mi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/data' } },
  });
  if (!made.ok) throw new Error(made.status.message);
}

describe('--retries', () => {
  test('what passes at a later try is flaky, and the tries before it do not count', async () => {
    const totals = new Totals(false);

    const ends = await run('late', {
      retries: 2,
      onEnd: (finished) => {
        totals.take(finished);
        if (finished.retried === true) makeVolume('late');
      },
    });

    expect(ends.map(({ outcome, retried, id }) => [outcome, retried, id.attempt])).toEqual([
      ['fail', true, undefined],
      ['flaky', undefined, 2],
    ]);
    expect(totals.counts).toMatchObject({ flaky: 1, fail: 0 });
    expect(totals.exitCode(false)).toBe(0);
  });

  test('what never passes is tried as often as was asked for, and fails', async () => {
    const ends = await run('never', { retries: 2, onEnd: () => undefined });

    expect(ends.map(({ outcome, retried, id }) => [outcome, retried, id.attempt])).toEqual([
      ['fail', true, undefined],
      ['fail', true, 2],
      ['fail', undefined, 3],
    ]);
  });

  test('what passes at once is tried once', async () => {
    makeVolume('there');

    const ends = await run('there', { retries: 2, onEnd: () => undefined });

    expect(ends.map(({ outcome }) => outcome)).toEqual(['pass']);
  });
});
