// DNS answers as a function of Services and EndpointSlices; Pod objects are never asked (DNS-19). Caches and their lifetimes
// are not modelled (DNS-12): an answer is what the name server would say now.

import { isHeadless, serviceKind, serviceNameLabel, sliceKind } from './service.ts';
import type { Lister } from '../store/store.ts';
import type { Endpoint, EndpointPort, EndpointSlice, Service } from './service.ts';

/** What is asked. Names are taken as they are, or completed by the search list of a pod in `namespace` (DNS-16). */
export interface DnsQuestion {
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'SRV';
  readonly namespace: string;
}

/** `records` are sorted: addresses, or `priority weight port target` of SRV; NXDOMAIN when the name does not exist. */
export interface DnsAnswer {
  readonly code: 'NOERROR' | 'NXDOMAIN';
  readonly records: readonly string[];
}

const zone = 'cluster.local';
const nonexistent: DnsAnswer = { code: 'NXDOMAIN', records: [] };
const empty: DnsAnswer = { code: 'NOERROR', records: [] };

/** What the cluster's name server answers. */
export function resolveName(lister: Lister, { name, type, namespace }: DnsQuestion): DnsAnswer {
  const asked = name.toLowerCase();
  if (asked.endsWith('.')) return answer(lister, asked.slice(0, -1), type);
  const searched = [`${namespace}.svc.${zone}`, `svc.${zone}`, zone].map((suffix) => `${asked}.${suffix}`);
  // Fewer than five dots: the search list comes first (ndots, network.md 0.1).
  const dots = asked.split('.').length - 1;
  const candidates = dots < 5 ? [...searched, asked] : [asked, ...searched];
  for (const candidate of candidates) {
    const found = answer(lister, candidate, type);
    if (found.code === 'NOERROR') return found;
  }
  return nonexistent;
}

function answer(lister: Lister, name: string, type: DnsQuestion['type']): DnsAnswer {
  if (!name.endsWith(`.${zone}`)) return nonexistent;
  const labels = name.slice(0, -zone.length - 1).split('.');
  const scope = labels.pop();
  const namespace = labels.pop() ?? '';
  if (scope === 'pod') return podAddress(labels, type);
  const serviceName = labels.pop();
  if (scope !== 'svc' || serviceName === undefined) return nonexistent;
  const service = lister.get(serviceKind, `${namespace}/${serviceName}`) as Service | undefined;
  if (service === undefined) return nonexistent;
  if (service.spec.type === 'ExternalName') return labels.length > 0 ? nonexistent : empty;
  return isHeadless(service) ? ofHeadless(lister, service, labels, type) : ofClusterIp(service, labels, type);
}

/** A Service with an address: its own name and its named ports, whether or not it has endpoints (DNS-02, -03). */
function ofClusterIp(service: Service, labels: readonly string[], type: DnsQuestion['type']): DnsAnswer {
  const [portName, protocol, ...rest] = labels;
  if (portName === undefined) {
    const { clusterIP, clusterIPs = clusterIP === undefined ? [] : [clusterIP] } = service.spec;
    if (type === 'SRV') return portsOf(service, service.spec.ports ?? []);
    return { code: 'NOERROR', records: clusterIPs.filter((ip) => isOfType(ip, type)).sort() };
  }
  if (protocol === undefined || rest.length > 0) return nonexistent;
  const ports = (service.spec.ports ?? []).filter((port) => namesPort(port, portName, protocol));
  if (ports.length === 0) return nonexistent;
  return type === 'SRV' ? portsOf(service, ports) : empty;
}

function portsOf(service: Service, ports: readonly { readonly port: number }[]): DnsAnswer {
  return locations(ports.map(({ port }) => ({ port, target: fullName(service) })));
}

/** A headless Service: its ready endpoints, together or one by one (DNS-05 to -07, -11). */
function ofHeadless(lister: Lister, service: Service, labels: readonly string[], type: DnsQuestion['type']): DnsAnswer {
  const members = readyMembers(lister, service);
  const [first, second, ...rest] = labels;
  if (rest.length > 0) return nonexistent;
  const byPort = first !== undefined && second !== undefined;
  const named = byPort || first === undefined ? members : members.filter(({ hostname }) => hostname === first);
  if (named.length === 0) return nonexistent;
  if (!byPort && type !== 'SRV') return addresses(named, type);
  // Without a port in the question CoreDNS names every port of every endpoint, unnamed ones too.
  const targets = named.flatMap(({ hostname, ports }) =>
    ports
      .filter((port) => !byPort || namesPort(port, first, second))
      .map(({ port }) => ({ port, target: `${hostname}.${fullName(service)}` })),
  );
  if (targets.length === 0) return byPort ? nonexistent : empty;
  return type === 'SRV' ? locations(targets) : empty;
}

/** SRV records, which share a weight of 100 (CoreDNS, plugin/backend_lookup.go). */
function locations(targets: readonly { readonly port: number; readonly target: string }[]): DnsAnswer {
  const weight = Math.max(Math.floor(100 / targets.length), 1);
  return { code: 'NOERROR', records: targets.map(({ port, target }) => `0 ${weight} ${port} ${target}`).sort() };
}

interface Member {
  readonly hostname: string;
  readonly addresses: readonly string[];
  readonly ports: readonly EndpointPort[];
}

function readyMembers(lister: Lister, { metadata }: Service): readonly Member[] {
  const key = `${metadata.namespace}/${serviceNameLabel}=${metadata.name}`;
  return [...lister.by(sliceKind, 'label', key).values()].flatMap((object) => {
    const { endpoints, ports } = object as EndpointSlice;
    return (endpoints ?? [])
      .filter(isReady)
      .map((endpoint) => ({ hostname: hostOf(endpoint), addresses: endpoint.addresses, ports: ports ?? [] }));
  });
}

/** An endpoint whose slice does not say otherwise is ready. */
function isReady({ conditions }: Endpoint): boolean {
  const { ready } = conditions as Partial<Endpoint['conditions']>;
  return ready ?? true;
}

/** The endpoint's host name, or the one that CoreDNS makes of its address. */
function hostOf({ hostname, addresses }: Endpoint): string {
  return hostname ?? (addresses[0] ?? '').replace(/[.:]/g, '-');
}

function addresses(members: readonly Member[], type: DnsQuestion['type']): DnsAnswer {
  const records = members.flatMap((member) => member.addresses.filter((ip) => isOfType(ip, type)));
  return { code: 'NOERROR', records: [...new Set(records)].sort() };
}

/** `10-244-0-7.ns.pod`: answered without checking that the pod exists (DNS-10). */
function podAddress(labels: readonly string[], type: DnsQuestion['type']): DnsAnswer {
  const [label] = labels;
  if (label === undefined || labels.length > 1 || !/^\d{1,3}(-\d{1,3}){3}$/.test(label)) return nonexistent;
  return type === 'A' ? { code: 'NOERROR', records: [label.replaceAll('-', '.')] } : empty;
}

function namesPort(
  { name = '', protocol = 'TCP' }: { readonly name?: string; readonly protocol?: string },
  portLabel: string,
  protocolLabel: string,
): boolean {
  return name !== '' && `_${name}` === portLabel && `_${protocol.toLowerCase()}` === protocolLabel;
}

function fullName({ metadata }: Service): string {
  return `${metadata.name}.${metadata.namespace}.svc.${zone}`;
}

function isOfType(ip: string, type: DnsQuestion['type']): boolean {
  return type === (ip.includes(':') ? 'AAAA' : 'A');
}
