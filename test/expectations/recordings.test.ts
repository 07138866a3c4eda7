// What was recorded of real clusters, judged: a recorder's own marks say where the steps are, nobody's windows.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createJudge } from '../../src/expectations/index.ts';
import { readTrace } from '../../src/trace/file.ts';
import { assignSteps, orderRecords } from '../../src/trace/order.ts';
import { bindStep } from '../../src/scenario/bind.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import type { BoundStep } from '../../src/scenario/model.ts';
import type { JudgeOptions, Verdict } from '../../src/expectations/index.ts';
import type { TraceRecord } from '../../src/trace/record.ts';

const counts = { quietMs: 5000, slackMs: 0, patience: 1 };

function steps(text: string): (step: number) => BoundStep | undefined {
  const { scenario, problems } = readScenario({ file: 'a.scenario.yaml', text, root: '/' });
  if (scenario === undefined) throw new Error(JSON.stringify(problems, undefined, 1));
  return (step) => (step < scenario.steps.length ? bindStep(scenario, step, {}).step : undefined);
}

/** Judges the records of each step from its (only) request to the next step's. */
function judgeRecording(input: {
  readonly counts: JudgeOptions;
  readonly records: readonly TraceRecord[];
  readonly stepAt: (step: number) => BoundStep | undefined;
}): readonly { readonly name: string; readonly verdicts: readonly Verdict[] }[] {
  const judge = createJudge(input.counts);
  const judged: { readonly name: string; readonly verdicts: readonly Verdict[] }[] = [];
  let step: BoundStep | undefined;
  const leave = (): void => {
    if (step !== undefined) judged.push({ name: step.name, verdicts: judge.endStep() });
  };
  for (const record of input.records) {
    judge.advance(record.at);
    if (record.kind === 'observation') judge.observe(record);
    if (record.kind !== 'request') continue;
    leave();
    step = input.stepAt(record.step);
    if (step === undefined) return judged;
    judge.beginStep(step, record.at);
    judge.openWindow(record.at, []);
  }
  leave();
  return judged;
}

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

    const judged = judgeRecording({ counts: { ...counts, quietMs: 500, slackMs: 1000 }, records, stepAt });
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

    const judged = judgeRecording({ counts, records, stepAt });
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
