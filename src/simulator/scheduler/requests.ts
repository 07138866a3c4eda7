// What a pod asks of a node (SCHED-07), as plain numbers: CPU in thousandths, everything else in units.

import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { ContainerSpec, Pod, PodSpec } from '../kubelet/pod.ts';

/** Amounts by resource name. */
export type Amounts = ReadonlyMap<string, number>;

/** The requests of a pod, `pods` among them: each pod takes one of the node's places. */
export function requestsOf(pod: Pod): Amounts {
  const { spec } = pod;
  const running = new Map<string, number>();
  for (const container of spec.containers) add(running, container);
  // A sidecar runs beside everything after it, an init container only beside the sidecars before it.
  const sidecars = new Map<string, number>();
  const peak = new Map<string, number>();
  for (const container of spec.initContainers ?? []) {
    if (container.restartPolicy === 'Always') {
      add(running, container);
      add(sidecars, container);
      raise(peak, sidecars);
    } else {
      const moment = new Map(sidecars);
      add(moment, container);
      raise(peak, moment);
    }
  }
  raise(running, peak);
  addAmounts(running, spec.overhead);
  return running.set('pods', 1);
}

/** Amounts as a Node's allocatable or a container's requests write them. */
export function parseAmounts(written: Readonly<Record<string, string>> | undefined): Amounts {
  const amounts = new Map<string, number>();
  addAmounts(amounts, written);
  return amounts;
}

/** Host ports that a pod occupies, as `protocol/ip:port`; `0.0.0.0` stands for every address. */
export function hostPortsOf(spec: PodSpec): readonly string[] {
  return spec.containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, hostIP = '0.0.0.0', protocol = 'TCP' }) =>
      hostPort === undefined || hostPort === 0 ? [] : [`${protocol}/${hostIP}:${hostPort}`],
    ),
  );
}

function add(amounts: Map<string, number>, container: ContainerSpec): void {
  addAmounts(amounts, container.resources?.requests);
}

function addAmounts(amounts: Map<string, number>, written: Readonly<Record<string, string>> | undefined): void {
  for (const [resource, text] of Object.entries(written ?? {})) {
    const nanos = parseQuantity(text)?.nanos ?? 0n;
    const amount = Number(nanos) / (resource === 'cpu' ? 1e6 : 1e9);
    amounts.set(resource, (amounts.get(resource) ?? 0) + amount);
  }
}

function raise(amounts: Map<string, number>, floor: Amounts): void {
  for (const [resource, amount] of floor) amounts.set(resource, Math.max(amounts.get(resource) ?? 0, amount));
}
