// Table S: the words of a state, for which kinds each is, what values it takes, and the one-word forms. Plain data; the
// binder, the schema and the manual read it.

/** Kinds that share words. */
export type Family =
  | 'any'
  | 'pod'
  | 'set'
  | 'deployment'
  | 'claim'
  | 'volume'
  | 'service'
  | 'node'
  | 'controllerrevision'
  | 'event';

/** What may stand behind a word. */
export type WordValue =
  | 'boolean'
  | 'number'
  | 'text'
  | 'texts'
  | 'phase'
  | 'since'
  | 'revision'
  | 'labels'
  | 'conditions'
  | 'fields'
  | 'reference'
  | 'image'
  | 'containers';

/** One word of a state. */
export interface StateWordRow {
  readonly name: string;
  readonly families: readonly Family[];
  readonly value: WordValue;
  readonly meaning: string;
  readonly example: string;
}

/** Every word. A name may stand twice with different families. */
export const stateWords: readonly StateWordRow[] = [
  row('exists', ['any'], 'boolean', 'the object is there; a terminating object still is', 'exists: false'),
  row(
    'terminating',
    ['any'],
    'boolean',
    'deletion has been accepted (`deletionTimestamp`), the object is still there',
    'terminating: true',
  ),
  row(
    'observed',
    ['any'],
    'boolean',
    'the controller has seen the latest change: observedGeneration is at least generation',
    'observed: true',
  ),
  row(
    'sinceStepStart',
    ['any'],
    'since',
    'by uid, against the state before the step’s request: `same` object or `replaced` by another of its name',
    'sinceStepStart: same',
  ),
  row('labels', ['any'], 'labels', 'labels, each with a matcher', 'labels: { role: primary }'),
  row('annotations', ['any'], 'labels', 'annotations, each with a matcher', 'annotations: { phase: canary }'),
  row(
    'ownedBy',
    ['any'],
    'reference',
    'the controller, by uid; `none` for an object without one',
    'ownedBy: statefulset/web',
  ),
  row(
    'conditions',
    ['any'],
    'conditions',
    'conditions of the status by type: true, false or Unknown',
    'conditions: { Available: true }',
  ),
  row(
    'fields',
    ['any'],
    'fields',
    'any fields of the object, nested as in a manifest',
    'fields: { status: { currentReplicas: 3 } }',
  ),
  row(
    'ready',
    ['pod'],
    'boolean',
    'condition Ready is True; a terminating pod keeps it until its containers stop',
    'ready: true',
  ),
  row('ready', ['set'], 'boolean', 'observed, and readyReplicas = spec.replicas = status.replicas', 'ready: true'),
  row('ready', ['node'], 'boolean', 'condition Ready is True', 'ready: false'),
  row('phase', ['pod', 'claim', 'volume'], 'phase', 'status.phase', 'phase: Running'),
  row('node', ['pod'], 'text', 'name of the node that the pod is bound to', 'node: { not: $lost }'),
  row('ip', ['pod'], 'text', 'status.podIP', 'ip: { not: $oldIP }'),
  row('image', ['pod'], 'image', 'image of the only container, or by container name', 'image: nginx:1.27'),
  row(
    'containers',
    ['pod'],
    'containers',
    'by name: ready, restarts, image, waiting (reason)',
    'containers: { db: { waiting: ErrImagePull } }',
  ),
  row('restarts', ['pod'], 'number', 'restarts of all containers together', 'restarts: { gte: 1 }'),
  row(
    'revision',
    ['pod'],
    'revision',
    'revision label against the status of the owner, and the owner has been observed',
    'revision: update',
  ),
  row('ordinal', ['pod'], 'number', 'the number behind the last dash of the name', 'ordinal: { lt: 3 }'),
  row('updated', ['set'], 'boolean', 'observed, and all replicas are of the update revision', 'updated: true'),
  row('replicas', ['set'], 'number', 'status.replicas; 0 when absent', 'replicas: 3'),
  row('readyReplicas', ['set'], 'number', 'status.readyReplicas; 0 when absent', 'readyReplicas: { gte: 2 }'),
  row('updatedReplicas', ['set'], 'number', 'status.updatedReplicas; 0 when absent', 'updatedReplicas: 1'),
  row('availableReplicas', ['set'], 'number', 'status.availableReplicas; 0 when absent', 'availableReplicas: 3'),
  row('currentReplicas', ['set'], 'number', 'status.currentReplicas; 0 when absent', 'currentReplicas: 2'),
  row('volume', ['claim'], 'text', 'spec.volumeName', 'volume: $kept'),
  row('capacity', ['claim'], 'text', 'status.capacity.storage, compared as a quantity', 'capacity: 1Gi'),
  row('class', ['claim'], 'text', 'spec.storageClassName', 'class: standard'),
  row('claim', ['volume'], 'text', 'name of the claim in spec.claimRef', 'claim: www-web-0'),
  row(
    'endpoints',
    ['service'],
    'texts',
    'sorted names of the ready pods behind the service',
    'endpoints: { exactly: [web-0, web-1] }',
  ),
  row('schedulable', ['node'], 'boolean', 'not cordoned', 'schedulable: false'),
  row('revision', ['controllerrevision'], 'number', 'the number of the revision', 'revision: { gte: 2 }'),
  row('about', ['event'], 'reference', 'the object that the event is about', 'about: pod/web-0'),
  row('reason', ['event'], 'text', 'the event’s reason', 'reason: FailedScheduling'),
  row('message', ['event'], 'text', 'the event’s message', 'message: { contains: Insufficient memory }'),
];

