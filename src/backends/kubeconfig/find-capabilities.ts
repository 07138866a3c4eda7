// What a cluster can do for scenarios: found out by asking it, never assumed.

import { BackendError } from '../cluster.ts';
import { isDefaultClass } from './default-class.ts';
import { refusalError } from './refusal-error.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Capability } from '../cluster.ts';
import type { Connection } from './connection.ts';

/** What was found. */
export interface Found {
  readonly capabilities: ReadonlySet<Capability>;
  /** Why the others are not there: for the reasons of skips. */
  readonly missing: ReadonlyMap<Capability, string>;
  /** Number of nodes that take pods. */
  readonly nodes: number;
}

/** What was said about the cluster. */
export interface Allowed {
  readonly disposable: boolean;
  readonly nodeControl: boolean;
}

/** Asks for rights, nodes and classes. Rejects with `BackendError` where a right is missing without which nothing goes. */
export async function findCapabilities(connection: Connection, allowed: Allowed): Promise<Found> {
  const needed = [
    { verb: 'create', resource: 'namespaces' },
    { verb: 'delete', resource: 'namespaces' },
    { verb: 'list', resource: 'namespaces' },
  ];
  for (const right of needed) {
    if (await may(connection, right)) continue;
    throw new BackendError(
      `the context may not ${right.verb} ${right.resource}: each scenario runs in a namespace of its own`,
    );
  }
  const classes = await listed(connection, '/apis/storage.k8s.io/v1/storageclasses');
  const nodes = await listed(connection, '/api/v1/nodes');
  const missing = new Map(
    await reasons(connection, { ...allowed, hasDefault: classes?.some(isDefaultClass) ?? false }),
  );
  const capabilities = new Set(offered.filter((capability) => !missing.has(capability)));
  // Where nodes may not be seen, there is at least one.
  return { capabilities, missing, nodes: Math.max(1, (nodes ?? []).filter(takesPods).length) };
}

const offered: readonly Capability[] = [
  'static-volumes',
  'no-default-class',
  'dynamic-storage',
  'readiness-control',
  'node-failure',
  'dns',
  'exec',
  'custom-resources',
];

interface Right {
  readonly verb: string;
  readonly resource: string;
  readonly group?: string;
  readonly subresource?: string;
}

async function reasons(
  connection: Connection,
  { disposable, nodeControl, hasDefault }: Allowed & { readonly hasDefault: boolean },
): Promise<readonly (readonly [Capability, string])[]> {
  const found: (readonly [Capability, string])[] = [];
  const rights: readonly (readonly [Capability, Right])[] = [
    ['static-volumes', { verb: 'create', resource: 'persistentvolumes' }],
    ['readiness-control', { verb: 'patch', resource: 'pods', subresource: 'status' }],
    ['exec', { verb: 'create', resource: 'pods', subresource: 'exec' }],
    // Names are looked up in a pod.
    ['dns', { verb: 'create', resource: 'pods', subresource: 'exec' }],
    ['custom-resources', { verb: 'create', resource: 'customresourcedefinitions', group: 'apiextensions.k8s.io' }],
  ];
  for (const [capability, right] of rights) {
    const { verb, resource, subresource } = right;
    const what = subresource === undefined ? resource : `${resource}/${subresource}`;
    if (!(await may(connection, right))) found.push([capability, `the context may not ${verb} ${what}`]);
  }
  if (!hasDefault) found.push(['dynamic-storage', 'the cluster has no default StorageClass']);
  if (hasDefault && !disposable) {
    found.push(['no-default-class', 'the default StorageClass is taken away only on a cluster that is --disposable']);
  }
  if (!nodeControl)
    found.push(['node-failure', 'nodes can be stopped only where setpiece has made them (--backend kind)']);
  else if (!disposable) found.push(['node-failure', 'nodes are harmed only on a cluster that is --disposable']);
  return found;
}

async function may(connection: Connection, { verb, resource, group = '', subresource }: Right): Promise<boolean> {
  const resourceAttributes = { verb, resource, group, ...(subresource === undefined ? {} : { subresource }) };
  const { code, body } = await connection.request({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } },
  });
  if (code !== 201 && code !== 200) throw refusalError({ code, body }, 'create selfsubjectaccessreviews');
  return (body as { readonly status?: { readonly allowed?: boolean } }).status?.allowed === true;
}

/** What there is; undefined where it may not be seen. */
async function listed(connection: Connection, path: string): Promise<readonly KubernetesObject[] | undefined> {
  const { code, body } = await connection.request({ method: 'GET', path });
  if (code === 403) return undefined;
  if (code !== 200) throw refusalError({ code, body }, `list ${path}`);
  return (body as unknown as { readonly items?: readonly KubernetesObject[] }).items ?? [];
}

/** A node that is Ready, and keeps pods without tolerations off by nothing. */
function takesPods({ spec, status }: KubernetesObject): boolean {
  const { taints = [], unschedulable = false } = (spec ?? {}) as {
    readonly taints?: readonly { readonly effect?: string }[];
    readonly unschedulable?: boolean;
  };
  const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly { type: string; status: string }[] };
  const ready = conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True');
  return ready && !unschedulable && taints.every(({ effect }) => effect === 'PreferNoSchedule');
}
