// Nodes that fall silent (NODE-FAIL-01): leases are not renewed while nothing happens, so the moment at which the node
// controller would miss one is set as a deadline when a node is cut off.

import { healthyConditions, nodeKind } from './node.ts';
import type { Timer } from '../clock.ts';
import type { Plant } from '../controllers/controller.ts';
import type { Host, NodeState } from '../kubelet/host.ts';
import type { Random } from '../random.ts';
import type { Node, NodeCondition } from './node.ts';

const second = 1_000_000;
const leaseRenewal = 10 * second;
const monitorGrace = 50 * second;
const monitorPeriod = 5 * second;

/** Cuts nodes off and brings them back. */
export class NodeMonitor {
  readonly #plant: Plant;
  readonly #hosts: ReadonlyMap<string, Host>;
  readonly #random: Random;
  readonly #deadlines = new Map<string, Timer>();

  constructor(plant: Plant, hosts: ReadonlyMap<string, Host>) {
    this.#plant = plant;
    this.#hosts = hosts;
    this.#random = plant.random.stream('node-monitor');
  }

  /** Whether the simulation has a node of this name. */
  knows(name: string): boolean {
    return this.#hosts.has(name);
  }

  /** The node's kubelet is not heard any more; `off` also freezes what runs on it. */
  silence(name: string, state: Exclude<NodeState, 'alive'>): void {
    const host = this.#hosts.get(name);
    if (host === undefined) return;
    const heard = host.state === 'alive';
    host.become(state);
    if (!heard) return;
    const { clock } = this.#plant;
    // The last renewal was up to ten seconds ago; the controller looks every five.
    const missed = clock.now - this.#random.integer(0, leaseRenewal) + monitorGrace;
    const seen = Math.ceil(missed / monitorPeriod) * monitorPeriod;
    const timer = clock.after(seen - clock.now, 'deadline', `node-controller: ${name} is silent`, () => {
      this.#deadlines.delete(name);
      this.#markUnknown(name);
    });
    this.#deadlines.set(name, timer);
  }

  /** The node's kubelet is heard again, and posts its status at once. */
  recover(name: string): void {
    const host = this.#hosts.get(name);
    if (host === undefined || host.state === 'alive') return;
    const deadline = this.#deadlines.get(name);
    if (deadline !== undefined) this.#plant.clock.cancel(deadline);
    this.#deadlines.delete(name);
    host.become('alive');
    this.#write(name, (conditions) => {
      const healthy = healthyConditions(this.#plant.clock.timestamp);
      return conditions.some(({ status }) => status === 'Unknown') ? healthy : conditions;
    });
  }

  #markUnknown(name: string): void {
    const { events, clock, api } = this.#plant;
    const unknown = {
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    } as const;
    this.#write(name, (conditions) =>
      conditions.map((condition) => Object.assign({}, condition, unknown, { lastTransitionTime: clock.timestamp })),
    );
    const about = api.store.get(nodeKind, name);
    if (about === undefined) return;
    const message = `Node ${name} status is now: NodeNotReady`;
    events.record({ component: 'node-controller', about, type: 'Normal', reason: 'NodeNotReady', message });
  }

  #write(name: string, renew: (conditions: readonly NodeCondition[]) => readonly NodeCondition[]): void {
    this.#plant.api.update(
      nodeKind,
      name,
      (stored) => {
        const { status } = stored as Node;
        return { ...stored, status: { ...status, conditions: renew(status.conditions ?? []) } };
      },
      { subresource: 'status' },
    );
  }
}
