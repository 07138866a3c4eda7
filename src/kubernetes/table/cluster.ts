// Nodes, namespaces and the records that a cluster keeps about itself (API-TABLE-10 to -13).

import { ageColumn, column, nameColumn, wide } from './printer.ts';
import { ageOf } from './human-duration.ts';
import { objectAge, orNone } from './texts.ts';
import { controllerOf } from '../object.ts';
import type { KubernetesObject } from '../object.ts';
import type { Printer } from './printer.ts';

interface NodeStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  readonly addresses?: readonly { readonly type: string; readonly address: string }[];
  readonly nodeInfo?: Readonly<Record<string, string | undefined>>;
}

/** Nodes. */
export const nodePrinter: Printer = {
  columns: [
    nameColumn,
    column('Status'),
    column('Roles'),
    ageColumn,
    column('Version'),
    wide('Internal-IP'),
    wide('External-IP'),
    wide('OS-Image'),
    wide('Kernel-Version'),
    wide('Container-Runtime'),
  ],
  cells(object, context) {
    const { spec = {}, status = {} } = object as {
      readonly spec?: { readonly unschedulable?: boolean };
      readonly status?: NodeStatus;
    };
    const { addresses = [], nodeInfo = {} } = status;
    const address = (wanted: string): string => orNone(addresses.find(({ type }) => type === wanted)?.address);
    const { architecture, kernelVersion, osImage, containerRuntimeVersion, kubeletVersion } = nodeInfo;
    const kernel = architecture ? `${kernelVersion} (${architecture})` : kernelVersion;
    return [
      object.metadata.name,
      nodeWords(status, spec.unschedulable === true),
      orNone(rolesOf(object).join(',')),
      objectAge(object, context),
      kubeletVersion ?? '',
      address('InternalIP'),
      address('ExternalIP'),
      osImage || '<unknown>',
      kernelVersion ? (kernel ?? '') : '<unknown>',
      containerRuntimeVersion || '<unknown>',
    ];
  },
};

/** A node that is silent (`Unknown`) is shown like one that says that it is not ready. */
function nodeWords({ conditions = [] }: NodeStatus, cordoned: boolean): string {
  const ready = conditions.find(({ type }) => type === 'Ready');
  const word = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return cordoned ? `${word},SchedulingDisabled` : word;
}

function rolesOf({ metadata }: KubernetesObject): readonly string[] {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(prefix) && key.length > prefix.length) return [key.slice(prefix.length)];
    return key === 'kubernetes.io/role' && value !== '' ? [value] : [];
  });
  return [...new Set(roles)].toSorted();
}

/** Namespaces. */
export const namespacePrinter: Printer = {
  columns: [nameColumn, column('Status'), ageColumn],
  cells(object, context) {
    const { status = {} } = object as { readonly status?: { readonly phase?: string } };
    return [object.metadata.name, status.phase ?? '', objectAge(object, context)];
  },
};

interface EventObject {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly fieldPath?: string };
  readonly source?: { readonly component?: string; readonly host?: string };
  readonly reportingComponent?: string;
  readonly reportingInstance?: string;
  readonly eventTime?: string | null;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
}

/** Events. */
export const eventPrinter: Printer = {
  columns: [
    column('Last Seen'),
    column('Type'),
    column('Reason'),
    column('Object'),
    wide('Subobject'),
    wide('Source'),
    column('Message'),
    wide('First Seen'),
    // A number, but declared as text: so it is upstream.
    wide('Count'),
    wide('Name', { format: 'name' }),
  ],
  cells(object, { now }) {
    const event = object as KubernetesObject & EventObject;
    const { involvedObject: about = {}, series } = event;
    const first = event.firstTimestamp ?? event.eventTime;
    const last = series?.lastObservedTime ?? event.lastTimestamp ?? first;
    const kind = (about.kind ?? '').toLowerCase();
    return [
      ageOf(last, now),
      event.type ?? '',
      event.reason ?? '',
      about.name ? `${kind}/${about.name}` : kind,
      about.fieldPath ?? '',
      sourceText(event),
      (event.message ?? '').trim(),
      ageOf(first, now),
      series?.count ?? (event.count || 1),
      event.metadata.name,
    ];
  },
};

function sourceText({ source = {}, reportingComponent = '', reportingInstance = '' }: EventObject): string {
  const component = source.component || reportingComponent;
  const host = source.host || reportingInstance;
  return host === '' ? component : `${component}, ${host}`;
}

/** ControllerRevisions. */
export const controllerRevisionPrinter: Printer = {
  columns: [nameColumn, column('Controller'), column('Revision'), ageColumn],
  cells(object, context) {
    const controller = controllerOf(object);
    const [group = '', version] = (controller?.apiVersion ?? '').split('/');
    const kind = version === undefined ? controller?.kind : `${controller?.kind}.${group}`;
    const shown = controller === undefined ? '<none>' : `${kind?.toLowerCase()}/${controller.name}`;
    const { revision = 0 } = object as { readonly revision?: number };
    return [object.metadata.name, shown, revision, objectAge(object, context)];
  },
};

/** Leases. */
export const leasePrinter: Printer = {
  columns: [nameColumn, column('Holder'), ageColumn],
  cells(object, context) {
    const { spec = {} } = object as { readonly spec?: { readonly holderIdentity?: string } };
    return [object.metadata.name, spec.holderIdentity ?? '', objectAge(object, context)];
  },
};
