// Services and what stands behind and before them (API-TABLE-06, -07).

import { ageColumn, column, nameColumn, wide } from './printer.ts';
import { firstThree, labelsText, objectAge, orNone, selectorText } from './texts.ts';
import type { Printer } from './printer.ts';
import type { Labels, LabelSelector } from './texts.ts';

interface LoadBalancer {
  readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[];
}

interface ServiceSpec {
  readonly type?: string;
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly externalIPs?: readonly string[];
  readonly externalName?: string;
  readonly selector?: Labels;
  readonly ports?: readonly { readonly port: number; readonly nodePort?: number; readonly protocol?: string }[];
}

/** Services. */
export const servicePrinter: Printer = {
  columns: [
    nameColumn,
    column('Type'),
    column('Cluster-IP'),
    column('External-IP'),
    column('Port(s)'),
    ageColumn,
    wide('Selector'),
  ],
  cells(object, context) {
    const { spec = {}, status = {} } = object as {
      readonly spec?: ServiceSpec;
      readonly status?: { readonly loadBalancer?: LoadBalancer };
    };
    const ports = (spec.ports ?? []).map(({ port, nodePort, protocol = 'TCP' }) =>
      nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
    );
    return [
      object.metadata.name,
      spec.type ?? '',
      orNone(spec.clusterIPs?.[0] ?? spec.clusterIP),
      externalAddress(spec, status.loadBalancer ?? {}),
      orNone(ports.join(',')),
      objectAge(object, context),
      labelsText(spec.selector),
    ];
  },
};

function externalAddress({ type, externalIPs = [], externalName }: ServiceSpec, balancer: LoadBalancer): string {
  if (type === 'ExternalName') return externalName ?? '';
  if (type !== 'LoadBalancer') return orNone(externalIPs.join(','));
  const addresses = addressesOf(balancer);
  if (addresses.length === 0) return externalIPs.length > 0 ? externalIPs.join(',') : '<pending>';
  const shown = addresses.join(',');
  return [shown.length > 16 ? `${shown.slice(0, 13)}...` : shown, ...externalIPs].join(',');
}

function addressesOf({ ingress = [] }: LoadBalancer): readonly string[] {
  return ingress.map(({ ip, hostname }) => ip ?? hostname ?? '').filter((address) => address !== '');
}

interface EndpointsSubset {
  readonly addresses?: readonly { readonly ip: string }[];
  readonly ports?: readonly { readonly port: number }[];
}

/** Endpoints: the ready ones. */
export const endpointsPrinter: Printer = {
  columns: [nameColumn, column('Endpoints'), ageColumn],
  cells(object, context) {
    const { subsets } = object as { readonly subsets?: readonly EndpointsSubset[] | null };
    return [object.metadata.name, endpointsText(subsets ?? []), objectAge(object, context)];
  },
};

function endpointsText(subsets: readonly EndpointsSubset[]): string {
  if (subsets.length === 0) return '<none>';
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) => addresses.map(({ ip }) => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`)),
  );
  return firstThree(all);
}

/** EndpointSlices: all addresses, ready or not. */
export const endpointSlicePrinter: Printer = {
  columns: [nameColumn, column('AddressType'), column('Ports'), column('Endpoints'), ageColumn],
  cells(object, context) {
    const { addressType, ports, endpoints } = object as {
      readonly addressType?: string;
      readonly ports?: readonly { readonly port?: number | null }[] | null;
      readonly endpoints?: readonly { readonly addresses?: readonly string[] }[] | null;
    };
    const shownPorts = (ports ?? []).map(({ port }) => (port == null ? '*' : `${port}`));
    const addresses = (endpoints ?? []).flatMap(({ addresses = [] }) => addresses);
    return [
      object.metadata.name,
      addressType ?? '',
      firstThree(shownPorts) || '<unset>',
      firstThree(addresses) || '<unset>',
      objectAge(object, context),
    ];
  },
};

interface IngressSpec {
  readonly ingressClassName?: string;
  readonly rules?: readonly { readonly host?: string }[];
  readonly tls?: readonly unknown[];
}

/** Ingresses. */
export const ingressPrinter: Printer = {
  columns: [nameColumn, column('Class'), column('Hosts'), column('Address'), column('Ports'), ageColumn],
  cells(object, context) {
    const { spec = {}, status = {} } = object as {
      readonly spec?: IngressSpec;
      readonly status?: { readonly loadBalancer?: LoadBalancer };
    };
    const hosts = (spec.rules ?? []).map(({ host }) => host ?? '').filter((host) => host !== '');
    return [
      object.metadata.name,
      orNone(spec.ingressClassName),
      firstThree(hosts) || '*',
      addressesOf(status.loadBalancer ?? {}).join(','),
      (spec.tls?.length ?? 0) > 0 ? '80, 443' : '80',
      objectAge(object, context),
    ];
  },
};

/** IngressClasses. */
export const ingressClassPrinter: Printer = {
  columns: [nameColumn, column('Controller'), column('Parameters'), ageColumn],
  cells(object, context) {
    const { controller = '', parameters } = ((object as { readonly spec?: object }).spec ?? {}) as {
      readonly controller?: string;
      readonly parameters?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
    };
    const group = parameters?.apiGroup === undefined ? '' : `.${parameters.apiGroup}`;
    const shown = parameters === undefined ? '<none>' : `${parameters.kind}${group}/${parameters.name}`;
    return [object.metadata.name, controller, shown, objectAge(object, context)];
  },
};

/** NetworkPolicies. */
export const networkPolicyPrinter: Printer = {
  columns: [nameColumn, column('Pod-Selector'), ageColumn],
  cells(object, context) {
    const { spec = {} } = object as { readonly spec?: { readonly podSelector?: LabelSelector } };
    return [object.metadata.name, selectorText(spec.podSelector), objectAge(object, context)];
  },
};
