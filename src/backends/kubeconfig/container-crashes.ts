// The fault `crash`: process 1 of a container is ended from inside, as often as was asked for, each time the container runs.

import { UnsupportedByBackend } from '../cluster.ts';
import { runInContainer } from './run-in-container.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Fault, FaultTarget } from '../cluster.ts';
import type { Connection } from './connection.ts';

interface ContainerStatus {
  readonly name: string;
  readonly restartCount: number;
  readonly state?: { readonly running?: unknown };
}

interface Rule {
  readonly target: FaultTarget;
  readonly container: string | undefined;
  readonly times: number;
  /** Runs that were ended, by uid, container and restart count. */
  readonly ended: Set<string>;
}

/** Crashes that are asked for in one namespace. */
export class ContainerCrashes {
  readonly #connection: Connection;
  readonly #namespace: string;
  readonly #onFailure: (error: unknown) => void;
  readonly #pods = new Map<string, KubernetesObject>();
  #rules: Rule[] = [];

  constructor(connection: Connection, namespace: string, onFailure: (error: unknown) => void) {
    this.#connection = connection;
    this.#namespace = namespace;
    this.#onFailure = onFailure;
  }

  /** A pod was seen: a container that runs again may have to crash again. */
  observe(type: string, pod: KubernetesObject): void {
    const { name } = pod.metadata;
    if (type === 'DELETED') this.#pods.delete(name);
    else this.#pods.set(name, pod);
    for (const rule of this.#rules) if (type !== 'DELETED') this.#strike(rule, pod).catch(this.#onFailure);
  }

  /** Ends what runs now, and what runs later until it was often enough. Rejects with `UnsupportedByBackend` where that cannot be done. */
  async crash({ targets, container, times }: Fault & { readonly how: 'crash' }): Promise<void> {
    for (const target of targets) {
      const rule: Rule = { target, container, times, ended: new Set() };
      this.#rules.push(rule);
      const pod = this.#pods.get(target.name);
      if (pod !== undefined) await this.#strike(rule, pod);
    }
  }

  /** Takes the crashes of whoever bears the names back. */
  release(targets: readonly FaultTarget[]): void {
    this.#rules = this.#rules.filter(({ target }) => !targets.some(({ name }) => name === target.name));
  }

  async #strike({ target, container, times, ended }: Rule, pod: KubernetesObject): Promise<void> {
    const { name, uid } = pod.metadata;
    if (name !== target.name || (target.uid !== undefined && target.uid !== uid)) return;
    const { containerStatuses = [] } = (pod['status'] ?? {}) as {
      readonly containerStatuses?: readonly ContainerStatus[];
    };
    for (const status of containerStatuses) {
      if (status.state?.running === undefined || (container !== undefined && status.name !== container)) continue;
      const prefix = `${uid}/${status.name}/`;
      const run = `${prefix}${status.restartCount}`;
      const before = [...ended].filter((one) => one.startsWith(prefix)).length;
      if (ended.has(run) || before >= times) continue;
      ended.add(run);
      await this.#end(name, status.name);
    }
  }

  async #end(pod: string, container: string): Promise<void> {
    const answer = await runInContainer(this.#connection, {
      namespace: this.#namespace,
      pod,
      container,
      command: ['sh', '-c', 'kill 1'],
    });
    const { exitCode, stderr } = answer.body as { readonly exitCode?: number; readonly stderr?: string };
    // The container takes the command with it: 137 or 143 is how that looks.
    if (answer.code === 200 && (exitCode === 0 || (exitCode ?? 0) > 128)) return;
    const why = answer.code === 200 ? `exit code ${exitCode}: ${(stderr ?? '').trim()}` : `code ${answer.code}`;
    throw new UnsupportedByBackend(
      `pod/${pod} cannot be made to crash: \`kill 1\` in container ${container} came to ${why}`,
    );
  }
}
