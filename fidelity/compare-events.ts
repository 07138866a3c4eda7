// Events as a multiset: about whom, from whom, type, reason and message.

import { kinds } from './kinds.ts';
import { lastOf, livesOf } from './lives.ts';
import { freedomOf } from './racy-events.ts';
import type { KubernetesObject } from '../src/kubernetes/object.ts';
import type { Finding, Outcome } from './finding.ts';
import type { Recording } from './recording.ts';

/** Compares the Events of two canonical recordings. */
export function compareEvents(recorded: Recording, simulated: Recording): Outcome {
  const wanted = countsOf(recorded);
  const found = countsOf(simulated);
  const findings: Finding[] = [];
  for (const subject of new Set([...wanted.keys(), ...found.keys()])) {
    const [times = 0, timesFound = 0] = [wanted.get(subject), found.get(subject)];
    if (times === timesFound) continue;
    const free = freedomOf(subject.slice(subject.indexOf(' ') + 1));
    if (free === 'presence' || (free === 'count' && times > 0 && timesFound > 0)) continue;
    findings.push({ check: 'events', subject, message: `recorded ${times} times; simulated ${timesFound} times` });
  }
  return { check: 'events', compared: wanted.size, findings };
}

/** How often each Event was told, by `about reason: message (type, component)`. */
function countsOf({ observations }: Recording): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const life of livesOf(observations)) {
    if (life.kind !== kinds.event) continue;
    const event = lastOf(life);
    const text = textOf(event);
    counts.set(text, (counts.get(text) ?? 0) + timesOf(event));
  }
  return counts;
}

interface EventFields {
  readonly involvedObject?: { readonly kind?: string; readonly name?: string };
  readonly reason?: string;
  readonly message?: string;
  readonly type?: string;
  readonly source?: { readonly component?: string };
  readonly reportingComponent?: string;
  readonly count?: number;
  readonly series?: { readonly count?: number };
}

function textOf(event: KubernetesObject): string {
  const { involvedObject, reason, message, type, source, reportingComponent } = event as EventFields;
  const about = `${involvedObject?.kind?.toLowerCase()}/${involvedObject?.name}`;
  // Provisioners put the name of their own pod behind that of the component.
  const component = (source?.component ?? reportingComponent ?? '').replace(/_local-path-provisioner-.*$/, '');
  return `${about} ${reason}: ${message} (${type}, ${component})`;
}

function timesOf(event: KubernetesObject): number {
  const { count, series } = event as EventFields;
  return series?.count ?? count ?? 1;
}
