// The sequence of status values of each object, up to coalescing.

import { kinds } from './kinds.ts';
import { livesOf } from './lives.ts';
import { firstDifference, sameUpToCoalescing, withoutRepeats } from './sequences.ts';
import { stable } from './stable.ts';
import type { KindKey } from '../src/kubernetes/kind.ts';
import type { KubernetesObject } from '../src/kubernetes/object.ts';
import type { Finding, Outcome } from './finding.ts';
import type { Recording } from './recording.ts';

/** Compares the status sequences of two canonical recordings. */
export function compareStatus(recorded: Recording, simulated: Recording): Outcome {
  const wanted = sequencesOf(recorded);
  const found = sequencesOf(simulated);
  const findings: Finding[] = [];
  for (const subject of new Set([...wanted.keys(), ...found.keys()])) {
    // Recorders show a node only when something happens to it.
    if (subject.startsWith('node/') && !wanted.has(subject)) continue;
    const message = differ(wanted.get(subject), found.get(subject));
    if (message !== undefined) findings.push({ check: 'status', subject, message });
  }
  return { check: 'status', compared: wanted.size, findings };
}

function differ(recorded: readonly string[] | undefined, simulated: readonly string[] | undefined): string | undefined {
  if (recorded === undefined) return 'the object is in the simulation only';
  if (simulated === undefined) return 'the object is in the recording only';
  if (sameUpToCoalescing(recorded, simulated)) return undefined;
  const { place, recorded: wanted = 'its end', simulated: found = 'its end' } = firstDifference(recorded, simulated);
  return `value ${place + 1}: recorded ${wanted}; simulated ${found}`;
}

/** By object, the lives of one name told apart. */
function sequencesOf({ observations }: Recording): ReadonlyMap<string, readonly string[]> {
  const sequences = new Map<string, readonly string[]>();
  const seen = new Map<string, number>();
  for (const { kind, name, observations: ofLife } of livesOf(observations)) {
    const read = readers.get(kind);
    if (read === undefined) continue;
    const subject = `${kind}/${name}`;
    const life = (seen.get(subject) ?? 0) + 1;
    seen.set(subject, life);
    const values = ofLife.map(({ object }) => stable(read(object)));
    sequences.set(life > 1 ? `${subject} life ${life}` : subject, withoutRepeats(values));
  }
  return sequences;
}

type Fields = Readonly<Record<string, unknown>>;

const readers: ReadonlyMap<KindKey, (object: KubernetesObject) => unknown> = new Map([
  [kinds.set, ({ status }) => status],
  [kinds.deployment, readConditioned],
  [kinds.replicaSet, readConditioned],
  [kinds.claim, ({ status }) => status],
  [kinds.volume, ({ status }) => (status as Fields | undefined)?.['phase']],
  [kinds.pod, readPod],
  [kinds.node, ({ status, spec }) => ({ conditions: conditionsOf(status), taints: taintsOf(spec) })],
]);

function readConditioned({ status }: KubernetesObject): unknown {
  return { ...(status as Fields | undefined), conditions: conditionsOf(status) };
}

function readPod({ status, metadata }: KubernetesObject): unknown {
  const { phase, containerStatuses, initContainerStatuses } = (status ?? {}) as Fields;
  return {
    phase,
    conditions: conditionsOf(status),
    containers: statesOf(containerStatuses),
    inits: statesOf(initContainerStatuses),
    terminating: metadata.deletionTimestamp !== undefined,
  };
}

function conditionsOf(status: unknown): unknown {
  const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly Readonly<Record<string, string>>[] };
  return Object.fromEntries(
    conditions.map(({ type, status: value, reason }) => [type, [value, reason].join(' ').trim()]),
  );
}

function statesOf(statuses: unknown): unknown {
  if (!Array.isArray(statuses)) return undefined;
  return (statuses as readonly Fields[]).map(({ name, ready, restartCount, state }) => {
    const [shown, detail] = Object.entries((state ?? {}) as Readonly<Record<string, Fields>>)[0] ?? [];
    return [name, ready, restartCount, shown, detail?.['reason']];
  });
}

function taintsOf(spec: unknown): unknown {
  const { taints = [] } = (spec ?? {}) as { readonly taints?: readonly Readonly<Record<string, string>>[] };
  return taints.map(({ key, effect }) => `${key}:${effect}`).sort();
}
