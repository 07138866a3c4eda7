// Containers in a description: those of a template say what they are to be, those of a pod also what they are.

import { field, indented } from './tree.ts';
import { shownTime } from './shown-time.ts';
import type { DescribedLines } from './tree.ts';

/** A container of a pod or of a template. */
export interface DescribedContainer {
  readonly name: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly ports?: readonly {
    readonly containerPort: number;
    readonly hostPort?: number;
    readonly protocol?: string;
  }[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly envFrom?: readonly unknown[];
  readonly resources?: {
    readonly limits?: Readonly<Record<string, string>>;
    readonly requests?: Readonly<Record<string, string>>;
  };
  readonly volumeMounts?: readonly {
    readonly name: string;
    readonly mountPath: string;
    readonly readOnly?: boolean;
    readonly subPath?: string;
  }[];
  readonly livenessProbe?: object;
  readonly readinessProbe?: object;
  readonly startupProbe?: object;
}

/** What a pod's status says of a container. */
export interface DescribedStatus {
  readonly name: string;
  readonly containerID?: string;
  readonly imageID?: string;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

interface ContainerState {
  readonly running?: { readonly startedAt?: string };
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: {
    readonly reason?: string;
    readonly message?: string;
    readonly exitCode?: number;
    readonly signal?: number;
    readonly startedAt?: string;
    readonly finishedAt?: string;
  };
}

/** The block of containers under its name. */
export function containersBlock(
  label: string,
  containers: readonly DescribedContainer[],
  statuses?: readonly DescribedStatus[],
): DescribedLines {
  // In templates kubectl puts the name one blank further in, and what is below it one level less.
  const [ofName, below] = statuses === undefined ? [' ', '  '] : ['  ', '    '];
  if (containers.length === 0) return [];
  const blocks = containers.flatMap((container) => {
    const status = statuses?.find(({ name }) => name === container.name);
    return [`${ofName}${container.name}:`, ...containerLines(container, status).map((line) => `${below}${line}`)];
  });
  return [`${label}:`, ...blocks];
}

function containerLines(container: DescribedContainer, status: DescribedStatus | undefined): DescribedLines {
  const { ports = [], image = '', command = [], args = [] } = container;
  const many = ports.length > 1 ? 's' : '';
  const shown = ports.map(({ containerPort, protocol = 'TCP' }) => `${containerPort}/${protocol}`).join(', ');
  const host = ports.map(({ hostPort = 0, protocol = 'TCP' }) => `${hostPort}/${protocol}`).join(', ');
  const portLines = [
    field(`Port${many}`, shown === '' ? '<none>' : shown),
    field(`Host Port${many}`, host === '' ? '<none>' : host),
  ];
  return [
    ...(status === undefined ? [] : [field('Container ID', status.containerID ?? '')]),
    field('Image', image),
    ...(status === undefined ? [] : [field('Image ID', status.imageID ?? '')]),
    ...portLines,
    ...listLines('Command', command),
    ...listLines('Args', args),
    ...(status === undefined ? [] : statusLines(status)),
    ...resourceLines(container),
    ...environmentLines(container),
    ...mountLines(container),
  ];
}

function listLines(name: string, words: readonly string[]): DescribedLines {
  return words.length === 0 ? [] : [`${name}:`, ...indented(words.flatMap((word) => word.split('\n')))];
}

function statusLines({ state = {}, lastState = {}, ready = false, restartCount = 0 }: DescribedStatus): DescribedLines {
  return [
    ...stateLines('State', state),
    ...(lastState.terminated === undefined ? [] : stateLines('Last State', lastState)),
    field('Ready', ready ? 'True' : 'False'),
    field('Restart Count', restartCount),
  ];
}

function stateLines(name: string, { running, waiting, terminated }: ContainerState): DescribedLines {
  if (running !== undefined) return [field(name, 'Running'), `  Started:\t${shownTime(running.startedAt)}`];
  if (waiting !== undefined) {
    return [field(name, 'Waiting'), ...(waiting.reason ? [`  Reason:\t${waiting.reason}`] : [])];
  }
  if (terminated === undefined) return [field(name, 'Waiting')];
  return [
    field(name, 'Terminated'),
    ...(terminated.reason ? [`  Reason:\t${terminated.reason}`] : []),
    ...(terminated.message ? [`  Message:\t${terminated.message}`] : []),
    `  Exit Code:\t${terminated.exitCode ?? 0}`,
    ...(terminated.signal ? [`  Signal:\t${terminated.signal}`] : []),
    `  Started:\t${shownTime(terminated.startedAt)}`,
    `  Finished:\t${shownTime(terminated.finishedAt)}`,
  ];
}

function resourceLines({ resources = {} }: DescribedContainer): DescribedLines {
  const block = (name: string, amounts: Readonly<Record<string, string>> = {}): DescribedLines => {
    const sorted = Object.entries(amounts).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return sorted.length === 0 ? [] : [`${name}:`, ...sorted.map(([key, amount]) => `  ${key}:\t${amount}`)];
  };
  return [...block('Limits', resources.limits), ...block('Requests', resources.requests)];
}

function environmentLines({ env = [] }: DescribedContainer): DescribedLines {
  if (env.length === 0) return ['Environment:\t<none>'];
  return [
    'Environment:',
    ...env.map(
      ({ name, value = '', valueFrom }) => `  ${name}:\t${valueFrom === undefined ? value : sourceText(valueFrom)}`,
    ),
  ];
}

function sourceText(valueFrom: object): string {
  const { fieldRef, secretKeyRef, configMapKeyRef } = valueFrom as {
    readonly fieldRef?: { readonly apiVersion?: string; readonly fieldPath: string };
    readonly secretKeyRef?: { readonly name: string; readonly key: string };
    readonly configMapKeyRef?: { readonly name: string; readonly key: string };
  };
  if (fieldRef !== undefined) return ` (${fieldRef.apiVersion ?? 'v1'}:${fieldRef.fieldPath})`;
  if (secretKeyRef !== undefined)
    return `<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name}'>  Optional: false`;
  if (configMapKeyRef === undefined) return '';
  return `<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name}'>  Optional: false`;
}

function mountLines({ volumeMounts = [] }: DescribedContainer): DescribedLines {
  if (volumeMounts.length === 0) return ['Mounts:\t<none>'];
  const sorted = volumeMounts.toSorted((a, b) => (a.mountPath < b.mountPath ? -1 : 1));
  const lines = sorted.map(({ name, mountPath, readOnly = false, subPath }) => {
    const path = subPath === undefined ? '' : `,path="${subPath}"`;
    return `${mountPath} from ${name} (${readOnly ? 'ro' : 'rw'}${path})`;
  });
  return ['Mounts:', ...indented(lines)];
}
