// The kinds that keep a number of pods: what is desired, what is there.

import { ageColumn, column, nameColumn, wide } from './printer.ts';
import { containerTexts, labelsText, objectAge, selectorText } from './texts.ts';
import type { KubernetesObject } from '../object.ts';
import type { Column, Printer } from './printer.ts';
import type { Labels, LabelSelector, NamedContainer } from './texts.ts';

interface Workload {
  readonly spec?: {
    readonly replicas?: number;
    readonly selector?: LabelSelector;
    readonly template?: {
      readonly spec?: { readonly containers?: readonly NamedContainer[]; readonly nodeSelector?: Labels };
    };
  };
  readonly status?: Readonly<Record<string, number | undefined>>;
}

const integer = (name: string): Column => column(name, { type: 'integer' });
const containerColumns: readonly Column[] = [wide('Containers'), wide('Images')];

/** StatefulSets. */
export const statefulSetPrinter: Printer = {
  columns: [nameColumn, column('Ready'), ageColumn, ...containerColumns],
  cells(object, context) {
    const { spec, status } = partsOf(object);
    const ready = `${status['readyReplicas'] ?? 0}/${spec.replicas ?? 0}`;
    return [object.metadata.name, ready, objectAge(object, context), ...containerTexts(spec.template)];
  },
};

/** Deployments. Two columns are declared as text and hold numbers, as upstream. */
export const deploymentPrinter: Printer = {
  columns: [
    nameColumn,
    column('Ready'),
    column('Up-to-date'),
    column('Available'),
    ageColumn,
    ...containerColumns,
    wide('Selector'),
  ],
  cells(object, context) {
    const { spec, status } = partsOf(object);
    return [
      object.metadata.name,
      `${status['readyReplicas'] ?? 0}/${spec.replicas ?? 0}`,
      status['updatedReplicas'] ?? 0,
      status['availableReplicas'] ?? 0,
      objectAge(object, context),
      ...containerTexts(spec.template),
      selectorText(spec.selector),
    ];
  },
};

/** ReplicaSets. */
export const replicaSetPrinter: Printer = replicaPrinter((object) => selectorText(partsOf(object).spec.selector));

/** ReplicationControllers: their selector is a map of labels. */
export const replicationControllerPrinter: Printer = replicaPrinter((object) =>
  labelsText(partsOf(object).spec.selector as Labels | undefined),
);

function replicaPrinter(selectorOf: (object: KubernetesObject) => string): Printer {
  return {
    columns: [
      nameColumn,
      integer('Desired'),
      integer('Current'),
      integer('Ready'),
      ageColumn,
      ...containerColumns,
      wide('Selector'),
    ],
    cells(object, context) {
      const { spec, status } = partsOf(object);
      return [
        object.metadata.name,
        spec.replicas ?? 0,
        status['replicas'] ?? 0,
        status['readyReplicas'] ?? 0,
        objectAge(object, context),
        ...containerTexts(spec.template),
        selectorOf(object),
      ];
    },
  };
}

/** DaemonSets. */
export const daemonSetPrinter: Printer = {
  columns: [
    nameColumn,
    integer('Desired'),
    integer('Current'),
    integer('Ready'),
    integer('Up-to-date'),
    integer('Available'),
    column('Node Selector'),
    ageColumn,
    ...containerColumns,
    wide('Selector'),
  ],
  cells(object, context) {
    const { spec, status } = partsOf(object);
    return [
      object.metadata.name,
      status['desiredNumberScheduled'] ?? 0,
      status['currentNumberScheduled'] ?? 0,
      status['numberReady'] ?? 0,
      status['updatedNumberScheduled'] ?? 0,
      status['numberAvailable'] ?? 0,
      labelsText(spec.template?.spec?.nodeSelector),
      objectAge(object, context),
      ...containerTexts(spec.template),
      selectorText(spec.selector),
    ];
  },
};

/** Pod templates. */
export const podTemplatePrinter: Printer = {
  columns: [nameColumn, column('Containers'), column('Images'), column('Pod Labels')],
  cells(object) {
    const { template } = object as {
      readonly template?: {
        readonly metadata?: { readonly labels?: Labels };
        readonly spec?: { readonly containers?: readonly NamedContainer[] };
      };
    };
    return [object.metadata.name, ...containerTexts(template), labelsText(template?.metadata?.labels)];
  },
};

function partsOf(object: KubernetesObject): Required<Workload> {
  const { spec, status } = object as Workload;
  return { spec: spec ?? {}, status: status ?? {} };
}
