// Which objects a scenario's manifests and steps can make, as far as the text tells. Where it does not tell (custom
// controllers, patches of unknown effect), everything counts as possible: lint never warns on a guess.

import { kindKey } from '../../kubernetes/kind.ts';
import { matchesPattern } from '../../kubernetes/names.ts';
import { readPath } from '../../kubernetes/path.ts';
import type { Manifest } from '../../kubernetes/object.ts';
import { applyChanges } from '../apply-changes.ts';
import { verbNames } from '../bind/actions.ts';
import { itemsOf, memberOf } from '../located.ts';
import type { LocatedManifest } from '../manifests.ts';
import type { Action, BoundStep, Scenario } from '../model.ts';

/** What can exist in a run. */
export interface Makeable {
  /** Whether anything can make an object of this kind and name. */
  canExist(kind: string, name: string): boolean;
  /** Why a pod or claim of a set cannot be, for messages: `no step scales web above 5`. */
  reason(kind: string, name: string): string;
  /** Names of the containers of a workload; undefined when the workload is not known. */
  containers(kind: string, name: string): readonly string[] | undefined;
  /** Position of the first step that sends the object, or the set that makes it; undefined for what steps do not send. */
  firstStep(kind: string, name: string): number | undefined;
}

/** Manifests by path, as the reader found them. */
export type Manifests = ReadonlyMap<string, readonly LocatedManifest[]>;

/** Kinds whose objects come from manifests only, or from workloads of the manifests. All others are not judged. */
const judged = new Set([
  'pod',
  'persistentvolumeclaim',
  'service',
  'secret',
  'statefulset.apps',
  'deployment.apps',
  'daemonset.apps',
]);
const generators = new Set([
  'deployment.apps',
  'replicaset.apps',
  'daemonset.apps',
  'job.batch',
  'cronjob.batch',
  'replicationcontroller',
]);
const existing = new Set(['service/kubernetes']);

interface Sent {
  readonly manifest: Manifest;
  readonly position: number;
}

interface SetInfo {
  readonly name: string;
  readonly position: number;
  readonly first: number;
  /** One above the highest ordinal that any step asks for; infinite when it cannot be told. */
  end: number;
  readonly templates: readonly string[];
}

/** What there is to collect from. */
export interface Sources {
  /** The steps of all runs. */
  readonly steps: readonly BoundStep[];
  readonly manifests: Manifests;
  /** Stands in names for a value that only a run knows. */
  readonly placeholder: string;
}

/** Collects what a scenario can make. */
export function collectMakeable(scenario: Scenario, { steps, manifests, placeholder }: Sources): Makeable {
  const sent = steps.flatMap((step) => sentBy(step, manifests));
  const complete =
    scenario.needs.controllers.length === 0 &&
    steps.every((step) => isKnown(step.action, manifests) && !hasOpenAction(scenario, step, placeholder));
  const sets = sent.filter(({ manifest }) => kindKey(manifest) === 'statefulset.apps').map(describeSet);
  for (const { action } of steps) for (const set of sets) widen(set, action);
  const names = new Map(sent.map(({ manifest, position }) => [keyOf(manifest), position] as const).toReversed());
  const generated = sent
    .filter(({ manifest }) => generators.has(kindKey(manifest)))
    .map(({ manifest }) => manifest.metadata?.name ?? '');
  const setOf = (kind: string, name: string) => sets.find((set) => belongs(set, { kind, name }));
  return {
    canExist: (kind, name) => {
      const key = `${kind}/${name}`;
      if (!complete || !judged.has(kind) || names.has(key) || existing.has(key)) return true;
      if (kind === 'pod' && generated.some((owner) => matchesPattern(name, `${owner}-*`))) return true;
      const set = setOf(kind, name);
      const ordinal = Number(/(\d+)$/.exec(name)?.[1] ?? 0);
      return set !== undefined && ordinal >= set.first && ordinal < set.end;
    },
    reason: (kind, name) => {
      const set = setOf(kind, name);
      if (set === undefined) return 'no manifest and no step makes it';
      return `no step scales \`${set.name}\` above ${set.end - set.first}`;
    },
    containers: (kind, name) => {
      const found = sent.filter(({ manifest }) => keyOf(manifest) === `${kind}/${name}`);
      return found.length === 0 ? undefined : found.flatMap(({ manifest }) => containerNames(manifest));
    },
    firstStep: (kind, name) => names.get(`${kind}/${name}`) ?? setOf(kind, name)?.position,
  };
}

