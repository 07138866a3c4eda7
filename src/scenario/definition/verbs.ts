// Every verb: what stands behind it, what it does, an example. The binder of each verb is in `bind/actions.ts`.

import { Type } from 'typebox';

import { oneOrMore, orVariable } from './parts.ts';

const target = Type.Ref('Selection');
const closed = { additionalProperties: false } as const;
const texts = Type.Record(Type.String(), Type.String());

/** What stands behind each verb, by verb. */
export const verbs = {
  apply: Type.Union(
    [
      Type.Ref('ManifestPath'),
      Type.Array(Type.Ref('ManifestItem')),
      Type.Ref('ManifestFile'),
      Type.Ref('ManifestObject'),
    ],
    {
      description:
        'Server-side apply of manifests, with field manager setpiece; `as: client` does what kubectl apply does.',
      examples: ['apply: [manifests/volumes.yaml, manifests/mongo.yaml]'],
    },
  ),
  create: Type.Union(
    [
      Type.Ref('ManifestPath'),
      Type.Array(Type.Ref('ManifestItem')),
      Type.Ref('ManifestFile'),
      Type.Ref('ManifestObject'),
    ],
    {
      description: 'Creates the objects of manifests; one that exists already is refused.',
      examples: ['create: manifests/web.yaml'],
    },
  ),
  replace: Type.Object(
    { target, object: Type.Ref('ManifestObject') },
    {
      ...closed,
      description: 'Puts a whole object in the place of another (PUT).',
      examples: ['replace: { target: cm/a, object: { apiVersion: v1, kind: ConfigMap, metadata: { name: a } } }'],
    },
  ),
  patch: Type.Object(
    {
      target,
      merge: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'JSON merge patch (RFC 7386).' })),
      strategic: Type.Optional(
        Type.Record(Type.String(), Type.Unknown(), { description: 'Strategic merge patch: lists merge by key.' }),
      ),
      json: Type.Optional(Type.Array(Type.Unknown(), { description: 'JSON patch (RFC 6902): a list of operations.' })),
      subresource: Type.Optional(Type.String({ description: 'Such as `status` or `scale`.' })),
    },
    {
      ...closed,
      description: 'Patches objects; exactly one of merge, strategic and json.',
      examples: ['patch: { target: sts/web, merge: { spec: { replicas: 2 } } }'],
      'x-exactly-one': ['merge', 'strategic', 'json'],
    },
  ),
  scale: Type.Object(
    { target, to: orVariable(Type.Integer({ description: 'The wanted number of replicas.' })) },
    {
      ...closed,
      description: 'Changes the number of replicas, through the scale subresource.',
      examples: ['scale: { target: sts/web, to: 5 }'],
    },
  ),
  setImage: Type.Object(
    {
      target,
      containers: Type.Record(Type.String(), Type.String(), {
        minProperties: 1,
        description: 'Images by container name.',
      }),
    },
    {
      ...closed,
      description: 'Changes images in the pod template.',
      examples: ['setImage: { target: sts/web, containers: { nginx: nginx:1.27 } }'],
    },
  ),
  rollout: Type.Object(
    {
      target,
      undo: Type.Optional(
        Type.Object(
          { toRevision: Type.Optional(orVariable(Type.Integer())) },
          { ...closed, description: 'Back to the revision before, or to this one.' },
        ),
      ),
      restart: Type.Optional(Type.Literal(true, { description: 'New pods of the same template.' })),
    },
    {
      ...closed,
      description: 'Undoes or restarts a rollout; exactly one of undo and restart.',
      examples: ['rollout: { target: sts/web, undo: {} }'],
      'x-exactly-one': ['undo', 'restart'],
    },
  ),
  delete: Type.Object(
    {
      target,
      propagation: Type.Optional(
        Type.Union([Type.Literal('background'), Type.Literal('foreground'), Type.Literal('orphan')], {
          'x-enum': true,
          description: 'What becomes of dependents; default: the kind’s own.',
        }),
      ),
      grace: Type.Optional(Type.Ref('Grace')),
      preconditions: Type.Optional(
        Type.Object(
          { uid: Type.Optional(Type.String()), resourceVersion: Type.Optional(Type.String()) },
          { ...closed, description: 'Refused unless the object is this one.' },
        ),
      ),
    },
    { ...closed, description: 'Deletes objects.', examples: ['delete: { target: pod/web-1, grace: 0 }'] },
  ),
  evict: Type.Object(
    { target, grace: Type.Optional(Type.Ref('Grace')) },
    {
      ...closed,
      description: 'Evicts pods; disruption budgets may refuse.',
      examples: ['evict: { target: pod/web-1 }'],
    },
  ),
  label: Type.Object(
    { target, set: Type.Optional(texts), remove: Type.Optional(Type.Array(Type.String())) },
    {
      ...closed,
      description: 'Sets and removes labels.',
      examples: ['label: { target: pod/web-0, set: { role: primary } }'],
    },
  ),
  annotate: Type.Object(
    { target, set: Type.Optional(texts), remove: Type.Optional(Type.Array(Type.String())) },
    {
      ...closed,
      description: 'Sets and removes annotations.',
      examples: ['annotate: { target: sts/web, set: { note: canary } }'],
    },
  ),
  cordon: Type.Object(
    { target },
    { ...closed, description: 'Marks nodes unschedulable.', examples: ['cordon: { target: node/$(node) }'] },
  ),
  uncordon: Type.Object(
    { target },
    { ...closed, description: 'Marks nodes schedulable again.', examples: ['uncordon: { target: node/$(node) }'] },
  ),
  drain: Type.Object(
    { target },
    { ...closed, description: 'Cordons nodes and evicts their pods.', examples: ['drain: { target: node/$(node) }'] },
  ),
  fail: Type.Object(
    {
      target,
      how: Type.Union(
        [Type.Literal('notReady'), Type.Literal('crash'), Type.Literal('stop'), Type.Literal('partitioned')],
        {
          'x-enum': true,
          description: 'Pods: notReady, crash. Nodes: stop, partitioned.',
        },
      ),
      container: Type.Optional(
        Type.String({ description: 'The container that crashes or is not ready; default: all.' }),
      ),
      times: Type.Optional(
        orVariable(Type.Integer({ minimum: 1, description: 'How often it crashes, default once.' })),
      ),
      lasting: Type.Optional(
        Type.Union([Type.Literal('object'), Type.Literal('name')], {
          'x-enum': true,
          description: 'object (default): those there now, by uid; name: also those to come.',
        }),
      ),
    },
    { ...closed, description: 'Makes pods or nodes fail.', examples: ['fail: { target: pod/web-0, how: notReady }'] },
  ),
  recover: Type.Object(
    { target },
    { ...closed, description: 'Ends what `fail` began.', examples: ['recover: { target: pod/web-0 }'] },
  ),
  get: Type.Object(
    {
      target,
      subresource: Type.Optional(Type.String({ description: 'Such as `scale` or `status`.' })),
      list: Type.Optional(Type.Boolean({ description: 'Read the list of the kind instead of single objects.' })),
    },
    {
      ...closed,
      description: 'Reads objects, again and again until `answered` matches.',
      examples: ['get: { target: sts/web, subresource: scale }'],
    },
  ),
  resolve: Type.Object(
    {
      name: Type.String({ description: 'A DNS name, as a pod of the namespace would ask for it.' }),
      type: Type.Union([Type.Literal('A'), Type.Literal('AAAA'), Type.Literal('SRV')], {
        'x-enum': true,
        description: 'Type of the records.',
      }),
    },
    {
      ...closed,
      description: 'Looks a name up in the cluster’s DNS, again until `answered` matches.',
      examples: ['resolve: { name: web-1.nginx, type: A }'],
    },
  ),
  exec: Type.Object(
    {
      target,
      container: Type.Optional(Type.String({ description: 'Default: the first container.' })),
      command: Type.Array(Type.String(), {
        minItems: 1,
        description: 'Program and arguments; there is no shell in between.',
      }),
    },
    {
      ...closed,
      description: 'Runs a command in a container.',
      examples: ['exec: { target: pod/web-0, command: [hostname] }'],
    },
  ),
  wait: Type.Union([Type.Ref('Clauses'), Type.Array(Type.Ref('Clauses'))], {
    description: 'Sends nothing and waits until this is seen: a step with only `eventually`.',
    examples: ['wait: { pod/web-0: Ready }'],
  }),
  advance: Type.Intersect([Type.Ref('Duration')], {
    description: 'Lets time pass: virtual on the simulator, real elsewhere.',
    examples: ['advance: 5s'],
  }),
};

