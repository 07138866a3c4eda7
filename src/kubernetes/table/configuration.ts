// Kinds that hold settings: what is in them, and limits that they set.

import { ageColumn, column, nameColumn, wide } from './printer.ts';
import { objectAge, orNone } from './texts.ts';
import type { Printer } from './printer.ts';

interface Holder {
  readonly type?: string;
  readonly data?: object;
  readonly binaryData?: object;
}

const size = (members: object | undefined): number => Object.keys(members ?? {}).length;

/** ConfigMaps. */
export const configMapPrinter: Printer = {
  columns: [nameColumn, column('Data'), ageColumn],
  cells(object, context) {
    const { data, binaryData } = object as Holder;
    return [object.metadata.name, size(data) + size(binaryData), objectAge(object, context)];
  },
};

/** Secrets. */
export const secretPrinter: Printer = {
  columns: [nameColumn, column('Type'), column('Data'), ageColumn],
  cells(object, context) {
    const { type = '', data } = object as Holder;
    return [object.metadata.name, type, size(data), objectAge(object, context)];
  },
};

/** ServiceAccounts, and whatever has no more to show than its name. */
export const plainPrinter: Printer = {
  columns: [nameColumn, ageColumn],
  cells: (object, context) => [object.metadata.name, objectAge(object, context)],
};

/** Kinds for which the API server has no printer. */
export const createdAtPrinter: Printer = {
  columns: [nameColumn, column('Created At', { type: 'date' })],
  cells: ({ metadata }) => [metadata.name, metadata.creationTimestamp],
};

/** PodDisruptionBudgets. */
export const disruptionBudgetPrinter: Printer = {
  columns: [
    nameColumn,
    column('Min Available'),
    column('Max Unavailable'),
    column('Allowed Disruptions', { type: 'integer' }),
    ageColumn,
  ],
  cells(object, context) {
    const { spec = {}, status = {} } = object as {
      readonly spec?: { readonly minAvailable?: number | string; readonly maxUnavailable?: number | string };
      readonly status?: { readonly disruptionsAllowed?: number };
    };
    return [
      object.metadata.name,
      `${spec.minAvailable ?? 'N/A'}`,
      `${spec.maxUnavailable ?? 'N/A'}`,
      status.disruptionsAllowed ?? 0,
      objectAge(object, context),
    ];
  },
};

/** PriorityClasses. */
export const priorityClassPrinter: Printer = {
  columns: [
    nameColumn,
    column('Value', { type: 'integer' }),
    column('Global-Default', { type: 'boolean' }),
    ageColumn,
    column('PreemptionPolicy'),
  ],
  cells(object, context) {
    const { value, globalDefault, preemptionPolicy } = object as {
      readonly value?: number;
      readonly globalDefault?: boolean;
      readonly preemptionPolicy?: string;
    };
    const age = objectAge(object, context);
    return [object.metadata.name, value ?? 0, globalDefault ?? false, age, preemptionPolicy ?? ''];
  },
};

/** RuntimeClasses. */
export const runtimeClassPrinter: Printer = {
  columns: [nameColumn, column('Handler'), ageColumn],
  cells(object, context) {
    const { handler = '' } = object as { readonly handler?: string };
    return [object.metadata.name, handler, objectAge(object, context)];
  },
};

/** ResourceQuotas: requests and limits apart. */
export const resourceQuotaPrinter: Printer = {
  columns: [nameColumn, column('Request'), column('Limit'), ageColumn],
  cells(object, context) {
    const { status = {} } = object as {
      readonly status?: { readonly hard?: Record<string, string>; readonly used?: Record<string, string> };
    };
    const rows = Object.entries(status.hard ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const texts = (limits: boolean): string =>
      rows
        .filter(([name]) => name.startsWith('limits') === limits)
        .map(([name, hard]) => `${name}: ${status.used?.[name] ?? '0'}/${hard}`)
        .join(', ');
    return [object.metadata.name, texts(false), texts(true), objectAge(object, context)];
  },
};

interface AutoscalerSpec {
  readonly scaleTargetRef?: { readonly kind: string; readonly name: string };
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly metrics?: readonly Metric[];
}

interface Metric {
  readonly type: string;
  readonly resource?: {
    readonly name: string;
    readonly target?: { readonly averageUtilization?: number; readonly averageValue?: string };
  };
}

/** HorizontalPodAutoscalers; there are no metrics here, so what is measured is `<unknown>`. */
export const autoscalerPrinter: Printer = {
  columns: [
    nameColumn,
    column('Reference'),
    column('Targets'),
    column('MinPods'),
    column('MaxPods'),
    column('Replicas'),
    ageColumn,
  ],
  cells(object, context) {
    const { spec = {}, status = {} } = object as {
      readonly spec?: AutoscalerSpec;
      readonly status?: { readonly currentReplicas?: number };
    };
    const { scaleTargetRef: target, metrics = [] } = spec;
    return [
      object.metadata.name,
      target === undefined ? '' : `${target.kind}/${target.name}`,
      orNone(metrics.map(metricText).join(', ')),
      `${spec.minReplicas ?? '<unset>'}`,
      spec.maxReplicas ?? 0,
      status.currentReplicas ?? 0,
      objectAge(object, context),
    ];
  },
};

function metricText({ type, resource }: Metric): string {
  if (type !== 'Resource' || resource === undefined) return '<unknown type>';
  const { averageUtilization: share, averageValue } = resource.target ?? {};
  return `${resource.name}: <unknown>/${share === undefined ? (averageValue ?? '<auto>') : `${share}%`}`;
}

interface Binding {
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}

/** RoleBindings and ClusterRoleBindings. */
export const roleBindingPrinter: Printer = {
  columns: [nameColumn, column('Role'), ageColumn, wide('Users'), wide('Groups'), wide('ServiceAccounts')],
  cells(object, context) {
    const { roleRef, subjects = [] } = object as Binding;
    const named = (wanted: string): string =>
      subjects
        .filter(({ kind }) => kind === wanted)
        .map(({ name, namespace }) => (wanted === 'ServiceAccount' ? `${namespace}/${name}` : name))
        .join(', ');
    const role = roleRef === undefined ? '' : `${roleRef.kind}/${roleRef.name}`;
    const age = objectAge(object, context);
    return [object.metadata.name, role, age, named('User'), named('Group'), named('ServiceAccount')];
  },
};
