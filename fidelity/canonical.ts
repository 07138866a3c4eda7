// Makes two recordings comparable: everything that a cluster makes up (uids, addresses, times, random suffixes, names of
// nodes) is replaced by what it stands for, so that relations between objects remain and accidents do not.

import { canonicalNames } from './canonical-names.ts';
import { livesOf, ownObservations } from './lives.ts';
import type { KubernetesObject } from '../src/kubernetes/object.ts';
import type { Observation } from '../src/trace/record.ts';
import type { Command, Recording } from './recording.ts';

const uid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z`;
const address = String.raw`\b(?:\d{1,3}\.){3}\d{1,3}\b`;
const container = 'containerd://[0-9a-f]{64}';
const tokenVolume = 'kube-api-access-[a-z0-9]{5}';

/** A recording whose made-up values have become canonical. Its observations still carry their resourceVersion. */
export function canonical({ name, observations, commands }: Recording): Recording {
  const own = ownObservations(observations, name);
  const names = canonicalNames(livesOf(own));
  const rewrite = rewriter(names);
  return {
    name,
    observations: own.map((observation) => rewriteObservation(observation, rewrite)),
    commands: commands.map((command) => rewriteCommand(command, rewrite)),
  };
}

/** Replaces canonical texts by others, wherever they stand. */
export function renamed(recording: Recording, names: ReadonlyMap<string, string>): Recording {
  if (names.size === 0) return recording;
  const rewrite = rewriter(names);
  return {
    ...recording,
    observations: recording.observations.map((observation) => rewriteObservation(observation, rewrite)),
    commands: recording.commands.map((command) => rewriteCommand(command, rewrite)),
  };
}

type Rewrite = (text: string) => string;

function rewriter(names: ReadonlyMap<string, string>): Rewrite {
  const known = [...names.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).map(escape);
  const made = known.length === 0 ? [] : [`(?<![a-z0-9-])(?:${known.join('|')})(?![a-z0-9])`];
  const pattern = new RegExp([...made, uid, time, address, container, tokenVolume].join('|'), 'g');
  return (text) => text.replace(pattern, (found) => names.get(found) ?? general(found));
}

function general(found: string): string {
  if (found.startsWith('kube-api-access-')) return 'kube-api-access-#';
  if (found.startsWith('containerd:')) return 'CONTAINER';
  if (found.includes('T') && found.endsWith('Z')) return 'TIME';
  return found.includes('-') ? 'UID' : 'IP';
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function rewriteObservation(observation: Observation, rewrite: Rewrite): Observation {
  const object = JSON.parse(rewrite(JSON.stringify(observation.object))) as KubernetesObject;
  return { ...observation, object };
}

/** Volumes of other recordings are shown by commands too. */
const foreignVolume = new RegExp(`pvc-${uid}`);

function rewriteCommand(command: Command, rewrite: Rewrite): Command {
  const clean = (text: string): string =>
    rewrite(text)
      .split('\n')
      .filter((line) => !line.includes('pvc-UID') && !foreignVolume.test(line))
      .join('\n');
  return { ...command, stdout: clean(command.stdout), stderr: clean(command.stderr) };
}
