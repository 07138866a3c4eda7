// The machines under a kind cluster's nodes: containers with the nodes' names.

import { BackendError } from '../cluster.ts';
import { clusterLabel } from './labels.ts';
import type { NodeControl } from '../kubeconfig/create-backend.ts';
import type { DockerEngine } from './docker-engine.ts';

/** Control over the nodes of one cluster; containers of others cannot be reached by it. */
export class NodeContainers implements NodeControl {
  readonly #engine: DockerEngine;
  readonly #cluster: string;

  constructor(engine: DockerEngine, cluster: string) {
    this.#engine = engine;
    this.#cluster = cluster;
  }

  async stop(node: string): Promise<void> {
    await this.#turn(node, 'stop');
  }

  async start(node: string): Promise<void> {
    await this.#turn(node, 'start');
  }

  async pause(node: string): Promise<void> {
    await this.#turn(node, 'pause');
  }

  async unpause(node: string): Promise<void> {
    await this.#turn(node, 'unpause');
  }

  async #turn(node: string, how: keyof NodeControl): Promise<void> {
    const nodes = await this.#engine.containers(clusterLabel(this.#cluster));
    const found = nodes.find(({ name }) => name === node);
    if (found === undefined) {
      const names = nodes.map(({ name }) => name).join(', ');
      throw new BackendError(`the kind cluster ${this.#cluster} has no node ${node}; it has: ${names}`);
    }
    // What is so already is left so; Docker refuses to pause twice.
    if ((how === 'pause' && found.state === 'paused') || (how === 'unpause' && found.state !== 'paused')) return;
    await this.#engine.turn(found.id, how);
  }
}
