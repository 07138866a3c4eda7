// One scenario on a real cluster: a namespace of its own, its watches, and a clock that is real.

import { UnsupportedByBackend } from '../cluster.ts';
import { restRequest } from '../rest-request.ts';
import { kindKey } from '../../kubernetes/kind.ts';
import { kindOfKey } from '../../kubernetes/kinds.ts';
import { isStatus } from '../../kubernetes/status.ts';
import { gated } from './readiness-gate.ts';
import { httpRequest } from './rest-path.ts';
import { runInContainer } from './run-in-container.ts';
import type { Answer, Cluster, ClusterListener, ClusterRequest, Fault, UntilEnd } from '../cluster.ts';
import type { ApiClusterRequest } from '../rest-request.ts';
import type { KindKey } from '../../kubernetes/kind.ts';
import type { ClusterParts } from './open-cluster.ts';
import type { PendingEvent } from './event-order.ts';

/** Records that come while a window is being closed stand just before its end, milliseconds. */
const justBeforeMs = 0.01;
const reads: ReadonlySet<ClusterRequest['verb']> = new Set(['get', 'list']);

/** A cluster that is open. */
export class KubeconfigCluster implements Cluster {
  readonly namespace: string;
  readonly #parts: ClusterParts;
  readonly #listener: ClusterListener;
  /** The latest time that anybody was told. */
  #shownMs = 0;
  #audit: Promise<void> = Promise.resolve();
  #disposed: Promise<void> | undefined;

  constructor(parts: ClusterParts, listener: ClusterListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.namespace = parts.namespace;
  }

  get nowMs(): number {
    this.#shownMs = Math.max(this.#shownMs, this.#parts.now());
    return this.#shownMs;
  }

  get timestamp(): string {
    return `${new Date(this.#parts.connection.serverTimeMs).toISOString().slice(0, 19)}Z`;
  }

  async request(request: ClusterRequest): Promise<Answer> {
    await this.#settle();
    if (request.verb === 'exec') return this.#exec(request);
    if (request.verb === 'resolve') {
      const reason = this.#parts.missing.get('dns');
      if (reason !== undefined) throw new UnsupportedByBackend(reason);
      return this.#parts.resolver.resolve(request, this.namespace);
    }
    return this.#send(request);
  }

  async inject(fault: Fault): Promise<void> {
    await this.#settle();
    refuseWrongTargets(fault);
    const { gates, crashes, nodes } = this.#parts;
    const pods = fault.targets.filter(({ kind }) => kind === 'pod');
    const machines = fault.targets.filter(({ kind }) => kind === 'node');
    if (fault.how === 'notReady') {
      refuseContainer(fault);
      if (gates === undefined) throw new UnsupportedByBackend(this.#gateReason(pods.map(({ name }) => `pod/${name}`)));
      await gates.hold(pods);
    } else if (fault.how === 'crash') {
      await crashes.crash(fault);
    } else if (fault.how === 'recover') {
      await gates?.release(pods);
      crashes.release(pods);
      await nodes.release(machines);
    } else {
      await nodes.strike(fault.how, machines);
    }
  }

  async until(done: (() => boolean) | undefined, limitMs: number | (() => number)): Promise<UntilEnd> {
    const { watches, now, signal } = this.#parts;
    const limitNow = typeof limitMs === 'number' ? (): number => limitMs : limitMs;
    if (done?.() === true) return 'done';
    for (;;) {
      await watches.readSockets();
      watches.check();
      if (this.#tellAll(done)) return this.#closedByEvent();
      const limit = limitNow();
      const leftMs = limit - now();
      if (leftMs <= 0) {
        if (await this.#close(limit, done)) return 'done';
        if (limitNow() <= limit) return 'limit';
        continue;
      }
      watches.prove();
      await watches.change(Math.min(leftMs, watches.dueMs ?? Infinity));
      if (signal?.aborted === true && (done?.() ?? true)) return 'done';
    }
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    await this.#audit.catch(() => undefined);
    await this.#parts.cleanUp();
    this.#parts.watches.checkAtEnd();
  }

  /** After a window that an event has closed, shows that no watch had an older one still to tell. */
  #closedByEvent(): UntilEnd {
    const { watches } = this.#parts;
    watches.closed();
    this.#audit = watches.pass(watches.order.told);
    // Awaited before anything else is asked; a failure must not be nobody's until then.
    this.#audit.catch(() => undefined);
    return 'done';
  }

  async #settle(): Promise<void> {
    await this.#audit;
    this.#parts.watches.check();
  }

  /** A window closes with the time: everything that happened up to now is told first. Whether `done` came of it. */
  async #close(limitMs: number, done: (() => boolean) | undefined): Promise<boolean> {
    const { watches } = this.#parts;
    const version = await watches.version();
    await watches.pass(version);
    return this.#tellAll(done, { version, latestMs: limitMs - justBeforeMs });
  }

