// Node objects as kubeadm and kind make them (NODE-01), for nodes that have been up for a while.

import { composeKindKey } from '../../kubernetes/kind.ts';
import type { KubernetesObject, Manifest } from '../../kubernetes/object.ts';

/** The kind key of nodes. */
export const nodeKind = composeKindKey('', 'Node');

/** A Node as stored. */
export interface Node extends KubernetesObject {
  readonly spec: NodeSpec;
  readonly status: NodeStatus;
}

/** `spec` of a Node. */
export interface NodeSpec {
  readonly unschedulable?: boolean;
  readonly taints?: readonly Taint[];
  readonly podCIDR?: string;
  readonly [member: string]: unknown;
}

/** A taint of a Node. */
export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  readonly timeAdded?: string;
}

/** `status` of a Node. */
export interface NodeStatus {
  readonly allocatable?: Readonly<Record<string, string>>;
  readonly conditions?: readonly NodeCondition[];
  readonly [member: string]: unknown;
}

/** A condition of a Node. */
export interface NodeCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly lastHeartbeatTime: string;
  readonly lastTransitionTime: string;
  readonly reason: string;
  readonly message: string;
}

/** What makes one node differ from the others. */
export interface NodeFacts {
  readonly name: string;
  readonly ip: string;
  readonly podCidr: string;
  readonly capacity: Readonly<Record<string, string>>;
  readonly timestamp: string;
}

const labels = {
  'beta.kubernetes.io/arch': 'amd64',
  'beta.kubernetes.io/os': 'linux',
  'kubernetes.io/arch': 'amd64',
};

/** The object of a node that is ready. */
export function composeNode({ name, ip, podCidr, capacity, timestamp }: NodeFacts): Manifest & Pick<Node, 'status'> {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { ...labels, 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' },
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: { podCIDR: podCidr, podCIDRs: [podCidr], providerID: `kind://docker/kind/${name}` },
    status: {
      addresses: [
        { type: 'InternalIP', address: ip },
        { type: 'Hostname', address: name },
      ],
      allocatable: capacity,
      capacity,
      conditions: healthyConditions(timestamp),
      daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
      declaredFeatures,
      features: { supplementalGroupsPolicy: true },
      nodeInfo: {
        architecture: 'amd64',
        bootID: '',
        containerRuntimeVersion: 'containerd://2.1.9',
        kernelVersion: '6.18.0',
        kubeProxyVersion: '',
        kubeletVersion: 'v1.36.2',
        machineID: '',
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        systemUUID: '',
      },
    },
  };
}

/** What a v1.36.2 kubelet with its default gates declares, as recorded. */
const declaredFeatures = [
  'ExtendWebSocketsToKubelet',
  'InPlacePodLevelResourcesVerticalScaling',
  'InPlacePodVerticalScalingInitContainers',
  'RestartAllContainersOnContainerExits',
];

/** Whether a node's kubelet says that it is ready. */
export function isReady({ status }: Node): boolean {
  return status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') === true;
}

/** The conditions that a healthy kubelet posts. */
export function healthyConditions(timestamp: string): readonly NodeCondition[] {
  const times = { lastHeartbeatTime: timestamp, lastTransitionTime: timestamp };
  return healthyReports.map((report) => Object.assign({}, report, times));
}

const healthyReports = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
  },
  { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
] as const;
