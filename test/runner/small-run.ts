// Runs small scenarios on the simulator, for tests. Their files are in a project folder of their own.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulatedBackend } from '../../src/backends/simulated.ts';
import { expandRuns } from '../../src/scenario/expand.ts';
import { loadFile } from '../../src/runner/load-file.ts';
import { runScenario } from '../../src/runner/run-scenario.ts';
import { completeRunOptions } from '../../src/runner/run-options.ts';
import type { Backend } from '../../src/backends/cluster.ts';
import type { Message, ScenarioFinished } from '../../src/runner/messages.ts';
import type { RunOptions } from '../../src/runner/run-options.ts';
import type { TraceHeader, TraceRecord } from '../../src/trace/record.ts';
import type { Verdict } from '../../src/expectations/verdict.ts';

const web = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: None, selector: { app: web }, ports: [ { name: http, port: 80 } ] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web }
spec:
  serviceName: web
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [ { name: nginx, image: "nginx:1" } ]
`;
/** The first step of most: a set of two pods, ready. */
export const start = `
  - name: start
    apply: web.yaml
    expect: { settled: { statefulset/web: Ready } }`;

/** A folder with `web.yaml`; `dispose` removes it. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'setpiece-run-'));

  constructor() {
    mkdirSync(join(this.folder, '.git'));
    this.write('web.yaml', web);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Runs a scenario that has these steps. */
  async run(
    steps: string,
    more: {
      readonly head?: string;
      readonly options?: Partial<RunOptions>;
      readonly backend?: Backend;
      readonly row?: number;
    } = {},
  ): Promise<Ran> {
    const file = join(this.folder, 'test.scenario.yaml');
    writeFileSync(file, `scenario: test\ntitle: test\n${more.head ?? ''}\nsteps:${steps}\n`);
    const read = loadFile(file);
    if (read.kind === 'invalid') throw new Error(read.frames.join('\n'));
    const messages: Message[] = [];
    const finished = await runScenario({
      loaded: read.loaded,
      row: expandRuns(read.loaded.scenario)[more.row ?? 0] ?? { variables: {} },
      backend: more.backend ?? createSimulatedBackend(),
      options: completeRunOptions({ records: true, ...more.options }),
      emit: (message) => void messages.push(message),
    });
    const verdicts = messages.flatMap((message) => (message.kind === 'stepFinished' ? message.verdicts : []));
    const bad = [...verdicts, ...finished.invariants].filter(({ outcome }) => outcome !== 'pass');
    const told = bad.map(({ word, explanation }) => `${word}: ${explanation?.rule}; ${explanation?.seen}`);
    return {
      finished,
      verdicts,
      records: messages.flatMap((message) => (message.kind === 'record' ? [message.record] : [])),
      header: messages.flatMap((message) => (message.kind === 'scenarioStarted' ? [message.header] : []))[0],
      outcome: [finished.outcome, finished.reason, ...finished.frames, ...told]
        .filter((text) => text !== undefined)
        .join('\n'),
    };
  }
}

/** What a run came to. */
export interface Ran {
  readonly finished: ScenarioFinished;
  readonly verdicts: readonly Verdict[];
  readonly records: readonly TraceRecord[];
  readonly header: TraceHeader | undefined;
  /** Outcome and what is wrong, short enough to be compared. */
  readonly outcome: string;
}

/** The requests behind the first step: `get service/web 404`. */
export function requests({ records }: Ran): readonly string[] {
  return records.flatMap((record) =>
    record.kind === 'request' && record.step > 0
      ? [`${record.request.verb} ${record.request.target ?? ''} ${record.response.code}`]
      : [],
  );
}