  /** Tells what may be told; true when `done` holds after an event, behind which nothing is told. */
  #tellAll(
    done?: () => boolean,
    { version, latestMs = Infinity }: { readonly version?: string; readonly latestMs?: number } = {},
  ): boolean {
    const { watches } = this.#parts;
    for (const gap of watches.lost.splice(0))
      this.#listener({ kind: 'gap', at: this.#atOf(this.#parts.now(), latestMs), gap });
    for (let event = watches.take(version); event !== undefined; event = watches.take(version)) {
      this.#tell(event, latestMs);
      if (done?.() === true) return true;
    }
    return false;
  }

  #tell({ type, object, arrivedMs, gap }: PendingEvent, latestMs: number): void {
    const at = this.#atOf(arrivedMs, latestMs);
    if (gap !== undefined) this.#listener({ kind: 'gap', at, gap });
    this.#listener({ kind: 'observation', at, type, object });
  }

  /** When an event came, as the trace says it: no clock of ours runs backwards. */
  #atOf(arrivedMs: number, latestMs: number): number {
    const at = Math.max(this.#shownMs, Math.min(arrivedMs, latestMs));
    this.#shownMs = at;
    return at;
  }

  async #exec({ target, container, command }: ClusterRequest & { readonly verb: 'exec' }): Promise<Answer> {
    const reason = this.#parts.missing.get('exec');
    if (reason !== undefined) throw new UnsupportedByBackend(reason);
    const chosen = container === undefined ? {} : { container };
    return runInContainer(this.#parts.connection, { namespace: this.namespace, pod: target.name, command, ...chosen });
  }

  async #send(request: ApiClusterRequest): Promise<Answer> {
    const { connection, shared, discovery, gates } = this.#parts;
    await this.#learn(request);
    const sentMs = this.#shownMs;
    const asked =
      gates === undefined || !('object' in request) ? request : { ...request, object: gated(request.object) };
    const context = { namespace: this.namespace, kindOf: (key: KindKey) => discovery.custom(key) };
    const rest = restRequest(asked, context);
    await shared.guard(rest);
    const answer = await connection.request(httpRequest(rest));
    shared.note(rest, answer);
    await this.#seeEffect(request, answer, sentMs);
    return answer;
  }

  /** What the request has done, and what was done before it, is seen before the answer (W-1). */
  async #seeEffect({ verb }: ClusterRequest, { code, body }: Answer, sentMs: number): Promise<void> {
    if (code >= 400) return;
    const { watches } = this.#parts;
    const version = isStatus(body) ? undefined : versionOf(body);
    // A list is not older than what was asked for; the answer of a deletion may say nothing of when.
    const until = version ?? (reads.has(verb) ? undefined : await watches.version());
    if (until === undefined) return;
    await watches.pass(until);
    this.#tellAll(undefined, { version: until, latestMs: sentMs });
  }

  /** Finds out about a kind that is not watched yet, and watches it from now on. */
  async #learn(request: ApiClusterRequest): Promise<void> {
    const { discovery, watches } = this.#parts;
    const key = keyOf(request);
    if (watches.has(key)) return;
    const version = 'object' in request && kindOfKey(key) === undefined ? versionPart(request.object) : undefined;
    const kind = await discovery.find(key, version);
    if (kind === undefined) return;
    const scope = kind.namespaced ? { kind, namespace: this.namespace } : { kind };
    await watches.add(scope, { late: true });
  }

  #gateReason(pods: readonly string[]): string {
    const reason =
      this.#parts.missing.get('readiness-control') ??
      'the scenario does not list readiness-control under needs.capabilities';
    return `${pods.join(', ')} cannot be made not ready: ${reason}`;
  }
}

function refuseWrongTargets({ how, targets }: Fault): void {
  const fits: readonly string[] =
    how === 'recover' ? ['pod', 'node'] : how === 'notReady' || how === 'crash' ? ['pod'] : ['node'];
  const wrong = targets.find(({ kind }) => !fits.includes(kind));
  if (wrong === undefined) return;
  throw new UnsupportedByBackend(
    `${wrong.kind}/${wrong.name} cannot be struck by \`${how}\`: it is for ${fits.join(' and ')}s`,
  );
}

/** A readiness gate is of the whole pod; what a probe of one container finds is nobody's to set. */
function refuseContainer({ container, targets }: Exclude<Fault, { readonly how: 'recover' }>): void {
  if (container === undefined) return;
  const names = targets.map(({ name }) => `pod/${name}`).join(', ');
  throw new UnsupportedByBackend(
    `container ${container} of ${names} cannot be made not ready by itself: on clusters readiness is held back for a whole pod, by a readiness gate`,
  );
}

function keyOf(request: ApiClusterRequest): KindKey {
  if (request.verb === 'list') return request.kind;
  return 'target' in request ? request.target.kind : kindKey(request.object);
}

function versionPart({ apiVersion }: { readonly apiVersion: string }): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

function versionOf(body: Answer['body']): string | undefined {
  return (body as { readonly metadata?: { readonly resourceVersion?: string } } | null)?.metadata?.resourceVersion;
}
