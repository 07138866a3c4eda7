// `kubectl describe pvc` and `kubectl describe pv` (kubectl/pkg/describe, v1.32).

import { kindKey } from '../../kind.ts';
import { accessModesText } from '../../table/texts.ts';
import { field, pairsField } from './tree.ts';
import type { KubernetesObject } from '../../object.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { DescribedLines } from './tree.ts';
import type { DescribedVolume } from './volumes.ts';

interface Claim {
  readonly spec?: {
    readonly volumeName?: string;
    readonly storageClassName?: string;
    readonly volumeMode?: string;
    readonly accessModes?: readonly string[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly accessModes?: readonly string[];
    readonly capacity?: { readonly storage?: string };
  };
}

interface Volume {
  readonly spec?: {
    readonly storageClassName?: string;
    readonly claimRef?: { readonly name?: string };
    readonly persistentVolumeReclaimPolicy?: string;
    readonly accessModes?: readonly string[];
    readonly volumeMode?: string;
    readonly capacity?: { readonly storage?: string };
    readonly nodeAffinity?: {
      readonly required?: {
        readonly nodeSelectorTerms?: readonly {
          readonly matchExpressions?: readonly {
            readonly key: string;
            readonly operator: string;
            readonly values?: readonly string[];
          }[];
        }[];
      };
    };
    readonly hostPath?: { readonly path: string; readonly type?: string };
    readonly nfs?: { readonly server: string; readonly path: string; readonly readOnly?: boolean };
    readonly csi?: { readonly driver: string; readonly volumeHandle: string; readonly readOnly?: boolean };
  };
  readonly status?: { readonly phase?: string; readonly message?: string };
}

const podKind = kindKey({ apiVersion: 'v1', kind: 'Pod' });

/** The lines of a claim, without its events. */
export function claimTree(object: KubernetesObject, view: ClusterView): DescribedLines {
  const { spec = {}, status = {} } = object as Claim;
  const { name, labels, annotations } = object.metadata;
  const bound = spec.volumeName !== undefined;
  const users = view
    .objects(podKind)
    .filter((pod) => volumesOf(pod).some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === name))
    .map(({ metadata }) => metadata.name)
    .toSorted();
  const used = users.length === 0 ? ['<none>'] : users;
  return [
    field('Name', name),
    field('Namespace', 'default'),
    field('StorageClass', spec.storageClassName ?? ''),
    field('Status', phaseOf(object, status)),
    field('Volume', spec.volumeName ?? ''),
    ...pairsField('Labels', labels),
    ...pairsField('Annotations', annotations, ': '),
    field('Finalizers', listText(object.metadata.finalizers)),
    field('Capacity', bound ? (status.capacity?.storage ?? '') : ''),
    field('Access Modes', bound ? accessModesText(status.accessModes) : ''),
    ...(spec.volumeMode === undefined ? [] : [field('VolumeMode', spec.volumeMode)]),
    ...used.map((user, at) => `${at === 0 ? 'Used By:' : ''}\t${user}`),
  ];
}

/** The lines of a volume, without its events. */
export function volumeTree(object: KubernetesObject): DescribedLines {
  const { spec = {}, status = {} } = object as Volume;
  const { name, labels, annotations } = object.metadata;
  const { claimRef } = spec;
  return [
    field('Name', name),
    ...pairsField('Labels', labels),
    ...pairsField('Annotations', annotations, ': '),
    field('Finalizers', listText(object.metadata.finalizers)),
    field('StorageClass', spec.storageClassName ?? ''),
    field('Status', phaseOf(object, status)),
    field('Claim', claimRef === undefined ? '' : `default/${claimRef.name ?? ''}`),
    field('Reclaim Policy', spec.persistentVolumeReclaimPolicy ?? ''),
    field('Access Modes', accessModesText(spec.accessModes)),
    field('VolumeMode', spec.volumeMode ?? ''),
    field('Capacity', spec.capacity?.storage ?? ''),
    ...affinityLines(spec),
    field('Message', status.message ?? ''),
    'Source:',
    ...sourceLines(spec),
  ];
}

function affinityLines({ nodeAffinity }: NonNullable<Volume['spec']>): DescribedLines {
  const terms = nodeAffinity?.required?.nodeSelectorTerms ?? [];
  if (terms.length === 0) return [field('Node Affinity', '<none>')];
  const lines = terms.flatMap(({ matchExpressions = [] }, number) =>
    matchExpressions.map(({ key, operator, values = [] }, at) => {
      const begin = at === 0 ? `    Term ${number}:` : '    ';
      return `${begin}\t${key} ${operator.toLowerCase()} [${values.join(', ')}]`;
    }),
  );
  return ['Node Affinity:\t', '  Required Terms:\t', ...lines];
}

function sourceLines({ hostPath, nfs, csi }: NonNullable<Volume['spec']>): DescribedLines {
  if (hostPath !== undefined) {
    const type = 'HostPath (bare host directory volume)';
    return [`    Type:\t${type}`, `    Path:\t${hostPath.path}`, `    HostPathType:\t${hostPath.type ?? ''}`];
  }
  if (nfs !== undefined) {
    const type = 'NFS (an NFS mount that lasts the lifetime of a pod)';
    const readOnly = `    ReadOnly:\t${String(nfs.readOnly ?? false)}`;
    return [`    Type:\t${type}`, `    Server:\t${nfs.server}`, `    Path:\t${nfs.path}`, readOnly];
  }
  if (csi === undefined) return ['    Type:\t<unknown>'];
  const type = 'CSI (a Container Storage Interface (CSI) volume source)';
  return [`    Type:\t${type}`, `    Driver:\t${csi.driver}`, `    VolumeHandle:\t${csi.volumeHandle}`];
}

function volumesOf(pod: KubernetesObject): readonly DescribedVolume[] {
  return (pod as { readonly spec?: { readonly volumes?: readonly DescribedVolume[] } }).spec?.volumes ?? [];
}

function phaseOf({ metadata }: KubernetesObject, { phase = '' }: { readonly phase?: string }): string {
  return metadata.deletionTimestamp === undefined ? phase : 'Terminating (lasts <invalid>)';
}

function listText(items: readonly string[] = []): string {
  return `[${items.join(' ')}]`;
}
