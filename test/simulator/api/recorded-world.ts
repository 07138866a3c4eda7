// A simulated API server in the state that the recorded cluster had, and what its controllers did between the requests.

import { kindKey } from '../../../src/kubernetes/kind.ts';
import { setMember } from '../../../src/simulator/api/defaults/fields.ts';
import { createServer } from './server.ts';
import type { Fields } from '../../../src/simulator/api/defaults/fields.ts';
import type { KubernetesObject, Manifest, ObjectMeta } from '../../../src/kubernetes/object.ts';
import type { ApiServer } from '../../../src/simulator/api/server.ts';

/** Recorded objects, which may lack kind and version inside lists. */
type Recorded = Partial<KubernetesObject> & { readonly metadata: ObjectMeta };

/** Namespaces that the recorded cluster had, and that requests look into. */
const namespaces = ['default', 'deployment', 'evict', 'kube-node-lease', 'kube-system'];

/** The server before the first request. */
export function createRecordedWorld(): ApiServer {
  const { api } = createServer();
  for (const name of namespaces) put(api, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  put(api, {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'rancher.io/local-path',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  return api;
}

/** Creates an object as a controller would. */
export function put(api: ApiServer, object: Manifest): KubernetesObject {
  const created = api.create(object);
  if (!created.ok) throw new Error(created.status.message);
  return created.value;
}

/** Creates a recorded object from its wanted state, and then writes the status that its controller gave it. */
export function replay(api: ApiServer, recorded: unknown, type?: { apiVersion: string; kind: string }): void {
  const { metadata, status, ...rest } = recorded as Recorded & { readonly status?: unknown };
  const { name, generateName, namespace, labels, annotations, ownerReferences } = metadata;
  const sent = { name, generateName, namespace, labels, annotations, ownerReferences };
  const object = { ...type, ...rest, metadata: withoutUndefined(sent) } as Manifest;
  const created = put(api, object.kind === 'Pod' ? asControllersSendIt(object) : object);
  if (status === undefined) return;
  const key = `${created.metadata.namespace}/${created.metadata.name}`;
  if (created.kind === 'Pod') bind(api, key, (object['spec'] as PodSpec).nodeName);
  const updated = api.update(kindKey(created), key, (current) => ({ ...current, status }), { subresource: 'status' });
  if (!updated.ok) throw new Error(updated.status.message);
}

interface PodSpec {
  readonly nodeName: string;
  readonly containers: readonly { readonly volumeMounts: readonly { readonly name: string }[] }[];
  readonly volumes: readonly { readonly name: string }[];
}

/** A pod without what the server adds to it. */
function asControllersSendIt(object: Manifest): Manifest {
  const isToken = ({ name }: { readonly name: string }): boolean => name.startsWith('kube-api-access-');
  const added = [
    'nodeName',
    'tolerations',
    'priority',
    'preemptionPolicy',
    'serviceAccount',
    'serviceAccountName',
    'enableServiceLinks',
  ];
  const spec = object['spec'] as PodSpec;
  const sent = {
    ...Object.fromEntries(Object.entries(spec).filter(([member]) => !added.includes(member))),
    volumes: spec.volumes.filter((volume) => !isToken(volume)),
    containers: spec.containers.map((container) =>
      setMember(
        container as Fields,
        'volumeMounts',
        container.volumeMounts.filter((mount) => !isToken(mount)),
      ),
    ),
  };
  return { ...object, spec: sent };
}

function bind(api: ApiServer, key: string, nodeName: string): void {
  const [namespace = '', name = ''] = key.split('/');
  const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target: { kind: 'Node', name: nodeName } };
  const bound = api.handle({
    verb: 'create',
    group: '',
    version: 'v1',
    resource: 'pods',
    namespace,
    name,
    subresource: 'binding',
    body,
  });
  if (bound.code !== 201) throw new Error(JSON.stringify(bound.body));
}

function withoutUndefined(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
