// The variables that a container starts with: what its spec sets, and where the Services are (POD-NET-03).

import { composeKindKey } from '../../../kubernetes/kind.ts';
import { decodeBase64 } from './base64.ts';
import type { PodRun } from '../pod-run.ts';
import type { Container } from '../container.ts';
import type { EnvSource, Pod } from '../pod.ts';

const configMapKind = composeKindKey('', 'ConfigMap');
const secretKind = composeKindKey('', 'Secret');
const serviceKind = composeKindKey('', 'Service');

type Data = Readonly<Record<string, string>>;

/** The environment of a container. */
export function environmentOf(run: PodRun, container: Container): ReadonlyMap<string, string> {
  const { pod } = run;
  const environment = new Map<string, string>([
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['HOSTNAME', hostnameOf(pod)],
    ['HOME', '/root'],
  ]);
  for (const [name, value] of servicesFor(run)) environment.set(name, value);
  for (const { prefix = '', configMapRef, secretRef } of container.spec.envFrom ?? []) {
    const data = { ...dataOf(run, 'config', configMapRef?.name), ...dataOf(run, 'secret', secretRef?.name) };
    for (const [name, value] of Object.entries(data)) environment.set(`${prefix}${name}`, value);
  }
  for (const { name, value, valueFrom } of container.spec.env ?? []) {
    const found = valueFrom === undefined ? expandReferences(value ?? '', environment) : valueAt(run, valueFrom);
    if (found !== undefined) environment.set(name, found);
  }
  return environment;
}

/** The pod's host name: its spec's, or its own, cut to 63 letters (POD-NET-01). */
export function hostnameOf({ metadata, spec }: Pod): string {
  return (spec.hostname ?? metadata.name).slice(0, 63);
}

/** `$(NAME)` in values, commands and arguments; what is not set stays as it is, `$$` is a dollar sign. */
export function expandReferences(text: string, environment: ReadonlyMap<string, string>): string {
  return text.replace(/\$\$|\$\(([A-Za-z_.-][\w.-]*)\)/g, (whole, name: string | undefined) =>
    name === undefined ? '$' : (environment.get(name) ?? whole),
  );
}

function valueAt(run: PodRun, { fieldRef, configMapKeyRef, secretKeyRef }: EnvSource): string | undefined {
  if (fieldRef !== undefined) return fieldOf(run, fieldRef.fieldPath);
  if (configMapKeyRef !== undefined) return dataOf(run, 'config', configMapKeyRef.name)[configMapKeyRef.key ?? ''];
  return secretKeyRef && dataOf(run, 'secret', secretKeyRef.name)[secretKeyRef.key ?? ''];
}

function fieldOf(run: PodRun, path: string): string | undefined {
  const { metadata, spec } = run.pod;
  const [, kind, key = ''] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (kind !== undefined) return metadata[kind as 'labels' | 'annotations']?.[key] ?? '';
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'spec.nodeName': spec.nodeName,
    'spec.serviceAccountName': spec.serviceAccountName,
    'status.hostIP': run.host.ip,
    'status.podIP': run.ip,
  };
  return fields[path];
}

function dataOf(run: PodRun, kind: 'config' | 'secret', name: string | undefined): Data {
  if (name === undefined) return {};
  const { store } = run.host.plant.api;
  const object = store.get(kind === 'config' ? configMapKind : secretKind, `${run.pod.metadata.namespace}/${name}`);
  const data = (object?.['data'] ?? {}) as Data;
  if (kind === 'config') return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decodeBase64(value)]));
}

interface ServiceSpec {
  readonly clusterIP?: string;
  readonly ports?: readonly { readonly name?: string; readonly port: number }[];
}

function* servicesFor({ pod, host }: PodRun): Iterable<[string, string]> {
  const { store } = host.plant.api;
  const own = store.by(serviceKind, 'namespace', pod.metadata.namespace ?? '').values();
  const kubernetes = store.get(serviceKind, 'default/kubernetes');
  const services = pod.spec.enableServiceLinks === false ? [] : [...own];
  for (const service of kubernetes === undefined ? services : [kubernetes, ...services]) {
    const { clusterIP, ports = [] } = service['spec'] as ServiceSpec;
    if (clusterIP === undefined || clusterIP === 'None') continue;
    const prefix = service.metadata.name.toUpperCase().replaceAll('-', '_');
    yield [`${prefix}_SERVICE_HOST`, clusterIP];
    const [first] = ports;
    if (first !== undefined) yield [`${prefix}_SERVICE_PORT`, String(first.port)];
    for (const { name, port } of ports) {
      if (name !== undefined) yield [`${prefix}_SERVICE_PORT_${name.toUpperCase().replaceAll('-', '_')}`, String(port)];
    }
  }
}
