// Stored message streams, from which reports are made in tests.

import type { Explanation, HistoryRow, Verdict } from '../../src/expectations/verdict.ts';
import type { Message, RunId, ScenarioFinished, ScenarioOutcome } from '../../src/runner/messages.ts';
import type { Span } from '../../src/scenario/model.ts';

export const id: RunId = { scenario: 'scale-out-in-order', backend: 'simulator', seed: 7 };

export function spanAt(line: number, column = 11): Span {
  return { file: 'scenarios/scale.scenario.yaml', line, column, start: 0, end: 1 };
}

export function verdictOf(given: Partial<Verdict>): Verdict {
  return {
    word: 'order',
    text: 'pod/web-3..4',
    span: spanAt(18),
    outcome: 'pass',
    vacuous: false,
    atMs: 3100,
    ...given,
  };
}

export function explanationOf(given: Partial<Explanation>): Explanation {
  return { rule: 'the rule', seen: '', lines: [], history: [], compared: [], waitingOn: [], ...given };
}

export const history: readonly HistoryRow[] = [
  { atMs: 10_000, resourceVersion: '812', what: 'scale 3→5 requested', decisive: false },
  { atMs: 10_000, resourceVersion: '814', object: 'pod/web-3', what: 'Created', decisive: false },
  { atMs: 10_600, resourceVersion: '821', object: 'pod/web-3', what: 'Running', decisive: false },
  { atMs: 13_100, resourceVersion: '826', object: 'pod/web-4', what: 'Created', decisive: true },
];

export const orderViolated: Verdict = verdictOf({
  outcome: 'fail',
  explanation: explanationOf({
    rule: 'pod/web-3 must be Ready before pod/web-4 is Created',
    seen: 'pod/web-4 was Created 0.9s before pod/web-3 became Ready',
    lines: [
      { span: spanAt(18), text: '- pod/web-3: Ready' },
      { span: spanAt(19), text: '- pod/web-4: Created', remark: '← happened first' },
    ],
    history,
    hint: 'podManagementPolicy is OrderedReady',
  }),
});

export function finished(given: Partial<ScenarioFinished>): ScenarioFinished {
  return {
    kind: 'scenarioFinished',
    id,
    title: 'Scale out',
    file: 'scenarios/scale.scenario.yaml',
    outcome: 'pass',
    guarantees: [],
    vacuous: 0,
    problems: [],
    frames: [],
    notRun: [],
    invariants: [],
    virtualMs: 13_100,
    realMs: 4,
    records: 57,
    traceHash: '0123456789abcdef',
    replay: 'setpiece run scenarios/scale.scenario.yaml --seed 7',
    ...given,
  };
}

/** A run of one scenario with one step that has these verdicts. */
export function streamOf(
  verdicts: readonly Verdict[],
  end: Partial<ScenarioFinished>,
  exitCode = 0,
): readonly Message[] {
  const last = finished(end);
  const counts: Record<ScenarioOutcome, number> = {
    pass: 0,
    flaky: 0,
    fail: 0,
    inconclusive: 0,
    skipped: 0,
    invalid: 0,
    error: 0,
    interrupted: 0,
    [last.outcome]: 1,
  };
  const versions = { setpiece: '0.1.0', kubernetes: '1.36.2' };
  return [
    {
      kind: 'runStarted',
      format: 1,
      setpiece: versions.setpiece,
      backend: 'simulator',
      kubernetes: versions.kubernetes,
      scenarios: 1,
      patience: 1,
      quietMs: 5000,
      strict: false,
      guarantees: [],
    },
    {
      kind: 'scenarioStarted',
      id,
      title: last.title,
      file: last.file,
      tags: ['scaling'],
      guarantees: [],
      header: {
        setpieceTrace: 1,
        scenario: id.scenario,
        backend: 'simulator',
        versions,
        namespace: 'setpiece',
        seed: 7,
        quietMs: 5000,
        slackMs: 0,
        patience: 1,
      },
      steps: 1,
    },
    {
      kind: 'stepStarted',
      id,
      step: 0,
      name: 'scale out one member at a time',
      guarantees: [],
      span: spanAt(14),
      atMs: 10_000,
    },
    { kind: 'stepFinished', id, step: 0, atMs: 13_100, verdicts },
    last,
    { kind: 'runFinished', counts, vacuous: last.vacuous, realMs: 5, exitCode },
  ];
}
