// Registers the nodes of a simulation, ready from the start, each with its lease. Heartbeats are left out: nothing is
// written while nothing changes; `node-lifecycle.ts` sets a deadline when a kubelet falls silent.

import { InvariantError } from '../invariant.ts';
import { Host } from '../kubelet/host.ts';
import { Disks } from '../kubelet/shell/disks.ts';
import { AddressPool, formatAddress, parseAddress } from './address-pool.ts';
import { composeNode, nodeKind } from './node.ts';
import type { Plant } from '../controllers/controller.ts';
import type { Result } from '../api/server.ts';
import type { PodFaults } from '../kubelet/host.ts';

/** How many nodes, and how large. */
export interface NodesOptions {
  /** At least 1. */
  readonly count: number;
  /** Capacity of each node, by resource; what is left out is as on a common kind node: 2 CPUs, 110 pods. */
  readonly capacity?: Readonly<Record<string, string>>;
}

const capacityDefault = {
  cpu: '2',
  'ephemeral-storage': '264212084Ki',
  'hugepages-1Gi': '0',
  'hugepages-2Mi': '0',
  memory: '24684092Ki',
  pods: '110',
};
const podNetwork = parseAddress('10.244.0.0');
const podNetworkEnd = parseAddress('11.0.0.0');
const nodeNetwork = parseAddress('172.18.0.0');

/** Creates the Node objects and their hosts, by node name. The namespace `kube-node-lease` must exist. */
export function startNodes(plant: Plant, faults: PodFaults, options: NodesOptions): ReadonlyMap<string, Host> {
  const capacity = { ...capacityDefault, ...options.capacity };
  const prefix = podPrefix(Number(capacity.pods));
  const hosts = new Map<string, Host>();
  const disks = new Disks();
  for (const [place, name] of nodeNames(options.count).entries()) {
    const first = podNetwork + place * 2 ** (32 - prefix);
    if (first + 2 ** (32 - prefix) > podNetworkEnd) {
      throw new InvariantError(
        `${options.count} nodes of ${capacity.pods} pods need more pod addresses than there are`,
      );
    }
    const addresses = new AddressPool({ first, prefix });
    const host = new Host({ plant, faults, name, ip: formatAddress(nodeNetwork + 2 + place), addresses, disks });
    register(plant, host, capacity);
    hosts.set(name, host);
  }
  return hosts;
}

/** Names as kind gives them: one node is the control plane, of several the workers are counted. */
export function nodeNames(count: number): readonly string[] {
  if (count === 1) return ['kind-control-plane'];
  return Array.from({ length: count }, (_, place) => (place === 0 ? 'kind-worker' : `kind-worker${place + 1}`));
}

/** The mask under which a node has twice as many addresses as pods, as kubeadm's /24 for 110 pods. */
function podPrefix(pods: number): number {
  return Math.min(24, 32 - Math.ceil(Math.log2(2 * pods + 4)));
}

function register(plant: Plant, host: Host, capacity: Readonly<Record<string, string>>): void {
  const { timestamp, microTimestamp } = plant.clock;
  const facts = { name: host.name, ip: host.ip, podCidr: host.addresses.cidr, capacity, timestamp };
  const manifest = composeNode(facts);
  const node = must(plant.api.create(manifest, { manager: 'kubelet' }));
  must(
    plant.api.update(nodeKind, host.name, (stored) => ({ ...stored, status: manifest.status }), {
      subresource: 'status',
      manager: 'kubelet',
    }),
  );
  // Admission taints a new node until it reports ready, which these have.
  must(
    plant.api.update(nodeKind, host.name, (stored) => {
      const { taints: _, ...spec } = stored['spec'] as { readonly taints?: unknown };
      return { ...stored, spec };
    }),
  );
  must(
    plant.api.create({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name: host.name,
        namespace: 'kube-node-lease',
        ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: host.name, uid: node.metadata.uid }],
      },
      spec: { holderIdentity: host.name, leaseDurationSeconds: 40, renewTime: microTimestamp },
    }),
  );
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new InvariantError(`a node cannot be registered: ${result.status.message ?? result.status.reason}`);
}