function sentBy({ action, position }: BoundStep, manifests: Manifests): readonly Sent[] {
  if (action?.verb === 'replace') return [{ manifest: action.object as unknown as Manifest, position }];
  if (action?.verb !== 'apply' && action?.verb !== 'create') return [];
  const objects = action.sources.flatMap((source) =>
    source.kind === 'file'
      ? (manifests.get(source.path) ?? [])
      : [{ manifest: source.object as unknown as Manifest, span: source.span }],
  );
  return applyChanges(objects, action.changes).objects.map(({ manifest }) => ({ manifest, position }));
}

/** Whether the objects that an action makes can be told from the text. */
function isKnown(action: Action | undefined, manifests: Manifests): boolean {
  if (action?.verb === 'exec') return false;
  if (action?.verb !== 'apply' && action?.verb !== 'create') return true;
  return action.sources.every((source) =>
    source.kind === 'object'
      ? isBuiltIn(source.object as unknown as Manifest)
      : manifests.get(source.path)?.every(({ manifest }) => isBuiltIn(manifest)) === true,
  );
}

/** Whether only a run knows what a step does: its action could not be bound, or strikes a name that is not known. */
function hasOpenAction({ tree }: Scenario, { position, action }: BoundStep, placeholder: string): boolean {
  const node = itemsOf(memberOf(tree, 'steps'))[position];
  if (action === undefined) return verbNames.some((verb) => verb !== 'wait' && memberOf(node, verb) !== undefined);
  return (
    'target' in action &&
    action.target.kind === 'names' &&
    action.target.names.some((name) => name.includes(placeholder))
  );
}

/** Objects with a group of somebody's own have controllers of somebody's own. */
function isBuiltIn({ apiVersion }: Manifest): boolean {
  const group = apiVersion.split('/')[0] ?? '';
  return !apiVersion.includes('/') || !group.includes('.') || group.endsWith('.k8s.io');
}

function describeSet({ manifest, position }: Sent): SetInfo {
  const first = numberAt(manifest, 'spec.ordinals.start') ?? 0;
  const templates = readPath(manifest, 'spec.volumeClaimTemplates');
  return {
    name: manifest.metadata?.name ?? '',
    position,
    first,
    end: first + (numberAt(manifest, 'spec.replicas') ?? 1),
    templates: (Array.isArray(templates) ? templates : []).map((template) => textAt(template, 'metadata.name')),
  };
}

/** Takes a step's request into account that changes the number of replicas. */
function widen(set: SetInfo, action: Action | undefined): void {
  if (action === undefined || !('target' in action) || action.target.of !== 'statefulset.apps') return;
  const { target } = action;
  if (target.kind === 'names' && !target.names.includes(set.name)) return;
  if (action.verb === 'scale') set.end = Math.max(set.end, set.first + action.to);
  if (action.verb !== 'patch') return;
  const replicas = action.type === 'json' ? Infinity : numberAt(action.body, 'spec.replicas');
  const start = action.type === 'json' ? undefined : numberAt(action.body, 'spec.ordinals.start');
  if (start !== undefined) set.end = Infinity;
  if (replicas !== undefined) set.end = Math.max(set.end, set.first + replicas);
}

function belongs({ name: set, templates }: SetInfo, { kind, name }: { kind: string; name: string }): boolean {
  const rest = name.replace(/-\d+$/, '');
  if (rest === name) return false;
  return kind === 'pod'
    ? rest === set
    : kind === 'persistentvolumeclaim' && templates.some((template) => rest === `${template}-${set}`);
}

function containerNames(manifest: Manifest): readonly string[] {
  const podSpec = readPath(manifest, manifest.kind === 'Pod' ? 'spec' : 'spec.template.spec');
  return ['containers', 'initContainers'].flatMap((list) => {
    const containers = readPath(podSpec, list);
    return Array.isArray(containers) ? containers.map((container) => textAt(container, 'name')) : [];
  });
}

function keyOf(manifest: Manifest): string {
  return `${kindKey(manifest)}/${manifest.metadata?.name ?? ''}`;
}

function numberAt(value: unknown, path: string): number | undefined {
  const found = readPath(value, path);
  return typeof found === 'number' ? found : undefined;
}

function textAt(value: unknown, path: string): string {
  const found = readPath(value, path);
  return typeof found === 'string' ? found : '';
}
