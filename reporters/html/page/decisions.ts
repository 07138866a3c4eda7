// Which record decided which expectation. Pure.

import { kindKey } from '../../../src/kubernetes/kind.ts';
import { kindOfKey } from '../../../src/kubernetes/kinds.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import type { Verdict } from '../../../src/expectations/verdict.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';
import type { RunSummary } from '../document.ts';

/** One expectation of a run with the record that shows it best. */
export interface Judgement {
  /** `0.2`: step and number in it; `i.0`: invariants. */
  readonly key: string;
  /** Number of the step; undefined for invariants. */
  readonly step: number | undefined;
  readonly verdict: Verdict;
  /** Position of the record; undefined where none has to do with it. */
  readonly record: number | undefined;
  /** `decided`: at this record the verdict fell. `nearest`: time decided, and this is the last thing that was seen of it. */
  readonly by: 'decided' | 'nearest' | 'none';
}

/** All expectations of a run, in the order of the file. */
export function judgementsOf(run: RunSummary, records: readonly TraceRecord[]): readonly Judgement[] {
  const places = placesOf(records);
  const judge = (verdict: Verdict, step: number | undefined, key: string): Judgement => ({
    key,
    step,
    verdict,
    ...recordOf(verdict, step, { places, records }),
  });
  return [
    ...run.steps.flatMap(({ step, verdicts }) => verdicts.map((verdict, at) => judge(verdict, step, `${step}.${at}`))),
    ...run.invariants.map((verdict, at) => judge(verdict, undefined, `i.${at}`)),
  ];
}

interface Sources {
  readonly places: ReadonlyMap<string, number>;
  readonly records: readonly TraceRecord[];
}

function recordOf(verdict: Verdict, step: number | undefined, sources: Sources): Pick<Judgement, 'record' | 'by'> {
  const { decidedBy, explanation } = verdict;
  if (decidedBy !== undefined)
    return decided(sources.places.get(placeKey(decidedBy.object, decidedBy.resourceVersion)));
  if (verdict.word === 'rejected' || verdict.word === 'answered' || verdict.word === 'accepted') {
    return decided(answerOf(verdict, step, sources.records));
  }
  const rows = explanation?.history ?? [];
  const row = rows.find(({ decisive }) => decisive) ?? rows.findLast(({ object }) => object !== undefined);
  if (row?.object === undefined || row.resourceVersion === undefined) return { record: undefined, by: 'none' };
  const record = sources.places.get(placeKey(row.object, row.resourceVersion));
  if (record === undefined) return { record, by: 'none' };
  return { record, by: row.decisive ? 'decided' : 'nearest' };
}

function decided(record: number | undefined): Pick<Judgement, 'record' | 'by'> {
  return record === undefined ? { record, by: 'none' } : { record, by: 'decided' };
}

/** The answer that was judged: of several, the one that is the reason, or the last up to the verdict. */
function answerOf({ word, outcome, atMs }: Verdict, step: number | undefined, records: readonly TraceRecord[]) {
  const wantsRefusal = word === 'accepted' || (word === 'rejected' && outcome === 'pass');
  let last: number | undefined;
  let fitting: number | undefined;
  for (const [position, record] of records.entries()) {
    if (record.kind !== 'request' || record.step !== step || record.at > atMs) continue;
    last = position;
    const { code } = record.response;
    const isRefusal = code < 200 || code >= 400;
    if (word !== 'answered' && isRefusal === wantsRefusal) fitting ??= position;
  }
  return fitting ?? last;
}

function placesOf(records: readonly TraceRecord[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [position, record] of records.entries()) {
    if (record.kind !== 'observation') continue;
    places.set(placeKey(subjectOf(record.object), record.object.metadata.resourceVersion), position);
  }
  return places;
}

/** `pod/web-3`, as verdicts name objects; kinds that we do not know keep their group. */
export function subjectOf(object: KubernetesObject): string {
  const kind = kindKey(object);
  return `${kindOfKey(kind)?.kind.toLowerCase() ?? kind}/${object.metadata.name}`;
}

function placeKey(object: string, resourceVersion: string): string {
  return `${object} ${resourceVersion}`;
}
