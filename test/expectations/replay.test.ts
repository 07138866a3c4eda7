import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createJudge, judgedAnswer, judgeTrace } from '../../src/expectations/index.ts';
import { formatRecord, readTrace } from '../../src/trace/file.ts';
import { assignSteps, orderRecords } from '../../src/trace/order.ts';
import { bindStep } from '../../src/scenario/bind.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import type { Json } from '../../src/kubernetes/object.ts';
import type { BoundStep, Variables } from '../../src/scenario/model.ts';
import type { ReplayedStep, Verdict } from '../../src/expectations/index.ts';
import type { RequestRecord, TraceRecord, WindowEnd } from '../../src/trace/record.ts';
import { Stage } from './stage.ts';

function steps(text: string): (step: number, variables: Variables) => BoundStep | undefined {
  const { scenario, problems } = readScenario({ file: 'a.scenario.yaml', text, root: '/' });
  if (scenario === undefined) throw new Error(JSON.stringify(problems, undefined, 1));
  return (step, variables) => (step < scenario.steps.length ? bindStep(scenario, step, variables).step : undefined);
}

const counts = { quietMs: 5000, slackMs: 0, patience: 1 };
const named = (verdicts: readonly Verdict[]): string[] =>
  verdicts.map(({ word, outcome, atMs }) => `${word} ${outcome} ${atMs}`);

/** Runs steps against a script as a runner would, and writes the trace that a runner writes. */
function live(
  stepAt: (step: number, variables: Variables) => BoundStep | undefined,
  script: readonly {
    readonly request?: (stage: Stage) => RequestRecord;
    readonly script: (stage: Stage) => void;
    readonly remember?: Variables;
  }[],
) {
  const judge = createJudge(counts);
  const stage = new Stage((record) => judge.observe(record));
  const remembered: Record<string, Json> = {};
  const results: ReplayedStep[] = [];
  for (const [number, act] of script.entries()) {
    const step = stepAt(number, remembered);
    if (step === undefined) throw new Error(`no step ${number}`);
    stage.step = number;
    judge.beginStep(step, stage.nowMs);
    const request = act.request?.(stage);
    if (request !== undefined) stage.records.push(request);
    judge.openWindow(stage.nowMs, request === undefined ? [] : [judgedAnswer(request.request, request.response)]);
    stage.records.push({ kind: 'window', at: stage.nowMs, step: number, window: 'opened' });
    act.script(stage);
    for (let next = judge.nextMs; judge.windowEnd === undefined && next !== undefined; next = judge.nextMs) {
      stage.nowMs = Math.max(stage.nowMs, next);
      judge.advance(stage.nowMs);
    }
    const end = judge.windowEnd as WindowEnd;
    stage.records.push({ kind: 'window', at: stage.nowMs, step: number, window: 'closed', reason: end });
    if (act.remember !== undefined)
      stage.records.push({ kind: 'remember', at: stage.nowMs, step: number, values: act.remember });
    Object.assign(remembered, act.remember);
    results.push({ step: number, name: step.name, end, verdicts: judge.endStep() });
  }
  return { results, records: stage.records };
}

const scenario = `
scenario: live-and-offline
title: A run and its trace
steps:
  - name: scale out
    scale: { target: sts/web, to: 2 }
    expect:
      within: 30s
      answered: { code: 200 }
      order: [ statefulset/web: { replicas: 2 }, pod/web-0..1: [Created, Ready] ]
      never: [ pod/web-*: Terminating ]
      settled: { statefulset/web: Ready }
    remember: { second: { of: pod/web-1, field: metadata.name } }
  - name: the second one stays, the first does not
    expect:
      until: 10s
      never: [ { of: pod/$(second), is: Terminating } ]
      always: [ pod/web-*: Ready ]
      eventually: { pod/web-7: Ready }
`;

