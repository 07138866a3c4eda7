// What the server adds to a container (API-PODDEF-02, PROBE-01, STS-HASH-05). Follows pkg/apis/core/v1/defaults.go.

import { mapList, mapMember, omitEmpty, setMember, withDefaults } from './fields.ts';
import { storedQuantity, storedResources } from './quantities.ts';
import type { Fields } from './fields.ts';

const containerDefaults = {
  resources: {},
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};
const probeDefaults = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
const httpGetDefaults = { path: '/', scheme: 'HTTP' };

const containerZeros = new Set([
  'command',
  'args',
  'workingDir',
  'ports',
  'envFrom',
  'env',
  'resizePolicy',
  'volumeMounts',
  'volumeDevices',
  'stdin',
  'stdinOnce',
  'tty',
]);
const portZeros = new Set(['name', 'hostPort', 'hostIP']);
const environmentZeros = new Set(['value']);
const mountZeros = new Set(['readOnly', 'subPath', 'subPathExpr']);
const probeZeros = new Set(['initialDelaySeconds']);
const noZeros = new Set<string>();

const complete = new WeakMap<Fields, Fields>();

/** A container of a pod or a template with every default. All pods of a template share its containers: they are looked at once. */
export function defaultContainer(container: Fields): Fields {
  let result = complete.get(container);
  if (result === undefined) complete.set(container, (result = completeContainer(container)));
  return result;
}

function completeContainer(container: Fields): Fields {
  let result = omitEmpty(container, containerZeros);
  result = withDefaults(result, containerDefaults);
  if (!result['imagePullPolicy']) result = setMember(result, 'imagePullPolicy', pullPolicyOf(result['image']));
  result = mapMember(result, 'resources', storedResources);
  result = mapList(result, 'ports', defaultPort);
  result = mapList(result, 'env', defaultEnvironment);
  result = mapList(result, 'volumeMounts', defaultMount);
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe'])
    result = mapMember(result, probe, defaultProbe);
  return mapMember(result, 'lifecycle', defaultLifecycle);
}

/** In pods, not in templates: what is limited is requested as much, unless said otherwise. */
export function requestLimits(container: Fields): Fields {
  return mapMember(container, 'resources', (resources) => {
    const limits = resources['limits'] as Fields | undefined;
    if (limits === undefined) return resources;
    return setMember(resources, 'requests', withDefaults((resources['requests'] ?? {}) as Fields, limits));
  });
}

/** In pods on the host's network, a port of a container is a port of the host. */
export function exposeOnHost(container: Fields): Fields {
  return mapList(container, 'ports', (port) => withDefaults(port, { hostPort: port['containerPort'] }));
}

/** `Always` for the tag `latest` or none; a digest or any other tag is pulled once. */
function pullPolicyOf(image: unknown): 'Always' | 'IfNotPresent' {
  if (typeof image !== 'string' || image.includes('@')) return typeof image === 'string' ? 'IfNotPresent' : 'Always';
  const tag = /:([^:/]*)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultPort(port: Fields): Fields {
  return withDefaults(omitEmpty(port, portZeros), { protocol: 'TCP' });
}

function defaultMount(mount: Fields): Fields {
  return omitEmpty(mount, mountZeros);
}

function defaultEnvironment(variable: Fields): Fields {
  return mapMember(omitEmpty(variable, environmentZeros), 'valueFrom', defaultSource);
}

/** `fieldRef` and `resourceFieldRef`, in variables and in files of the downward API. */
export function defaultSource(source: Fields): Fields {
  const withField = mapMember(source, 'fieldRef', (reference) => withDefaults(reference, { apiVersion: 'v1' }));
  return mapMember(withField, 'resourceFieldRef', (reference) =>
    setMember(reference, 'divisor', storedQuantity(reference['divisor'] ?? '0')),
  );
}

function defaultProbe(probe: Fields): Fields {
  // A zero in one of these is the same as leaving it out.
  const set = Object.entries(probeDefaults).filter(([member]) => probe[member] === 0);
  const cleared = set.length === 0 ? probe : { ...probe, ...Object.fromEntries(set) };
  let result = withDefaults(omitEmpty(cleared, probeZeros), probeDefaults);
  result = mapMember(result, 'httpGet', defaultHttpGet);
  return mapMember(result, 'grpc', (grpc) => (grpc['service'] === undefined ? { ...grpc, service: '' } : grpc));
}

function defaultLifecycle(lifecycle: Fields): Fields {
  const hook = (handler: Fields): Fields => mapMember(handler, 'httpGet', defaultHttpGet);
  return mapMember(mapMember(omitEmpty(lifecycle, noZeros), 'postStart', hook), 'preStop', hook);
}

function defaultHttpGet(action: Fields): Fields {
  return withDefaults(action, httpGetDefaults);
}