/** A state in one word. */
export interface StateForm {
  readonly form: string;
  readonly families: readonly Family[];
  /** What it is short for. */
  readonly word: string;
  readonly value: boolean | string;
  /** For `conditions`: the type of the condition that has the value. */
  readonly condition?: string;
  /** It happens and does not last: good in `order`, `when` and `never` only. */
  readonly edgeOnly: boolean;
  readonly meaning: string;
}

/** Every one-word form, in the order in which lists show them. */
export const stateForms: readonly StateForm[] = [
  edge('Created', ['any'], 'created', 'the object begins to exist under this name'),
  edge('Scheduled', ['pod'], 'scheduled', 'the pod gets its node'),
  form('Running', ['pod'], ['phase', 'Running']),
  form('Ready', ['pod', 'set', 'node'], ['ready', true]),
  form('NotReady', ['pod', 'set', 'node'], ['ready', false], 'the object is there and not ready'),
  form('Updated', ['set'], ['updated', true]),
  form('Pending', ['pod', 'claim', 'volume'], ['phase', 'Pending']),
  form('Available', ['volume'], ['phase', 'Available']),
  {
    form: 'Available',
    families: ['deployment'],
    word: 'conditions',
    value: true,
    condition: 'Available',
    edgeOnly: false,
    meaning: 'conditions: { Available: true }',
  },
  form('Bound', ['claim', 'volume'], ['phase', 'Bound']),
  form('Released', ['volume'], ['phase', 'Released']),
  form('Lost', ['claim'], ['phase', 'Lost']),
  form('Succeeded', ['pod'], ['phase', 'Succeeded']),
  form('Failed', ['pod', 'volume'], ['phase', 'Failed']),
  form('Unknown', ['pod'], ['phase', 'Unknown']),
  form('Terminating', ['any'], ['terminating', true]),
  edge('Deleted', ['any'], 'deleted', 'the object ceases to exist under this name'),
];

/** The phases of each family that has them. */
export const phases: ReadonlyMap<Family, readonly string[]> = new Map<Family, readonly string[]>([
  ['pod', ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']],
  ['claim', ['Pending', 'Bound', 'Lost']],
  ['volume', ['Pending', 'Available', 'Bound', 'Released', 'Failed']],
]);

/** What may stand in a container under `containers`. */
export const containerWords: ReadonlyMap<string, WordValue> = new Map<string, WordValue>([
  ['ready', 'boolean'],
  ['restarts', 'number'],
  ['image', 'text'],
  ['waiting', 'text'],
]);

const familyOfKind: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['pod', 'pod'],
  ['statefulset.apps', 'set'],
  ['deployment.apps', 'set'],
  ['replicaset.apps', 'set'],
  ['daemonset.apps', 'set'],
  ['persistentvolumeclaim', 'claim'],
  ['persistentvolume', 'volume'],
  ['service', 'service'],
  ['node', 'node'],
  ['controllerrevision.apps', 'controllerrevision'],
  ['event', 'event'],
]);

/** The families whose words a kind has. */
export function familiesOf(kind: string): readonly Family[] {
  const family = familyOfKind.get(kind);
  if (family === undefined) return ['any'];
  return kind === 'deployment.apps' ? ['any', family, 'deployment'] : ['any', family];
}

function row(
  name: string,
  families: readonly Family[],
  value: WordValue,
  ...[meaning, example]: readonly [meaning: string, example: string]
): StateWordRow {
  return { name, families, value, meaning, example };
}

function form(
  name: string,
  families: readonly Family[],
  [word, value]: readonly [word: string, value: boolean | string],
  meaning = `${word}: ${value}`,
): StateForm {
  return { form: name, families, word, value, edgeOnly: false, meaning };
}

function edge(name: string, families: readonly Family[], ...[word, meaning]: readonly [string, string]): StateForm {
  return { form: name, families, word, value: true, edgeOnly: true, meaning };
}
