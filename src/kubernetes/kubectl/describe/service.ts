// `kubectl describe service` (`describeService` of kubectl/pkg/describe, v1.32).

import { kindKey } from '../../kind.ts';
import { labelsText } from '../../table/texts.ts';
import { field, pairsField } from './tree.ts';
import type { KubernetesObject } from '../../object.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { DescribedLines } from './tree.ts';

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
  readonly targetPort?: number | string;
  readonly nodePort?: number;
}

interface ServiceSpec {
  readonly selector?: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly ipFamilies?: readonly string[];
  readonly ipFamilyPolicy?: string;
  readonly ports?: readonly ServicePort[];
  readonly sessionAffinity?: string;
  readonly externalTrafficPolicy?: string;
  readonly internalTrafficPolicy?: string;
}

interface Slice {
  readonly endpoints?:
    | readonly { readonly addresses?: readonly string[]; readonly conditions?: { readonly ready?: boolean } }[]
    | null;
  readonly ports?: readonly { readonly name?: string; readonly port?: number }[] | null;
}

const sliceKind = kindKey({ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' });

/** The lines of a service, without its events. */
export function serviceTree(object: KubernetesObject, view: ClusterView): DescribedLines {
  const spec = (object as { readonly spec?: ServiceSpec }).spec ?? {};
  const { name, labels, annotations } = object.metadata;
  const slices = view
    .objects(sliceKind)
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name)
    .map((slice) => slice as Slice);
  return [
    field('Name', name),
    field('Namespace', 'default'),
    ...pairsField('Labels', labels),
    ...pairsField('Annotations', annotations, ': '),
    field('Selector', labelsText(spec.selector)),
    field('Type', spec.type ?? ''),
    field('IP Family Policy', spec.ipFamilyPolicy ?? ''),
    field('IP Families', spec.ipFamilies === undefined ? '<none>' : spec.ipFamilies.join(',')),
    field('IP', spec.clusterIP ?? ''),
    field('IPs', spec.clusterIPs === undefined ? '<none>' : spec.clusterIPs.join(',')),
    ...(spec.ports ?? []).flatMap((port) => portLines(port, slices)),
    field('Session Affinity', spec.sessionAffinity ?? ''),
    ...(spec.externalTrafficPolicy ? [field('External Traffic Policy', spec.externalTrafficPolicy)] : []),
    ...(spec.internalTrafficPolicy ? [field('Internal Traffic Policy', spec.internalTrafficPolicy)] : []),
  ];
}

function portLines(
  { name = '', port, protocol = 'TCP', targetPort = 0, nodePort = 0 }: ServicePort,
  slices: readonly Slice[],
): DescribedLines {
  const shown = name === '' ? '<unset>' : name;
  const ready = slices.flatMap(({ endpoints, ports }) => {
    const number = (ports ?? []).find((one) => (one.name ?? '') === name)?.port;
    if (number === undefined) return [];
    const there = (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false);
    return there.flatMap(({ addresses = [] }) => addresses.map((address) => `${address}:${number}`));
  });
  const more = ready.length > 3 ? ` + ${ready.length - 3} more...` : '';
  return [
    `Port:\t${shown}\t${port}/${protocol}`,
    `TargetPort:\t${targetPort}/${protocol}`,
    ...(nodePort === 0 ? [] : [`NodePort:\t${shown}\t${nodePort}/${protocol}`]),
    `Endpoints:\t${ready.slice(0, 3).join(',')}${more}`,
  ];
}
