// Each temporal word, fed record by record, against a naive evaluation over the whole trace, written from the table.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameOf, play } from './stage.ts';
import type { Stage } from './stage.ts';

const names = ['web-0', 'web-1', 'web-2'];
const answerMs = 1000;
const windowMs = 20_000;
const graceMs = 2000;
const quietMs = 5000;

interface Act {
  readonly what: 'pending' | 'ready' | 'terminating' | 'gone';
  readonly pod: string;
  readonly waitMs: number;
}

interface Script {
  readonly setup: readonly Act[];
  readonly request: readonly Act[];
  readonly script: readonly Act[];
}

type Pods = ReadonlyMap<string, { readonly ready: boolean; readonly terminating: boolean }>;

/** One change of one pod, as the table sees it: before and after. */
interface Moment {
  readonly atMs: number;
  readonly record: number;
  readonly part: keyof Script;
  readonly before: Pods;
  readonly after: Pods;
  readonly pod: string;
}

const act = (waitMax: number): fc.Arbitrary<Act> =>
  fc.record({
    what: fc.constantFrom('pending', 'ready', 'ready', 'terminating', 'gone'),
    pod: fc.constantFrom(...names),
    waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: waitMax })),
  });
const scripts: fc.Arbitrary<Script> = fc.record({
  setup: fc.array(act(0), { maxLength: 4 }),
  request: fc.array(act(0), { maxLength: 2 }),
  script: fc.array(act(7000), { maxLength: 12 }),
});

function perform(acts: readonly Act[], stage: Stage): void {
  for (const { what, pod, waitMs } of acts) {
    stage.wait(waitMs);
    if (what === 'pending') stage.pod(pod);
    else if (what === 'ready') stage.ready(pod);
    else if (what === 'terminating') stage.terminating(pod, { grace: graceMs / 1000 });
    else if (stage.uidOf('Pod', pod) !== 'nobody') stage.gone(pod);
  }
}

/** The whole trace at once: every change, a deletion without a word before it as two. */
function momentsOf(script: Script): Moment[] {
  const moments: Moment[] = [];
  let pods: Pods = new Map();
  let record = 0;
  let atMs = 0;
  for (const part of ['setup', 'request', 'script'] as const) {
    if (part !== 'setup') atMs = Math.max(atMs, answerMs);
    for (const { what, pod, waitMs } of script[part]) {
      atMs += waitMs;
      if (what === 'gone' && !pods.has(pod)) continue;
      record += 1;
      // The stage's terminating pods are still ready; a deletion takes a pod as it is.
      const last = { ready: pods.get(pod)?.ready ?? false, terminating: true };
      const put = { ready: what !== 'pending', terminating: what === 'terminating' };
      const states = what !== 'gone' ? [put] : pods.get(pod)?.terminating === true ? [undefined] : [last, undefined];
      for (const state of states) {
        const after = new Map(pods);
        if (state === undefined) after.delete(pod);
        else after.set(pod, state);
        moments.push({ atMs, record, part, before: pods, after, pod });
        pods = after;
      }
    }
  }
  return moments;
}

const isReady = (pods: Pods, pod: string): boolean => pods.get(pod)?.ready === true;
const isNotReady = (pods: Pods, pod: string): boolean => pods.get(pod)?.ready === false;
const isTerminating = (pods: Pods, pod: string): boolean => pods.get(pod)?.terminating === true;

/** The points of the window: the state at the answer, then after each change that comes before its end. */
function pointsOf(
  moments: readonly Moment[],
  endMs = answerMs + windowMs,
): { readonly atMs: number; readonly pods: Pods }[] {
  const before = moments.filter(({ part }) => part !== 'script');
  const after = moments.filter(({ part, atMs }) => part === 'script' && atMs < endMs);
  return [
    { atMs: answerMs, pods: before.at(-1)?.after ?? new Map() },
    ...after.map(({ atMs, after: pods }) => ({ atMs, pods })),
  ];
}