const manifestAndChange = {
  file: oneOrMore(Type.Ref('ManifestPath')),
  change: Type.Optional(
    Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()), {
      description: 'Merge patches by object, before it is sent; lists merge by key.',
    }),
  ),
};

/** Pieces of verbs. */
export const verbParts = {
  ManifestPath: Type.String({
    description: 'A manifest file, relative to the scenario’s folder.',
    examples: ['manifests/web.yaml'],
  }),
  ManifestObject: Type.Object(
    {
      apiVersion: Type.String(),
      kind: Type.String(),
      metadata: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    },
    { additionalProperties: true, description: 'A Kubernetes object, written in place.' },
  ),
  ManifestItem: Type.Union([Type.Ref('ManifestPath'), Type.Ref('ManifestChanged'), Type.Ref('ManifestObject')]),
  ManifestChanged: Type.Object(manifestAndChange, {
    ...closed,
    description: 'A manifest file with changes, in a list.',
  }),
  ManifestFile: Type.Object(
    {
      ...manifestAndChange,
      as: Type.Optional(
        Type.Union([Type.Literal('server'), Type.Literal('client')], {
          'x-enum': true,
          description: 'Which apply; default server.',
        }),
      ),
    },
    { ...closed, description: 'A manifest file with changes.' },
  ),
  Grace: Type.Union([Type.Integer({ minimum: 0 }), Type.Ref('Duration'), Type.Ref('Variable')], {
    description: 'Grace period: seconds, or a duration; 0 removes the object at once.',
  }),
};
