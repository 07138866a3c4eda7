// Service: defaults (SVC-01), validation (SVC-06, network section 11), addresses (SVC-02 to SVC-05).

import { mapList, omitEmpty, withDefaults, without } from '../defaults/fields.ts';
import { goJson } from '../go-value.ts';
import { labelProblems, portNameProblems, portNumberProblems } from '../validation/names.ts';
import { validateLabels } from '../validation/metadata.ts';
import { allocateAddresses, carryAddresses } from './service-allocation.ts';
import { specOf, withSpec, withStatus } from './members.ts';
import type { Fields } from '../defaults/fields.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { IntOrString } from '../shapes.ts';
import type { StrategyDefinition } from '../strategy.ts';

/** A port of a Service. */
export interface ServicePort {
  readonly name?: string;
  readonly protocol?: string;
  readonly port?: number;
  readonly targetPort?: IntOrString;
  readonly nodePort?: number;
}

/** The spec of a Service. */
export interface ServiceSpec {
  readonly type?: string;
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly ServicePort[];
  readonly sessionAffinity?: string;
  readonly externalName?: string;
  readonly externalTrafficPolicy?: string;
  readonly internalTrafficPolicy?: string;
}

const zeros = new Set([
  'ports',
  'selector',
  'clusterIP',
  'clusterIPs',
  'externalIPs',
  'loadBalancerIP',
  'loadBalancerSourceRanges',
  'externalName',
  'publishNotReadyAddresses',
  'healthCheckNodePort',
  'ipFamilies',
]);
const portZeros = new Set(['name', 'nodePort']);

/** The rules of Services. */
export const service: Omit<StrategyDefinition, 'kind'> = {
  subresources: ['status'],
  answersDeleted: true,
  createsOnUpdate: true,
  nameProblems: labelProblems,
  fieldLabels: new Map([
    ['spec.clusterIP', (object) => specOf<ServiceSpec>(object).clusterIP ?? ''],
    ['spec.type', (object) => specOf<ServiceSpec>(object).type ?? ''],
  ]),
  default: (object) => withSpec(object, defaultSpec(specOf(object))),
  prepareForCreate: (object) => withStatus(object, { loadBalancer: {} }),
  validate: (object, errors) => validateSpec(specOf(object), errors),
  prepareForUpdate: (next, current) => withSpec(next, carryAddresses(specOf(next), specOf(current))),
  validateUpdate(next, current, errors) {
    const spec = specOf<ServiceSpec>(next);
    const stored = specOf<ServiceSpec>(current);
    if (spec === stored) return;
    // An address is given up only by becoming an ExternalName (SVC-03).
    const keeps = spec.type !== 'ExternalName' && stored.type !== 'ExternalName';
    if (keeps && stored.clusterIPs?.[0] !== undefined && spec.clusterIPs?.[0] !== stored.clusterIPs[0]) {
      errors.invalid('spec.clusterIPs[0]', spec.clusterIPs ?? null, 'may not change once set');
    }
    validateSpec(spec, errors);
  },
  allocate: allocateAddresses,
};

function defaultSpec(spec: Fields): Fields {
  let result = withDefaults(omitEmpty(spec, zeros), { sessionAffinity: 'None', type: 'ClusterIP' });
  result = mapList(result, 'ports', defaultPort);
  if (result['sessionAffinity'] === 'ClientIP') {
    result = withDefaults(result, { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } });
  }
  if (result['type'] === 'ExternalName') return result;
  if (result['type'] !== 'ClusterIP') result = withDefaults(result, { externalTrafficPolicy: 'Cluster' });
  if (result['type'] === 'LoadBalancer') result = withDefaults(result, { allocateLoadBalancerNodePorts: true });
  if (result['clusterIP'] !== undefined) result = withDefaults(result, { clusterIPs: [result['clusterIP']] });
  const dual = result['clusterIP'] === 'None' && result['selector'] === undefined;
  return withDefaults(result, {
    internalTrafficPolicy: 'Cluster',
    ipFamilies: dual ? ['IPv4', 'IPv6'] : ['IPv4'],
    ipFamilyPolicy: dual ? 'RequireDualStack' : 'SingleStack',
  });
}