/** The changes that count for edges: from the step's beginning to the end of the window. */
function edgesOf(moments: readonly Moment[]): Moment[] {
  return moments.filter(({ part, atMs }) => part !== 'setup' && atMs < answerMs + windowMs);
}

type Naive = (moments: readonly Moment[]) => string;

const rises =
  (is: (pods: Pods, pod: string) => boolean, pod: string) =>
  (moment: Moment): boolean =>
    moment.pod === pod && is(moment.after, pod) && !is(moment.before, pod);
const created = (pod: string) => (moment: Moment) =>
  moment.pod === pod && !moment.before.has(pod) && moment.after.has(pod);
const deleted = (pod: string) => (moment: Moment) =>
  moment.pod === pod && moment.before.has(pod) && !moment.after.has(pod);

/** An order straight from the table: the k-th mention is the k-th edge; places must not decrease. */
const naiveOrder =
  (items: readonly (readonly ((moment: Moment) => boolean)[])[]): Naive =>
  (moments) => {
    const mentions = new Map<unknown, number>();
    const places = items.map((events) =>
      events.map((event) => {
        const nth = mentions.get(event) ?? 0;
        mentions.set(event, nth + 1);
        return edgesOf(moments).filter(event)[nth]?.record ?? Infinity;
      }),
    );
    const missing = places.flat().includes(Infinity);
    const ordered = places.every((place, at) =>
      places.slice(at + 1).every((later) => Math.max(...place) <= Math.min(...later)),
    );
    return !missing && ordered ? 'pass' : 'fail';
  };

const readyOf0 = rises(isReady, 'web-0');
const notReadyOf0 = rises(isNotReady, 'web-0');

const rules: readonly (readonly [expectation: string, naive: Naive])[] = [
  [
    '{ within: 20s, eventually: { pod/web-0: Ready, pod/web-1: NotReady } }',
    (moments) =>
      pointsOf(moments).some(({ pods }) => isReady(pods, 'web-0') && isNotReady(pods, 'web-1')) ? 'pass' : 'fail',
  ],
  [
    '{ within: 20s, eventually: [ { of: pod/web-*, is: Ready, names: { exactly: [ web-0, web-2 ] } } ] }',
    (moments) =>
      pointsOf(moments).some(({ pods }) => names.filter((pod) => isReady(pods, pod)).join(' ') === 'web-0 web-2')
        ? 'pass'
        : 'fail',
  ],
  [
    '{ until: 20s, never: [ pod/web-*: Terminating ] }',
    (moments) => {
      const points = pointsOf(moments);
      if (points.some(({ pods }) => names.some((pod) => isTerminating(pods, pod)))) return 'fail';
      return points.some(({ pods }) => pods.size > 0) ? 'pass' : 'vacuous';
    },
  ],
  [
    '{ until: 20s, never: [ pod/web-*: Deleted ] }',
    (moments) => {
      const edges = edgesOf(moments);
      if (names.some((pod) => edges.some(deleted(pod)))) return 'fail';
      const start = moments.findLast(({ part }) => part === 'setup')?.after ?? new Map();
      return start.size > 0 || edges.length > 0 ? 'pass' : 'vacuous';
    },
  ],
  [
    '{ until: 20s, always: [ pod/web-*: Ready ] }',
    (moments) => {
      const asked = pointsOf(moments).filter(({ pods }) => pods.size > 0);
      if (asked.some(({ pods }) => [...pods.keys()].some((pod) => !isReady(pods, pod)))) return 'fail';
      return asked.length > 0 ? 'pass' : 'vacuous';
    },
  ],
  [
    '{ until: 20s, always: [ { of: pod/web-0..1, is: Ready } ] }',
    (moments) => {
      const asked = pointsOf(moments).filter(({ pods }) => pods.has('web-0') || pods.has('web-1'));
      if (asked.some(({ pods }) => !isReady(pods, 'web-0') || !isReady(pods, 'web-1'))) return 'fail';
      return asked.length > 0 ? 'pass' : 'vacuous';
    },
  ],
  [
    '{ until: 20s, always: [ { of: pod/web-*, is: Ready, count: { lte: 1 } } ] }',
    (moments) =>
      pointsOf(moments).every(({ pods }) => names.filter((pod) => isReady(pods, pod)).length <= 1) ? 'pass' : 'fail',
  ],
  [
    '{ until: 20s, whenever: [ { when: { pod/web-0: Terminating }, then: { pod/web-1: Ready } } ] }',
    (moments) => {
      const happened = edgesOf(moments).filter(rises(isTerminating, 'web-0'));
      if (happened.some(({ after }) => !isReady(after, 'web-1'))) return 'fail';
      return happened.length > 0 ? 'pass' : 'vacuous';
    },
  ],
  ['{ within: 20s, order: [ pod/web-0: Ready, pod/web-1: Created ] }', naiveOrder([[readyOf0], [created('web-1')]])],
  [
    '{ within: 20s, order: [ pod/web-0: [Ready, NotReady, Ready] ] }',
    naiveOrder([[readyOf0], [notReadyOf0], [readyOf0]]),
  ],
  [
    '{ within: 20s, order: [ [ pod/web-0: Ready, pod/web-1: Deleted ], pod/web-2: Terminating, pod/web-2: Deleted ] }',
    naiveOrder([[readyOf0, deleted('web-1')], [rises(isTerminating, 'web-2')], [deleted('web-2')]]),
  ],
  [
    '{ within: 20s, holds: [ { for: 5s, state: { pod/web-0: Ready } } ] }',
    (moments) => {
      const points = pointsOf(moments, Infinity);
      const first = points.findIndex(({ pods, atMs }) => isReady(pods, 'web-0') && atMs < answerMs + windowMs);
      const began = points[first]?.atMs;
      if (began === undefined) return 'fail';
      const rest = points.slice(first).filter(({ atMs }) => atMs < began + 5000);
      return rest.every(({ pods }) => isReady(pods, 'web-0')) ? 'pass' : 'fail';
    },
  ],
  [
    '{ within: 20s, until: { pod/web-2: Ready } }',
    (moments) => (pointsOf(moments).some(({ pods }) => isReady(pods, 'web-2')) ? 'pass' : 'fail'),
  ],
  ['{ within: 20s, settled: { pod/web-0: Ready } }', naiveSettled],
];

