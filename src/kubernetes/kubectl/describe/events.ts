// The events about an object, at the end of its description.

import { ageOf } from '../../table/human-duration.ts';
import { kindKey } from '../../kind.ts';
import { withDefaultNamespace } from '../cluster-view.ts';
import type { KubernetesObject } from '../../object.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { DescribedLines } from './tree.ts';

interface EventObject {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
  readonly involvedObject?: { readonly uid?: string };
  readonly source?: { readonly component?: string };
  readonly reportingComponent?: string;
  readonly eventTime?: string | null;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
}

const eventKind = kindKey({ apiVersion: 'v1', kind: 'Event' });

/** The table of events, oldest first; `<none>` without any. */
export function eventLines({ metadata }: KubernetesObject, view: ClusterView): DescribedLines {
  const events = view
    .objects(eventKind)
    .map((event) => event as EventObject)
    .filter(({ involvedObject }) => involvedObject?.uid === metadata.uid)
    .toSorted((a, b) => (lastOf(a) < lastOf(b) ? -1 : lastOf(a) > lastOf(b) ? 1 : 0));
  if (events.length === 0) return ['Events:\t<none>'];
  return [
    'Events:',
    '  Type\tReason\tAge\tFrom\tMessage',
    '  ----\t------\t----\t----\t-------',
    ...events.map((event) => eventLine(event, view)),
  ];
}

function eventLine(event: EventObject, view: ClusterView): string {
  const { type = '', reason = '', message = '', source, reportingComponent, series } = event;
  const first = event.firstTimestamp ?? event.eventTime;
  const last = ageOf(lastOf(event), view.now);
  const count = series?.count ?? event.count ?? 1;
  const age = count > 1 ? `${last} (x${count} over ${ageOf(first, view.now)})` : ageOf(first, view.now);
  const from = source?.component ?? reportingComponent ?? '';
  return `  ${type}\t${reason}\t${age}\t${from}\t${withDefaultNamespace(message.trim(), view)}`;
}

function lastOf({ series, lastTimestamp, firstTimestamp, eventTime }: EventObject): string {
  return series?.lastObservedTime ?? lastTimestamp ?? firstTimestamp ?? eventTime ?? '';
}
