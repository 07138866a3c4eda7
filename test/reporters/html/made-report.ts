// Reports of real runs on the simulator, gathered from their messages: what the page is tested with.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completeRunOptions } from '../../../src/runner/run-options.ts';
import { runSuite } from '../../../src/runner/suite.ts';
import { RunGatherer } from '../../../reporters/html/gather-runs.ts';
import { readRows } from '../../../reporters/html/read-rows.ts';
import { readRun } from '../../../reporters/html/page/run-data.ts';
import type { RecordRow } from '../../../reporters/html/document.ts';
import type { GatheredReport } from '../../../reporters/html/gather-runs.ts';
import type { RunData } from '../../../reporters/html/page/run-data.ts';
import type { Message } from '../../../src/runner/messages.ts';

/** Never executed, or the page's `hacked` is set. */
export const hostile = `</script><script>window.hacked=1</script><img src=x onerror="window.hacked=2">`;

function manifest(policy: string): string {
  return `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
  annotations: { note: ${JSON.stringify(hostile)} }
spec:
  serviceName: web
  podManagementPolicy: ${policy}
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "registry.k8s.io/pause:3.10" }] }
`;
}

const scenario = `scenario: web-starts-in-order
title: ${JSON.stringify(`Pods start in order ${hostile}`)}
steps:
  - name: ${JSON.stringify(`two pods ${hostile}`)}
    apply: web.yaml
    expect:
      order: [ pod/web-0..1: [Created, Ready] ]
      settled: { sts/web: Ready }
  - name: a third
    scale: { target: sts/web, to: 3 }
    expect: { order: [ pod/web-2: Ready ] }
  - name: the service name stays
    patch: { target: sts/web, merge: { spec: { serviceName: other } } }
    expect: { rejected: { code: 422 } }
`;

const guarantee = {
  id: 'ordered-creation',
  sentence: `The pods of a set are created one after another. ${hostile}`,
  documented: 'javascript:window.hacked=3',
  since: '1.9',
  area: 'order',
};

/** The messages of one run; \`Parallel\` breaks the order that the scenario expects. */
export async function runWeb(policy: 'OrderedReady' | 'Parallel', seed: number): Promise<readonly Message[]> {
  const folder = mkdtempSync(join(tmpdir(), 'setpiece-report-'));
  const messages: Message[] = [];
  try {
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(join(folder, 'web.yaml'), manifest(policy));
    const file = join(folder, 'web-starts-in-order.scenario.yaml');
    writeFileSync(file, scenario);
    const options = completeRunOptions({ seed, records: true });
    const { signal } = new AbortController();
    await runSuite(
      { files: [file], filter: { tags: [] }, options, workers: 1 },
      (message) => messages.push(message),
      signal,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
  return messages.map(withGuarantee);
}

/** Two runs of the scenario: seed 1 passes, seed 2 does not keep the order. */
export async function madeMessages(): Promise<readonly Message[]> {
  return [...(await runWeb('OrderedReady', 1)), ...(await runWeb('Parallel', 2))];
}

/** The report of a stream. */
export function gather(messages: readonly Message[]): GatheredReport {
  const gatherer = new RunGatherer();
  for (const message of messages) gatherer.take(message);
  const report = gatherer.report();
  if (report === undefined) throw new Error('the stream has no end');
  return report;
}

/** What the page works out of a run of a report. */
export function dataOf({ document, blocks }: GatheredReport, position: number): RunData {
  const run = document.runs[position];
  if (run === undefined) throw new Error(`there is no run ${position}`);
  const rows = JSON.parse(blocks[position] ?? '[]') as readonly RecordRow[];
  if (readRows(rows).length !== run.records) throw new Error('the block has not as many records as the summary says');
  return readRun(run, rows);
}

function withGuarantee(message: Message): Message {
  if (message.kind === 'runStarted') return { ...message, guarantees: [guarantee] };
  if (message.kind !== 'scenarioStarted' && message.kind !== 'scenarioFinished') return message;
  return { ...message, guarantees: [guarantee.id] };
}
