// The report for Perfetto and chrome://tracing: Trace Event JSON. A process is a run, a thread is an object; its states are
// slices, its milestones are instants. Time is the backend's clock.

import { Gatherer, titleOf } from './gather.ts';
import { buildLanes } from './html/page/timeline/lane-model.ts';
import type { Message, Reporter } from '../src/runner/messages.ts';
import type { TraceRecord } from '../src/trace/record.ts';
import type { ScenarioReport } from './gather.ts';
import type { StepSpan } from './html/page/timeline/lane-model.ts';

/** One event of the format; `ts` and `dur` are microseconds. */
interface TraceEvent {
  readonly ph: 'M' | 'X' | 'i';
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly s?: 't' | 'p';
  readonly args?: object;
}

const microsPerMs = 1000;
/** Thread of the steps and of what stands across all objects. */
const stepsThread = 0;

/** Hands the document to `write` at the run's end. */
export function createTraceEventReporter(write: (text: string) => void): Reporter {
  const gatherer = new Gatherer();
  const recordsOf = new Map<string, TraceRecord[]>();
  const events: TraceEvent[] = [];
  let pid = 0;

  return {
    wantsRecords: true,
    on(message: Message): void {
      if (message.kind === 'record') {
        const key = JSON.stringify(message.id);
        const records = recordsOf.get(key);
        if (records === undefined) recordsOf.set(key, [message.record]);
        else records.push(message.record);
      }
      const report = gatherer.take(message);
      if (report === undefined) return;
      const key = JSON.stringify(report.finished.id);
      const records = recordsOf.get(key) ?? [];
      recordsOf.delete(key);
      if (report.started === undefined) return;
      pid += 1;
      for (const event of eventsOf(report, { records, pid })) events.push(event);
    },
    end(): void {
      write(`${JSON.stringify({ displayTimeUnit: 'ms', traceEvents: events })}\n`);
    },
  };
}

function eventsOf(
  report: ScenarioReport,
  { records, pid }: { readonly records: readonly TraceRecord[]; readonly pid: number },
): readonly TraceEvent[] {
  const { id } = report.finished;
  const steps = stepsOf(report);
  const lanes = buildLanes(records, steps);
  const events: TraceEvent[] = [
    named('process_name', `${titleOf(id)} on ${id.backend}, seed ${id.seed}`, { pid, tid: stepsThread }),
    named('thread_name', 'steps', { pid, tid: stepsThread }),
  ];
  for (const { name, startMs, endMs, step } of steps) {
    events.push({ ph: 'X', cat: 'step', name: `${step + 1}. ${name}`, pid, tid: stepsThread, ...span(startMs, endMs) });
  }
  for (const { atMs, label, kind } of lanes.marks) {
    events.push({ ph: 'i', s: 'p', cat: kind, name: label, pid, tid: stepsThread, ts: atMs * microsPerMs });
  }
  let tid = stepsThread;
  for (const { key, bars, ticks } of lanes.lanes.values()) {
    tid += 1;
    events.push(named('thread_name', key, { pid, tid }));
    for (const { word, detail, startMs, endMs } of bars) {
      const name = detail === '' ? word : `${word} ${detail}`;
      events.push({ ph: 'X', cat: 'state', name, pid, tid, ...span(startMs, endMs) });
    }
    for (const { atMs, milestones, event } of ticks) {
      if (milestones.length === 0) continue;
      const cat = event ? 'event' : 'milestone';
      events.push({ ph: 'i', s: 't', cat, name: milestones.join(', '), pid, tid, ts: atMs * microsPerMs });
    }
  }
  return events;
}

function named(what: string, name: string, { pid, tid }: { readonly pid: number; readonly tid: number }): TraceEvent {
  return { ph: 'M', name: what, pid, tid, args: { name } };
}

function span(startMs: number, endMs: number): { readonly ts: number; readonly dur: number } {
  return { ts: startMs * microsPerMs, dur: Math.max(0, endMs - startMs) * microsPerMs };
}

function stepsOf({ steps, finished }: ScenarioReport): readonly StepSpan[] {
  return steps.map((step) => ({
    step: step.started.step,
    name: step.started.name,
    startMs: step.started.atMs,
    endMs: step.finished?.atMs ?? finished.virtualMs,
  }));
}
