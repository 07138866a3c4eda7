// Lessons on the kubeconfig backend against a served simulator: the verdicts of the simulator in process, told in the order of
// the plan, and reached again from their traces.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkTrace } from '../../../src/runner/check.ts';
import { completeRunOptions } from '../../../src/runner/run-options.ts';
import { runSuite } from '../../../src/runner/suite.ts';
import { kubeconfigFor } from '../../../src/simulator/http/kubeconfig.ts';
import { serveSimulator } from '../../../src/simulator/http/serve.ts';
import type { Message, ScenarioFinished } from '../../../src/runner/messages.ts';
import type { RunOptions } from '../../../src/runner/run-options.ts';
import type { Verdict } from '../../../src/expectations/verdict.ts';

/** Of each kind one: alone or beside others, with rows, with readiness control, with volumes by hand. */
const files = [
  'web/ordered-scaling',
  'mongodb/scale-out-and-in',
  'nginx-web/partition',
  'nginx-web/parallel',
  'web/rolling-update-and-undo',
  'identity/replicas-without-identity',
  'mongodb/scale-out-waits',
  'web/provisioned-volumes',
].map((name) => `scenarios/lessons/${name}.scenario.yaml`);

const folder = mkdtempSync(join(tmpdir(), 'setpiece-lessons-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Told {
  readonly messages: readonly Message[];
  readonly finished: readonly ScenarioFinished[];
  readonly verdicts: ReadonlyMap<string, readonly string[]>;
}

async function run(options: Partial<RunOptions>, workers: number): Promise<Told> {
  const messages: Message[] = [];
  const whole = completeRunOptions(options);
  await runSuite(
    { files, filter: { tags: [] }, options: whole, workers },
    (message) => messages.push(message),
    new AbortController().signal,
  );
  return toldBy(messages);
}

function toldBy(messages: readonly Message[]): Told {
  const finished = messages.filter((message) => message.kind === 'scenarioFinished');
  const verdicts = new Map<string, string[]>();
  const add = ({ id }: { readonly id: { scenario: string; row?: number } }, made: readonly Verdict[]): void => {
    const name = nameOf(id);
    verdicts.set(name, [...(verdicts.get(name) ?? []), ...made.map(({ text, outcome }) => `${outcome} ${text}`)]);
  };
  for (const message of messages) {
    if (message.kind === 'stepFinished') add(message, message.verdicts);
    if (message.kind === 'scenarioFinished') add(message, message.invariants);
  }
  return { messages, finished, verdicts };
}

function nameOf({ scenario, row }: { readonly scenario: string; readonly row?: number }): string {
  return row === undefined ? scenario : `${scenario}#${row}`;
}

describe('lessons on a served simulator', () => {
  test(
    'come to the verdicts of the simulator in process, in the order of the plan, and their traces to the same',
    { timeout: 120_000 },
    async () => {
      const server = await serveSimulator({ port: 0, speed: 20, seed: 1, nodes: 3 });
      const kubeconfig = join(folder, 'config');
      writeFileSync(kubeconfig, kubeconfigFor(server.access));
      const backend = { kind: 'cluster', context: 'setpiece', kubeconfig, disposable: true } as const;

      const live = await run({ backend, quietMs: 400, traceDir: folder }, 3);
      const simulated = await run({}, 1);
      await server.close();

      expect(live.finished.map(({ id }) => nameOf(id))).toEqual(simulated.finished.map(({ id }) => nameOf(id)));
      const skipped = live.finished.filter(({ outcome }) => outcome === 'skipped');
      expect(skipped.map(({ id }) => id.scenario)).toEqual(['mongo-scales-out-only-when-ready']);
      expect(skipped[0]?.reason).toContain('container mongo-sidecar of pod/mongo-1 cannot be made not ready by itself');
      for (const { id, outcome, reason = '', tracePath = '', file } of live.finished) {
        if (outcome === 'skipped') continue;
        const name = nameOf(id);
        expect([name, outcome, reason]).toEqual([name, 'pass', '']);
        expect([name, masked(live.verdicts.get(name))]).toEqual([name, masked(simulated.verdicts.get(name))]);
        const again: Message[] = [];
        await checkTrace({ trace: tracePath, scenario: file, strict: false }, (message) => again.push(message));
        expect([name, toldBy(again).verdicts.get(name)]).toEqual([name, live.verdicts.get(name)]);
      }
    },
  );
});

/** Names of volumes that were provisioned are made of uids, those of replicas of chance. */
function masked(verdicts: readonly string[] = []): readonly string[] {
  return verdicts.map((verdict) => verdict.replaceAll(/pvc-[0-9a-f][0-9a-f-]*|cattle-[a-z0-9]{5}\b/g, 'NAME'));
}
