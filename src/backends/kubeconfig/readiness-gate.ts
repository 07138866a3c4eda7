// Readiness that we control on any image: pod templates get a readiness gate, whose condition is set through the status
// subresource as soon as a pod is there, and withdrawn by the fault `notReady` (POD-READY).

import { UnsupportedByBackend } from '../cluster.ts';
import { refusalError } from './refusal-error.ts';
import { restPath } from './rest-path.ts';
import type { KubernetesObject, Manifest } from '../../kubernetes/object.ts';
import type { FaultTarget } from '../cluster.ts';
import type { Connection } from './connection.ts';

const conditionType = 'setpiece.dev/ready';

interface PodSpec {
  readonly readinessGates?: readonly { readonly conditionType: string }[];
}

/** Puts the gate into a pod, or into the template of what makes pods; other objects stay as they are. */
export function gated<T extends Manifest>(object: T): T {
  if (object.apiVersion === 'v1' && object.kind === 'Pod') return inside(object, ['spec']);
  if (object.kind === 'CronJob') return inside(object, ['spec', 'jobTemplate', 'spec', 'template', 'spec']);
  const makesPods =
    object.apiVersion.startsWith('apps/') || object.kind === 'Job' || object.kind === 'ReplicationController';
  return makesPods ? inside(object, ['spec', 'template', 'spec']) : object;
}

function inside<T>(value: T, path: readonly string[]): T {
  if (typeof value !== 'object' || value === null) return value;
  const [name, ...rest] = path;
  if (name === undefined) {
    const { readinessGates = [] } = value as PodSpec;
    if (readinessGates.some((gate) => gate.conditionType === conditionType)) return value;
    return { ...value, readinessGates: [...readinessGates, { conditionType }] };
  }
  const member = (value as Readonly<Record<string, unknown>>)[name];
  return member === undefined ? value : { ...value, [name]: inside(member, rest) };
}

/** Keeps the conditions of the pods of one namespace. */
export class ReadinessGates {
  readonly #connection: Connection;
  readonly #namespace: string;
  readonly #onFailure: (error: unknown) => void;
  readonly #heldUids = new Set<string>();
  readonly #heldNames = new Set<string>();
  readonly #pods = new Map<string, KubernetesObject>();
  /** What was asked for last, by uid. */
  readonly #wanted = new Map<string, string>();

  constructor(connection: Connection, namespace: string, onFailure: (error: unknown) => void) {
    this.#connection = connection;
    this.#namespace = namespace;
    this.#onFailure = onFailure;
  }

  /** A pod was seen: a new one gets its condition. */
  observe(type: string, pod: KubernetesObject): void {
    const { uid, name, deletionTimestamp } = pod.metadata;
    if (type === 'DELETED') {
      this.#wanted.delete(uid);
      if (this.#pods.get(name)?.metadata.uid === uid) this.#pods.delete(name);
      return;
    }
    this.#pods.set(name, pod);
    if (deletionTimestamp === undefined) this.#set(pod).catch(this.#onFailure);
  }

  /** Withdraws readiness. Rejects with `UnsupportedByBackend` for pods that have no gate. */
  async hold(targets: readonly FaultTarget[]): Promise<void> {
    for (const { name } of targets) {
      const pod = this.#pods.get(name);
      if (pod !== undefined && !hasGate(pod)) {
        throw new UnsupportedByBackend(
          `pod/${name} has no readiness gate ${conditionType}: it was not made by a manifest of a scenario that needs readiness-control`,
        );
      }
    }
    for (const { name, uid } of targets) {
      if (uid === undefined) this.#heldNames.add(name);
      else this.#heldUids.add(uid);
    }
    await this.#setAll(targets);
  }

  /** Gives readiness back to whoever bears the names. */
  async release(targets: readonly FaultTarget[]): Promise<void> {
    for (const { name } of targets) {
      this.#heldNames.delete(name);
      const uid = this.#pods.get(name)?.metadata.uid;
      if (uid !== undefined) this.#heldUids.delete(uid);
    }
    await this.#setAll(targets);
  }

  async #setAll(targets: readonly FaultTarget[]): Promise<void> {
    for (const { name } of targets) {
      const pod = this.#pods.get(name);
      if (pod !== undefined) await this.#set(pod);
    }
  }

  async #set(pod: KubernetesObject): Promise<void> {
    const { uid, name } = pod.metadata;
    if (!hasGate(pod)) return;
    const status = this.#heldUids.has(uid) || this.#heldNames.has(name) ? 'False' : 'True';
    if ((this.#wanted.get(uid) ?? statusOf(pod)) === status) return;
    this.#wanted.set(uid, status);
    const condition = { type: conditionType, status, lastTransitionTime: this.#timestamp, reason: 'SetByScenario' };
    const answer = await this.#connection.request({
      method: 'PATCH',
      path: restPath(
        { group: '', version: 'v1', resource: 'pods', namespace: this.#namespace, name, subresource: 'status' },
        { fieldManager: 'setpiece' },
      ),
      contentType: 'application/strategic-merge-patch+json',
      body: { metadata: { uid }, status: { conditions: [condition] } },
    });
    // The pod is gone, or another bears its name by now.
    if (answer.code !== 200 && answer.code !== 404 && answer.code !== 409)
      throw refusalError(answer, `patch pods/status of ${name}`);
  }

  get #timestamp(): string {
    return `${new Date(this.#connection.serverTimeMs).toISOString().slice(0, 19)}Z`;
  }
}

function hasGate({ spec }: KubernetesObject): boolean {
  return ((spec as PodSpec | undefined)?.readinessGates ?? []).some((gate) => gate.conditionType === conditionType);
}

function statusOf({ status }: KubernetesObject): string | undefined {
  const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly { type: string; status: string }[] };
  return conditions.find(({ type }) => type === conditionType)?.status;
}