describe('a trace judged offline', () => {
  const scaled = (stage: Stage): RequestRecord => ({
    kind: 'request',
    at: stage.nowMs,
    step: stage.step,
    request: { verb: 'scale', target: 'statefulset/web' },
    response: { code: 200 },
  });

  test('has the verdicts of the live run, also after a trip through a file', () => {
    const stepAt = steps(scenario);
    const { results, records } = live(stepAt, [
      {
        request: scaled,
        script: (stage) =>
          stage
            .wait(5)
            .set('web', { spec: 2 })
            .pod('web-0')
            .wait(900)
            .ready('web-0')
            .pod('web-1')
            .wait(900)
            .ready('web-1'),
        remember: { second: 'web-1' },
      },
      { script: (stage) => stage.wait(300).terminating('web-0', { ready: false }).wait(20).gone('web-0') },
    ]);

    const offline = judgeTrace({ header: counts, records, stepAt });
    const read = readTrace(records.map((record) => formatRecord(record)).join('\n'));

    expect(named(results.flatMap(({ verdicts }) => verdicts))).toEqual([
      'answered pass 0',
      'order pass 1805',
      'settled pass 6805',
      'never pass 6805',
      'eventually fail 16805',
      'never pass 16805',
      'always fail 7105',
    ]);
    expect(offline.steps).toEqual(results);
    expect(judgeTrace({ header: counts, records: read.records, stepAt })).toEqual(offline);
  });

  test('that ends before a window did is inconclusive there', () => {
    const stepAt = steps(scenario);
    const { records } = live(stepAt, [
      { request: scaled, script: (stage) => stage.set('web', { spec: 2 }).ready('web-0') },
    ]);

    const { steps: judged } = judgeTrace({ header: counts, records: records.slice(0, 4), stepAt });

    expect(judged.map(({ end }) => end)).toEqual([undefined]);
    expect(judged[0]?.verdicts.map(({ word, outcome }) => `${word} ${outcome}`)).toEqual([
      'answered pass',
      'order inconclusive',
      'settled inconclusive',
      'never inconclusive',
    ]);
  });

  test('of another scenario is told by its steps', () => {
    const stepAt = steps(scenario);
    const { records } = live(stepAt, [{ request: scaled, script: () => undefined }]);

    expect(
      judgeTrace({ header: counts, records: records.map((record) => Object.assign(record, { step: 5 })), stepAt })
        .unknownStep,
    ).toBe(5);
  });

  test('of a run that could not go on says idle, and is judged so', () => {
    const stepAt = steps(scenario);
    const records: TraceRecord[] = [
      { kind: 'window', at: 0, step: 0, window: 'opened' },
      { kind: 'window', at: 10, step: 0, window: 'closed', reason: 'idle' },
    ];

    const [step] = judgeTrace({ header: counts, records, stepAt }).steps;

    expect(step).toMatchObject({ end: 'idle' });
    expect(step?.verdicts[1]).toMatchObject({ word: 'order', outcome: 'fail' });
  });

  test('repeated reads bring their newest answer', () => {
    const stepAt = steps(`
scenario: reads
title: Reads
steps:
  - name: look
    get: { target: sts/web }
    expect: { within: 10s, answered: { spec: { replicas: 2 } } }
`);
    const read = (at: number, replicas: number): RequestRecord => ({
      kind: 'request',
      at,
      step: 0,
      request: { verb: 'get', target: 'statefulset/web' },
      response: { code: 200, body: { spec: { replicas } } },
    });
    const records: TraceRecord[] = [
      read(0, 1),
      { kind: 'window', at: 0, step: 0, window: 'opened' },
      read(500, 1),
      read(1000, 2),
      { kind: 'window', at: 1000, step: 0, window: 'closed', reason: 'decided' },
    ];

    expect(judgeTrace({ header: counts, records, stepAt }).steps[0]?.verdicts).toMatchObject([
      { outcome: 'pass', atMs: 1000 },
    ]);
  });
});

describe('a recording of a real cluster', () => {
  test('shows the MongoDB lesson: in order out, in order in, claims stay', () => {
    const file = readFileSync(new URL('../fixtures/recordings/mongo-static-volumes.jsonl', import.meta.url));
    const records = assignSteps(orderRecords(readTrace(file).records));
    const stepAt = steps(`
scenario: mongo-recorded
title: The lesson as it was recorded
objects: { claims: { kind: pvc, name: mongo-data-mongo-* } }
steps:
  - name: volumes
  - name: create
    expect:
      order: [ pod/mongo-0..2: [Created, Ready] ]
      until: { statefulset/mongo: Ready }
      whenever: [ { when: { pod/mongo-2: Created }, then: { pod/mongo-0..1: Ready } } ]
  - name: scale out
    expect:
      order: [ pod/mongo-3: Ready, pod/mongo-4: [Created, Ready] ]
      eventually: [ { of: $claims, is: Bound, count: 5 }, { statefulset/mongo: { ready: true, replicas: 5 } } ]
  - name: scale in
    expect:
      until: { pod/mongo-3: { exists: false } }
      order: [ pod/mongo-4: Deleted, pod/mongo-3: [Terminating, Deleted] ]
      never: [ { of: $claims, is: Terminating }, { of: pod/mongo-0..2, is: Terminating } ]
      always: [ { of: pod/mongo-*, is: Ready, count: { gte: 3 } } ]
`);

    const { steps: judged } = judgeTrace({ header: { ...counts, quietMs: 500, slackMs: 1000 }, records, stepAt });
    const outcomes = judged.map(
      ({ name, verdicts }) => `${name}: ${verdicts.map(({ word, outcome }) => `${word} ${outcome}`).join(', ')}`,
    );

    expect(outcomes.slice(0, 4)).toEqual([
      'volumes: ',
      'create: order pass, whenever pass, until pass',
      'scale out: order pass, eventually pass, eventually pass',
      'scale in: order pass, never pass, never pass, always pass, until pass',
    ]);
  });

  test('fails a wrong order at the record that breaks it, and explains it', () => {
    const file = readFileSync(new URL('../fixtures/recordings/ordered-scale.jsonl', import.meta.url));
    const records = assignSteps(orderRecords(readTrace(file).records));
    const stepAt = steps(`
scenario: wrong-order
title: Wrong on purpose
steps:
  - name: create
    expect: { order: [ pod/web-1: Ready, pod/web-0: Ready ] }
`);

    const { steps: judged } = judgeTrace({ header: counts, records, stepAt });
    const explanation = judged[0]?.verdicts[0]?.explanation;

    expect(judged[0]?.verdicts[0]?.outcome).toBe('fail');
    expect(explanation?.rule).toBe('pod/web-1 must be Ready before pod/web-0 is Ready');
    expect(explanation?.history.map(({ object, what }) => `${object} ${what}`)).toEqual([
      'pod/web-0 Created',
      'pod/web-0 Scheduled',
      'pod/web-1 (not there)',
      'pod/web-0 Running, Ready',
    ]);
  });
});
