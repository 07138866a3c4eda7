// A record in a few words: what it is of, and what happened. Pure.

import { kindKey } from '../../../src/kubernetes/kind.ts';
import { eventKind } from '../../../src/trace/words/kinds.ts';
import { member } from '../../../src/trace/words/word.ts';
import { formatExact } from './format-exact.ts';
import { tickOf } from './timeline/navigate.ts';
import { labelFault, labelRequest, shortKind } from './timeline/index.ts';
import type { Observation, TraceRecord } from '../../../src/trace/record.ts';
import type { ShownRecord } from '../read-rows.ts';
import type { RunData } from './run-data.ts';

/** A record as a row of a table. */
export interface RecordText {
  /** `+13.104s`. */
  readonly time: string;
  /** Empty for records without a version. */
  readonly version: string;
  /** `po/web-3`, `request`. */
  readonly subject: string;
  /** `Created`, `scale statefulset/web to 5: 200`; `changed` where it is no milestone. */
  readonly what: string;
  /** The field manager, where that is known. */
  readonly manager: string;
  /** Whether it is worth a row where only what counts is shown. */
  readonly notable: boolean;
}

/** Describes a record. */
export function describeRecord(data: Pick<RunData, 'model'>, shown: ShownRecord): RecordText {
  const { record, manager = '' } = shown;
  const rest = { time: formatExact(record.at), version: '', manager };
  if (record.kind === 'observation') return { ...rest, ...describeObservation(data, shown.position, record) };
  return { ...rest, ...describeOther(record) };
}

type Told = Pick<RecordText, 'subject' | 'what' | 'notable'> & Partial<RecordText>;

function describeObservation({ model }: Pick<RunData, 'model'>, position: number, record: Observation): Told {
  const { object } = record;
  const version = object.metadata.resourceVersion;
  const lane = model.laneOfRecord.get(position);
  const milestones = (lane === undefined ? undefined : tickOf(lane, position)?.milestones) ?? [];
  const what = milestones.join(', ');
  if (kindKey(object) === eventKind) {
    const message = member(object, 'message');
    const told = typeof message === 'string' ? `${what}: ${message}` : what;
    return { version, subject: `event on ${lane?.name ?? object.metadata.name}`, what: told, notable: false };
  }
  const subject = `${shortKind(kindKey(object))}/${object.metadata.name}`;
  return { version, subject, what: what === '' ? 'changed' : what, notable: what !== '' && record.step >= 0 };
}

function describeOther(record: Exclude<TraceRecord, Observation>): Told {
  if (record.kind === 'request') {
    const { code, resourceVersion = '' } = record.response;
    return { version: resourceVersion, subject: 'request', what: `${labelRequest(record)}: ${code}`, notable: true };
  }
  if (record.kind === 'fault') return { subject: 'fault', what: labelFault(record), notable: true };
  if (record.kind === 'gap') {
    const what = `watch events of ${record.gap.of} lost: ${record.gap.reason}`;
    return { subject: 'gap', what, notable: true };
  }
  if (record.kind === 'window') {
    const { window, reason } = record;
    return { subject: 'window', what: reason === undefined ? window : `${window}: ${reason}`, notable: false };
  }
  return { subject: 'values', what: Object.keys(record.values).join(', '), notable: false };
}