/** The first time at which nothing has happened for Q and no grace period runs or has just ended. */
function naiveSettled(moments: readonly Moment[]): string {
  const graces = new Map<string, number>();
  let last = 0;
  let pods: Pods = new Map();
  const quietAt = (): number => Math.max(answerMs, last, ...graces.values()) + quietMs;
  const judgeAt = (state: Pods): string => (isReady(state, 'web-0') ? 'pass' : 'fail');
  for (const { atMs, after, before, pod, part } of moments) {
    const quiet = quietAt();
    if (part === 'script' && quiet <= atMs) return quiet <= answerMs + windowMs ? judgeAt(pods) : 'fail';
    last = atMs;
    pods = after;
    if (!isTerminating(after, pod)) graces.delete(pod);
    else if (!isTerminating(before, pod)) graces.set(pod, atMs + graceMs);
  }
  return quietAt() <= answerMs + windowMs ? judgeAt(pods) : 'fail';
}

describe('a monitor fed record by record agrees with a naive evaluation of the whole trace', () => {
  test.each(rules)('%s', (expectation, naive) => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { verdicts } = play({
          expect: expectation,
          setup: (stage) => perform(script.setup, stage),
          request: (stage) => perform(script.request, stage),
          script: (stage) => perform(script.script, stage),
        });

        expect(verdicts.map(nameOf)).toEqual([naive(momentsOf(script))]);
      }),
      { numRuns: 400 },
    );
  });

  test('the verdicts are of all sorts', () => {
    for (const [expectation, naive] of rules) {
      const seen = new Set(fc.sample(scripts, { numRuns: 1500, seed: 7 }).map((script) => naive(momentsOf(script))));

      expect([expectation, seen.has('pass'), seen.has('fail')]).toEqual([expectation, true, true]);
    }
  });
});
