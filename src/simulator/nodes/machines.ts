// The machines of a simulated cluster: its nodes with their kubelets, and the faults that can strike them.

import { injectFault } from '../faults/faults.ts';
import { PodFaultBook } from '../faults/pod-faults.ts';
import { execInPod, logOf, startInPod } from '../kubelet/exec.ts';
import { startKubelets } from '../kubelet/kubelets.ts';
import { NodeMonitor } from './node-monitor.ts';
import { startNodes } from './start-nodes.ts';
import type { Plant } from '../controllers/controller.ts';
import type { SimulatedFault } from '../faults/faults.ts';
import type { ExecAnswer, ExecRequest, ExecStart, LogRequest } from '../kubelet/exec.ts';
import type { LogEntry } from '../kubelet/shell/main-log.ts';
import type { NodesOptions } from './start-nodes.ts';

/** What can be done to the machines from outside the API. */
export interface Machines {
  /** Puts a fault into pods of a namespace, or into nodes; the answer is the reason why it cannot be, if any. */
  inject(fault: SimulatedFault, namespace: string): string | undefined;
  /** Runs a command in a container. */
  exec(request: ExecRequest): ExecAnswer;
  /** Starts a command in a container, and leaves it to the caller to run it. */
  startExec(request: ExecRequest): ExecStart;
  /** What the main process of a container printed. */
  log(request: LogRequest): readonly LogEntry[];
}

/** Registers the nodes, ready, and starts their kubelets. The namespace `kube-node-lease` must exist. */
export function startMachines(plant: Plant, options: NodesOptions): Machines {
  const book = new PodFaultBook();
  const hosts = startNodes(plant, book, options);
  const kubelets = startKubelets(plant, hosts);
  const monitor = new NodeMonitor(plant, hosts);
  return {
    inject: (fault, namespace) => injectFault({ plant, book, kubelets, monitor }, fault, namespace),
    exec: (request) => execInPod({ plant, kubelets }, request),
    startExec: (request) => startInPod({ plant, kubelets }, request),
    log: (request) => logOf({ plant, kubelets }, request),
  };
}