function defaultPort(port: Fields): Fields {
  const cleared = port['targetPort'] === 0 ? without(port, 'targetPort') : port;
  return withDefaults(omitEmpty(cleared, portZeros), { protocol: 'TCP', targetPort: port['port'] });
}

function validateSpec(spec: ServiceSpec, errors: FieldErrors): void {
  const { type = '', ports = [], clusterIPs = [] } = spec;
  const headless = clusterIPs[0] === 'None';
  if (ports.length === 0 && !headless && type !== 'ExternalName') errors.required('spec.ports');
  if (headless && (type === 'NodePort' || type === 'LoadBalancer')) {
    errors.invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${type} services`);
  }
  if (type === 'ExternalName') {
    if (clusterIPs.length > 0) errors.forbidden('spec.clusterIPs', 'may not be set for ExternalName services');
    if (!spec.externalName) errors.required('spec.externalName');
  }
  const names = new Set<string>();
  for (const [at, port] of ports.entries())
    validatePort(`spec.ports[${at}]`, port, { names, among: ports.length }, errors);
  validateLabels('spec.selector', spec.selector, errors);
  errors.oneOf('spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None']);
  errors.oneOf('spec.type', type, ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']);
  refuseNodePorts(spec, errors);
  refuseDuplicates(ports, errors);
  errors.oneOf('spec.externalTrafficPolicy', spec.externalTrafficPolicy, ['Cluster', 'Local']);
  errors.oneOf('spec.internalTrafficPolicy', spec.internalTrafficPolicy, ['Cluster', 'Local']);
}

interface PortSurroundings {
  readonly names: Set<string>;
  /** Number of ports of the Service; several need names. */
  readonly among: number;
}

function validatePort(path: string, port: ServicePort, { names, among }: PortSurroundings, errors: FieldErrors): void {
  const { name = '', targetPort } = port;
  if (name === '') {
    if (among > 1) errors.required(`${path}.name`);
  } else {
    for (const problem of labelProblems(name)) errors.invalid(`${path}.name`, name, problem);
    if (names.has(name)) errors.duplicate(`${path}.name`, name);
    names.add(name);
  }
  const number = port.port ?? 0;
  for (const problem of portNumberProblems(number)) errors.invalid(`${path}.port`, number, problem);
  errors.oneOf(`${path}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']);
  if (typeof targetPort === 'number') {
    for (const problem of portNumberProblems(targetPort)) errors.invalid(`${path}.targetPort`, targetPort, problem);
  } else if (targetPort !== undefined) {
    for (const problem of portNameProblems(targetPort)) errors.invalid(`${path}.targetPort`, targetPort, problem);
  }
}

function refuseNodePorts({ type, ports = [] }: ServiceSpec, errors: FieldErrors): void {
  if (type !== 'ClusterIP') return;
  for (const [at, { nodePort }] of ports.entries()) {
    if (nodePort === undefined) continue;
    errors.forbidden(`spec.ports[${at}].nodePort`, "may not be used when `type` is 'ClusterIP'");
  }
}

function refuseDuplicates(ports: readonly ServicePort[], errors: FieldErrors): void {
  const seen = new Set<string>();
  for (const [at, { protocol = '', port = 0 }] of ports.entries()) {
    // Upstream shows its internal struct with only these two members set.
    const shown = `{"Name":"","Protocol":${goJson(protocol)},"AppProtocol":null,"Port":${port},"TargetPort":0,"NodePort":0}`;
    if (seen.has(shown)) errors.duplicateShown(`spec.ports[${at}]`, shown);
    seen.add(shown);
  }
}
