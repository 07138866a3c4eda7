// What admission adds to a new pod, plugin by plugin in the server's order (API-CREATE-10, API-PODDEF-03).

import { priorityClassKey, serviceAccountKey } from '../kind-keys.ts';
import { drawSuffix } from '../random-names.ts';
import { forbidden, refuse } from '../refusals.ts';
import { specOf, withSpec } from '../strategies/members.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { Kind } from '../../../kubernetes/kind.ts';
import type { Writable } from '../../writable.ts';
import type { ApiContext } from '../context.ts';
import type { Fields } from '../defaults/fields.ts';
import type { Result } from '../server.ts';
import type { Container, PodSpec, Toleration, Volume } from '../shapes.ts';

const tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const tokenPrefix = 'kube-api-access-';
const systemPriorities: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
]);

/** Runs the plugins that look at pods: ServiceAccount, Priority, DefaultTolerationSeconds. They end in one copy of the spec. */
export function admitPod(object: KubernetesObject, kind: Kind, context: ApiContext): Result {
  const spec = specOf<PodSpec>(object);
  const refused = (why: string): Admitted => refuse(forbidden(kind, object.metadata.name, why));
  const account = admitServiceAccount(object, context, refused);
  if (!account.ok) return account;
  const priority = admitPriority(spec, context, refused);
  if (!priority.ok) return priority;
  const tolerations = defaultTolerations(spec);
  const admitted: Writable<PodSpec> = Object.assign({}, spec, account.value, priority.value);
  if (tolerations !== undefined) admitted.tolerations = tolerations;
  return { ok: true, value: withSpec(object, admitted) };
}

type Admitted = Result<Partial<PodSpec> & Fields>;
type Refuse = (why: string) => Admitted;

function admitServiceAccount(object: KubernetesObject, context: ApiContext, refused: Refuse): Admitted {
  const spec = specOf<PodSpec>(object);
  const { namespace = '' } = object.metadata;
  const account = spec.serviceAccountName ?? 'default';
  const found = context.store.get(serviceAccountKey, `${namespace}/${account}`);
  if (found === undefined && (account !== 'default' || context.requireServiceAccount)) {
    return refused(`error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`);
  }
  const automount = spec.automountServiceAccountToken ?? found?.['automountServiceAccountToken'] ?? true;
  const token = automount === true ? mountToken(spec, context) : {};
  return { ok: true, value: Object.assign({ serviceAccountName: account, serviceAccount: account }, token) };
}

/** Every container that has nothing at the token's path gets the mount; then the pod gets the volume. */
function mountToken(spec: PodSpec, context: ApiContext): Partial<PodSpec> {
  const present = spec.volumes?.find((volume) => volume.name?.startsWith(tokenPrefix) === true);
  const name = present?.name ?? tokenPrefix + drawSuffix(context.names);
  const mount = { name, readOnly: true, mountPath: tokenPath };
  let mounted = false;
  const withMount = (container: Container): Container => {
    const mounts = container.volumeMounts ?? [];
    if (mounts.some(({ mountPath }) => mountPath === tokenPath)) return container;
    mounted = true;
    return Object.assign({}, container, { volumeMounts: [...mounts, mount] });
  };
  const containers = (spec.containers ?? []).map((container) => withMount(container));
  const initContainers = spec.initContainers?.map((container) => withMount(container));
  if (!mounted) return {};
  const volumes = [...(spec.volumes ?? []), ...(present === undefined ? [tokenVolume(name)] : [])];
  return { containers, volumes, ...(initContainers === undefined ? {} : { initContainers }) };
}

function tokenVolume(name: string): Volume {
  const namespaceFile = { path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } };
  const sources = [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    { downwardAPI: { items: [namespaceFile] } },
    // API-PODDEF-03 lists three sources; every pod of the recorded clusters has this one besides.
    { configMap: { name: 'openshift-service-ca.crt', items: [{ key: 'service-ca.crt', path: 'service-ca.crt' }] } },
  ];
  return { name, projected: { sources, defaultMode: 420 } } as Volume;
}

function admitPriority(spec: PodSpec, { store }: ApiContext, refused: Refuse): Admitted {
  const { priorityClassName, preemptionPolicy } = spec;
  const found = priorityClassName === undefined ? undefined : store.get(priorityClassKey, priorityClassName);
  const priority =
    priorityClassName === undefined
      ? 0
      : (systemPriorities.get(priorityClassName) ?? (found?.['value'] as number | undefined));
  if (priority === undefined) return refused(`no PriorityClass with name ${priorityClassName} was found`);
  const policy = preemptionPolicy ?? (found?.['preemptionPolicy'] as string | undefined) ?? 'PreemptLowerPriority';
  return { ok: true, value: { priority, preemptionPolicy: policy } };
}

const failureTaints = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** A pod bears a node that fails for 300 s, unless it says how long itself. */
function defaultTolerations({ tolerations: present = [] }: PodSpec): readonly Toleration[] | undefined {
  const missing = failureTaints.filter((key) => !present.some((toleration) => covers(toleration, key)));
  if (missing.length === 0) return undefined;
  const added = missing.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }));
  return [...present, ...added];
}

function covers(toleration: Toleration, key: string): boolean {
  const sameKey = toleration.key === key || (!toleration.key && toleration.operator === 'Exists');
  return sameKey && (!toleration.effect || toleration.effect === 'NoExecute');
}
