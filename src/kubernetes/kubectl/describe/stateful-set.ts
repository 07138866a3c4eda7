// `kubectl describe statefulset` (`describeStatefulSet` of kubectl/pkg/describe, v1.32).

import { kindKey } from '../../kind.ts';
import { controllerOf } from '../../object.ts';
import { matchesLabels } from '../../selector.ts';
import { accessModesText, selectorText } from '../../table/texts.ts';
import { templateTree } from './pod-template.ts';
import { shownTime } from './shown-time.ts';
import { field, pairsField } from './tree.ts';
import type { KubernetesObject } from '../../object.ts';
import type { LabelSelector } from '../../table/texts.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { DescribedTemplate } from './pod-template.ts';
import type { DescribedLines } from './tree.ts';

interface StatefulSet {
  readonly spec?: {
    readonly replicas?: number;
    readonly selector?: LabelSelector;
    readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } };
    readonly template?: DescribedTemplate;
    readonly volumeClaimTemplates?: readonly KubernetesObject[];
  };
  readonly status?: { readonly replicas?: number };
}

interface ClaimSpec {
  readonly storageClassName?: string;
  readonly accessModes?: readonly string[];
  readonly resources?: { readonly requests?: { readonly storage?: string } };
}

const podKind = kindKey({ apiVersion: 'v1', kind: 'Pod' });

/** The lines of a StatefulSet, without its events. */
export function statefulSetTree(object: KubernetesObject, view: ClusterView): DescribedLines {
  const { spec = {}, status = {} } = object as StatefulSet;
  const { name, labels, annotations, creationTimestamp } = object.metadata;
  const { type = '', rollingUpdate } = spec.updateStrategy ?? {};
  const { partition } = rollingUpdate ?? {};
  return [
    field('Name', name),
    field('Namespace', 'default'),
    field('CreationTimestamp', shownTime(creationTimestamp)),
    field('Selector', selectorText(spec.selector)),
    ...pairsField('Labels', labels),
    ...pairsField('Annotations', annotations, ': '),
    field('Replicas', `${spec.replicas ?? 1} desired | ${status.replicas ?? 0} total`),
    field('Update Strategy', type),
    ...(partition === undefined ? [] : [`  Partition:\t${partition}`]),
    field('Pods Status', podCounts(object, view)),
    'Pod Template:',
    ...templateTree(spec.template ?? {}),
    ...claimLines(spec.volumeClaimTemplates ?? []),
  ];
}

/** `2 Running / 1 Waiting / 0 Succeeded / 0 Failed`, of the pods that are the set's own. */
export function podCounts(owner: KubernetesObject, view: ClusterView): string {
  const { selector } = (owner as StatefulSet).spec ?? {};
  const phases = view
    .objects(podKind)
    .filter(({ metadata }) => matchesLabels(selector as Parameters<typeof matchesLabels>[0], metadata.labels))
    .filter((pod) => controllerOf(pod)?.uid === owner.metadata.uid)
    .map((pod) => (pod as { readonly status?: { readonly phase?: string } }).status?.phase);
  const count = (wanted: string): number => phases.filter((phase) => phase === wanted).length;
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}

function claimLines(templates: readonly KubernetesObject[]): DescribedLines {
  if (templates.length === 0) return ['Volume Claims:\t<none>'];
  return [
    'Volume Claims:',
    ...templates.flatMap((template) => {
      const { storageClassName = '', accessModes, resources } = (template['spec'] ?? {}) as ClaimSpec;
      return [
        `  Name:\t${template.metadata.name}`,
        `  StorageClass:\t${storageClassName}`,
        ...nested(pairsField('Labels', template.metadata.labels)),
        ...nested(pairsField('Annotations', template.metadata.annotations, ': ')),
        `  Capacity:\t${resources?.requests?.storage ?? '<default>'}`,
        `  Access Modes:\t[${longModes(accessModes)}]`,
      ];
    }),
  ];
}

function nested(lines: DescribedLines): DescribedLines {
  return lines.map((line) => `  ${line}`);
}

/** Modes as Go prints a list of them; what is none of the API's is left out. */
function longModes(modes: readonly string[] = []): string {
  return modes.filter((mode) => accessModesText([mode]) !== '').join(' ');
}
