// The addresses of a Service: drawn when nobody asked for one, checked when somebody did, kept by updates (SVC-02 to -05).

import { FieldErrors } from '../field-errors.ts';
import { refusedBy } from '../refusals.ts';
import { nodePortRange, serviceCidr } from '../service-addresses.ts';
import { specOf, withSpec } from './members.ts';
import type { KubernetesObject } from '../../../kubernetes/object.ts';
import type { ApiContext } from '../context.ts';
import type { Fields } from '../defaults/fields.ts';
import type { Result } from '../server.ts';
import type { ServicePort, ServiceSpec } from './service.ts';

const serviceKind = { group: '', kind: 'Service' };

/** Gives a Service the addresses that it has to have. */
export function allocateAddresses(
  next: KubernetesObject,
  current: KubernetesObject | undefined,
  context: ApiContext,
): Result {
  const spec = specOf<ServiceSpec>(next);
  const stored = current === undefined ? {} : specOf<ServiceSpec>(current);
  if (spec === stored || spec.type === 'ExternalName') return { ok: true, value: next };
  const errors = new FieldErrors();
  const addressed = allocateIp(spec, stored, context, errors);
  const allocated = allocateNodePorts(addressed, stored, context, errors);
  return refusedBy(serviceKind, next.metadata.name, errors.list) ?? { ok: true, value: withSpec(next, allocated) };
}

/** What an update leaves out of the addresses stays; what becomes an ExternalName loses them. */
export function carryAddresses(next: ServiceSpec & Fields, current: ServiceSpec & Fields): Fields {
  if (next === current || next.type === 'ExternalName') return next;
  let result: ServiceSpec & Fields = next;
  const { clusterIP: sent, clusterIPs: sentAll } = next;
  const kept = current.type === 'ExternalName' ? undefined : current.clusterIP;
  if (sent === undefined && kept !== undefined) result = { ...result, clusterIP: kept, clusterIPs: [kept] };
  else if (sent !== undefined && sent !== kept && sentAll?.[0] === kept) result = { ...result, clusterIPs: [sent] };
  if (next.type === 'ClusterIP') return current.type === 'ClusterIP' ? result : withoutNodePorts(result, current);
  return { ...result, ports: (next.ports ?? []).map((port) => carryNodePort(port, current)) };
}

function carryNodePort(port: ServicePort, current: ServiceSpec): ServicePort {
  if (port.nodePort !== undefined) return port;
  const before = current.ports?.find((other) => other.port === port.port && other.protocol === port.protocol);
  return before?.nodePort === undefined ? port : { ...port, nodePort: before.nodePort };
}

/** Changing the type alone gives the node ports back; naming new ones is refused by validation. */
function withoutNodePorts(next: ServiceSpec & Fields, current: ServiceSpec): ServiceSpec & Fields {
  const before = new Set((current.ports ?? []).map(({ nodePort }) => nodePort));
  const ports = (next.ports ?? []).map((port) => {
    if (port.nodePort === undefined || !before.has(port.nodePort)) return port;
    const { nodePort: _, ...rest } = port;
    return rest;
  });
  return { ...next, ports };
}

function allocateIp(
  spec: ServiceSpec,
  stored: ServiceSpec,
  { addresses }: ApiContext,
  errors: FieldErrors,
): ServiceSpec {
  const ip = spec.clusterIP;
  if (ip === undefined) {
    const drawn = addresses.drawIp();
    return { ...spec, clusterIP: drawn, clusterIPs: [drawn] };
  }
  if (ip === 'None' || ip === stored.clusterIP) return spec;
  const failed = (why: string): void =>
    errors.invalid('spec.clusterIPs', spec.clusterIPs ?? [ip], `failed to allocate IP ${ip}: ${why}`);
  if (!isIpv4(ip))
    errors.invalid('spec.clusterIPs[0]', ip, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)');
  else if (!ip.startsWith('10.96.')) {
    failed(`the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${serviceCidr}`);
  } else if (addresses.hasIp(ip)) failed('provided IP is already allocated');
  return spec;
}

function allocateNodePorts(
  spec: ServiceSpec,
  stored: ServiceSpec,
  { addresses }: ApiContext,
  errors: FieldErrors,
): ServiceSpec {
  if (spec.type !== 'NodePort' && spec.type !== 'LoadBalancer') return spec;
  const own = new Set((stored.ports ?? []).map(({ nodePort }) => nodePort));
  const taken = new Set<number>();
  for (const { nodePort } of spec.ports ?? []) if (nodePort !== undefined) taken.add(nodePort);
  const { low, high } = nodePortRange;
  const ports: ServicePort[] = [];
  for (const [at, port] of (spec.ports ?? []).entries()) {
    const field = `spec.ports[${at}].nodePort`;
    const nodePort = port.nodePort ?? addresses.drawNodePort(taken);
    if (nodePort === undefined) {
      errors.invalid(field, 0, 'failed to allocate a nodePort: range is full');
    } else if (nodePort < low || nodePort > high) {
      const told = `provided port is not in the valid range. The range of valid ports is ${low}-${high}`;
      errors.invalid(field, nodePort, told);
    } else if (port.nodePort !== undefined && !own.has(nodePort) && addresses.hasNodePort(nodePort)) {
      errors.invalid(field, nodePort, 'provided port is already allocated');
    }
    if (nodePort !== undefined) taken.add(nodePort);
    ports.push(nodePort === undefined || nodePort === port.nodePort ? port : { ...port, nodePort });
  }
  return { ...spec, ports };
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}
