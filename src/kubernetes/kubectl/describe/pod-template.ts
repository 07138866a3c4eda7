// The pod template of a set in a description (`DescribePodTemplate` of kubectl/pkg/describe, v1.32).

import { containersBlock } from './containers.ts';
import { field, indented, pairsField } from './tree.ts';
import { volumesBlock } from './volumes.ts';
import type { DescribedContainer } from './containers.ts';
import type { DescribedLines } from './tree.ts';
import type { DescribedVolume } from './volumes.ts';

/** A pod template as far as it is described. */
export interface DescribedTemplate {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: {
    readonly serviceAccountName?: string;
    readonly initContainers?: readonly DescribedContainer[];
    readonly containers?: readonly DescribedContainer[];
    readonly volumes?: readonly DescribedVolume[];
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly tolerations?: readonly unknown[];
  };
}

/** The lines under `Pod Template:`, with tabs. */
export function templateTree({ metadata = {}, spec = {} }: DescribedTemplate): DescribedLines {
  const { annotations = {} } = metadata;
  return indented([
    ...pairsField('Labels', metadata.labels),
    ...(Object.keys(annotations).length === 0 ? [] : pairsField('Annotations', annotations, ': ')),
    ...(spec.serviceAccountName === undefined ? [] : [field('Service Account', spec.serviceAccountName)]),
    ...containersBlock('Init Containers', spec.initContainers ?? []),
    ...containersBlock('Containers', spec.containers ?? []),
    ...volumesBlock(spec.volumes ?? []),
    ...pairsField('Node-Selectors', spec.nodeSelector),
    field('Tolerations', '<none>'),
  ]);
}
