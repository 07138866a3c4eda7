// `kubectl describe pod` (`describePod` of kubectl/pkg/describe, v1.32).

import { controllerOf } from '../../object.ts';
import { containersBlock } from './containers.ts';
import { shownTime } from './shown-time.ts';
import { field, indented, pairsField } from './tree.ts';
import { volumesBlock } from './volumes.ts';
import type { KubernetesObject } from '../../object.ts';
import type { DescribedContainer, DescribedStatus } from './containers.ts';
import type { DescribedLines } from './tree.ts';
import type { DescribedVolume } from './volumes.ts';

interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

interface Pod {
  readonly spec?: {
    readonly priority?: number;
    readonly serviceAccountName?: string;
    readonly nodeName?: string;
    readonly containers?: readonly DescribedContainer[];
    readonly initContainers?: readonly DescribedContainer[];
    readonly volumes?: readonly DescribedVolume[];
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly tolerations?: readonly Toleration[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly hostIP?: string;
    readonly podIP?: string;
    readonly podIPs?: readonly { readonly ip: string }[];
    readonly startTime?: string;
    readonly qosClass?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly DescribedStatus[];
    readonly initContainerStatuses?: readonly DescribedStatus[];
  };
}

/** The lines of a pod, without its events. */
export function podTree(object: KubernetesObject): DescribedLines {
  const { spec = {}, status = {} } = object as Pod;
  const { name, labels, annotations } = object.metadata;
  const controller = controllerOf(object);
  const { conditions = [] } = status;
  return [
    field('Name', name),
    field('Namespace', 'default'),
    field('Priority', spec.priority ?? 0),
    ...(spec.serviceAccountName === undefined ? [] : [field('Service Account', spec.serviceAccountName)]),
    field('Node', spec.nodeName === undefined ? '<none>' : `${spec.nodeName}/${status.hostIP ?? ''}`),
    ...(status.startTime === undefined ? [] : [field('Start Time', shownTime(status.startTime))]),
    ...pairsField('Labels', labels),
    ...pairsField('Annotations', annotations, ': '),
    ...phaseLines(object, status),
    field('IP', status.podIP ?? ''),
    ...addressLines(status.podIPs ?? []),
    ...(controller === undefined ? [] : [field('Controlled By', `${controller.kind}/${controller.name}`)]),
    ...containersBlock('Init Containers', spec.initContainers ?? [], status.initContainerStatuses ?? []),
    ...containersBlock('Containers', spec.containers ?? [], status.containerStatuses ?? []),
    ...(conditions.length === 0 ? [] : ['Conditions:', '  Type\tStatus']),
    ...conditions.map(({ type, status: value }) => `  ${type} \t${value} `),
    ...volumesBlock(spec.volumes ?? []),
    field('QoS Class', status.qosClass ?? ''),
    ...pairsField('Node-Selectors', spec.nodeSelector),
    ...tolerationLines(spec.tolerations ?? []),
  ];
}

function phaseLines(
  { metadata }: KubernetesObject,
  { phase = '', reason, message }: NonNullable<Pod['status']>,
): DescribedLines {
  const words = [
    ...(reason === undefined ? [] : [field('Reason', reason)]),
    ...(message === undefined ? [] : [field('Message', message)]),
  ];
  if (metadata.deletionTimestamp === undefined) return [field('Status', phase), ...words];
  const grace = `${metadata.deletionGracePeriodSeconds ?? 0}s`;
  return [field('Status', 'Terminating (lasts <invalid>)'), field('Termination Grace Period', grace), ...words];
}

function addressLines(addresses: readonly { readonly ip: string }[]): DescribedLines {
  if (addresses.length === 0) return ['IPs:\t<none>'];
  return ['IPs:', ...indented(addresses.map(({ ip }) => field('IP', ip)))];
}

function tolerationLines(tolerations: readonly Toleration[]): DescribedLines {
  if (tolerations.length === 0) return [field('Tolerations', '<none>')];
  const texts = tolerations.map(({ key = '', operator = '', value = '', effect = '', tolerationSeconds }) => {
    const begin = `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}`;
    const exists =
      operator === 'Exists' && value === '' ? ` ${key === '' && effect === '' ? 'op=Exists' : 'op=Exists'}` : '';
    return `${begin}${exists}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`.trimStart();
  });
  return texts.toSorted().map((text, at) => `${at === 0 ? 'Tolerations:' : ''}\t${text}`);
}
