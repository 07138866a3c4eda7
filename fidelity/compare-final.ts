// The objects at the end, field by field: those that exist, and the last states of those that are gone.

import { kinds } from './kinds.ts';
import { ended, lastOf, livesOf } from './lives.ts';
import { masked } from './masks.ts';
import type { KubernetesObject } from '../src/kubernetes/object.ts';
import type { Finding, Outcome } from './finding.ts';
import type { Life } from './lives.ts';
import type { Recording } from './recording.ts';

/** Compares the final objects of two canonical recordings. */
export function compareFinal(recorded: Recording, simulated: Recording): Outcome {
  const wanted = finalStates(recorded);
  const found = finalStates(simulated);
  const findings: Finding[] = [];
  const find = (subject: string, message: string): void => void findings.push({ check: 'final', subject, message });
  for (const [subject, state] of wanted) {
    const other = found.get(subject);
    if (other === undefined) find(subject, 'in the recording only');
    else if (state.gone !== other.gone)
      find(subject, `exists at the end of the ${state.gone ? 'simulation' : 'recording'} only`);
    else {
      const exchanged = simulated.reordered === true && state.object.kind === 'PersistentVolume';
      for (const [path, message] of fieldDifferences(state.object, other.object)) {
        if (!exchanged || !ofOneVolume.test(path)) find(`${subject} ${path}`, message);
      }
    }
  }
  for (const [subject, { object }] of found) {
    // The recorder does not show nodes to which nothing happened.
    if (!wanted.has(subject) && object.kind !== 'Node') find(subject, 'in the simulation only');
  }
  return { check: 'final', compared: wanted.size, findings };
}

/** Where a volume's data is does not move when equal volumes exchange their names. */
const ofOneVolume = /^spec\.(?:hostPath|local|nfs|csi)\.|last-applied-configuration$/;

interface FinalState {
  readonly object: KubernetesObject;
  readonly gone: boolean;
}

/** By name; of several lives of one name the last. */
function finalStates({ observations }: Recording): ReadonlyMap<string, FinalState> {
  const states = new Map<string, FinalState>();
  for (const life of livesOf(observations)) {
    if (life.kind === kinds.event) continue;
    states.set(subjectOf(life), { object: inOrder(lastOf(life)), gone: ended(life) });
  }
  return states;
}

/** New endpoints are appended, so their order is that of accidents (EPS-09). */
function inOrder(object: KubernetesObject): KubernetesObject {
  const { endpoints } = object;
  if (object.kind !== 'EndpointSlice' || !Array.isArray(endpoints)) return object;
  return { ...object, endpoints: endpoints.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) };
}

function nameOf(endpoint: unknown): string {
  return (endpoint as { readonly targetRef?: { readonly name?: string } }).targetRef?.name ?? '';
}

function subjectOf({ kind, name }: Life): string {
  return `${kind}/${name}`;
}

/** By path, what differs. */
function fieldDifferences(
  recorded: KubernetesObject,
  simulated: KubernetesObject,
): readonly (readonly [string, string])[] {
  const kind = subjectKind(recorded);
  const wanted = new Map(leaves(recorded, ''));
  const found = new Map(leaves(simulated, ''));
  const paths = [...new Set([...wanted.keys(), ...found.keys()])].sort();
  return paths.flatMap((path): readonly (readonly [string, string])[] => {
    if (wanted.get(path) === found.get(path) || masked(kind, path)) return [];
    return [[path, `recorded ${wanted.get(path) ?? 'nothing'}; simulated ${found.get(path) ?? 'nothing'}`]];
  });
}

function subjectKind({ apiVersion, kind }: KubernetesObject): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  return `${kind.toLowerCase()}${group}`;
}

/** Every value that is not a map or a list, by its path; empty maps and lists count as values. */
function* leaves(value: unknown, path: string): Generator<readonly [string, string]> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) yield [path, JSON.stringify(value)];
  for (const [name, inner] of entries) {
    if (inner !== undefined) yield* leaves(inner, path === '' ? name : `${path}.${name}`);
  }
}
