// One watch: a list, then a stream that resumes where it was cut off. It knows which version of the cluster it has passed.

import { setTimeout as sleep } from 'node:timers/promises';
import { BackendError } from '../cluster.ts';
import { isStatus } from '../../kubernetes/status.ts';
import { compareResourceVersions } from '../../trace/resource-version.ts';
import { readLines } from './read-lines.ts';
import { refusalError } from './refusal-error.ts';
import { restPath } from './rest-path.ts';
import type { IncomingMessage } from 'node:http';
import type { Kind } from '../../kubernetes/kind.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { WatchEventType } from '../../trace/record.ts';
import type { Connection } from './connection.ts';

/** What is watched: the objects of a kind in a namespace, or all of a kind that has none. */
export interface WatchScope {
  readonly kind: Kind;
  readonly namespace?: string;
  readonly fieldSelector?: string;
}

/** Who is told. Events come in the order of their versions. */
export interface WatchListener {
  readonly onEvent: (type: WatchEventType, object: KubernetesObject, scope: WatchScope) => void;
  /** Events behind `after` were lost; what a new list shows to have changed follows as events. */
  readonly onGap: (gap: {
    readonly scope: WatchScope;
    readonly after: string;
    readonly before: string;
    readonly reason: string;
  }) => void;
  /** Something else has changed: a bookmark, the connection. */
  readonly onProgress: () => void;
  /** The watch has given up. */
  readonly onFailure: (error: BackendError) => void;
}

/** The server ends a stream after so long; it is resumed. */
const streamSeconds = 290;
const pauseFirstMs = 50;
const pauseMaxMs = 3000;
/** A watch that cannot be resumed for so long ends the scenario. */
const giveUpMs = 30_000;
/** A stream that has not told for so long what a list shows is dead, whatever its socket says. */
const deadStreamMs = 5000;
const metadataOnly = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json';

/** A watch of one kind. */
export class KindWatch {
  readonly scope: WatchScope;
  readonly #connection: Connection;
  readonly #listener: WatchListener;
  readonly #ended = new AbortController();
  readonly #known = new Map<string, KubernetesObject>();
  #stream: AbortController | undefined;
  #connected = false;
  /** All up to here has been told. */
  #passed = '0';
  #waiting: (() => void)[] = [];

  constructor(scope: WatchScope, connection: Connection, listener: WatchListener) {
    this.scope = scope;
    this.#connection = connection;
    this.#listener = listener;
  }

  /** Whether the stream is open. */
  get connected(): boolean {
    return this.#connected;
  }

  /** The version up to which all events have been told. */
  get passed(): string {
    return this.#passed;
  }

  /** What there is, as this watch knows it. */
  get known(): Iterable<KubernetesObject> {
    return this.#known.values();
  }

  /** Lists what there is, telling nobody, and begins to watch. Rejects with `BackendError` where it may not. */
  async start(): Promise<void> {
    const { items, version } = await this.#list();
    for (const object of items) this.#known.set(object.metadata.uid, object);
    this.#passed = version;
    void this.#run();
  }

  stop(): void {
    this.#ended.abort();
    this.#stream?.abort();
    this.#wake();
  }

  /**
   * Resolves when everything up to `version` has been told. A list that is not older than that shows it: the stream keeps
   * the order, so it has passed the list when it has told the newest object in it, and the end of each that is not in it.
   */
  async pass(version: string): Promise<void> {
    if (this.#hasPassed(version) || this.#ended.signal.aborted) return;
    const path = this.#path({ resourceVersion: version, resourceVersionMatch: 'NotOlderThan' });
    const answer = await this.#connection.request({ method: 'GET', path, accept: metadataOnly }).catch(() => undefined);
    // Whether the server is gone for good is found out by the stream, which gives up in time.
    if (answer === undefined) return this.#passLater(version);
    const { body, code } = answer;
    // The cache of the server is behind by more than it likes to wait for.
    if (code === 504 || code === 429 || code >= 500) return this.#passLater(version);
    if (code !== 200) throw refusalError({ body, code }, `watch ${this.scope.kind.plural}`);
    const list = body as unknown as ObjectList;
    await this.#until(() => this.#shows(list));
    if (compareResourceVersions(list.metadata.resourceVersion, this.#passed) > 0)
      this.#passed = list.metadata.resourceVersion;
  }

  async #passLater(version: string): Promise<void> {
    await this.#pause(pauseFirstMs);
    return this.pass(version);
  }

  #hasPassed(version: string): boolean {
    return compareResourceVersions(this.#passed, version) >= 0;
  }

  #shows({ items, metadata: { resourceVersion } }: ObjectList): boolean {
    const listed = new Set<string>();
    for (const { metadata } of items ?? []) {
      listed.add(metadata.uid);
      if (!this.#hasPassed(metadata.resourceVersion)) return false;
    }
    for (const { metadata } of this.#known.values()) {
      const older = compareResourceVersions(metadata.resourceVersion, resourceVersion) <= 0;
      if (older && !listed.has(metadata.uid)) return false;
    }
    return true;
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds() && !this.#ended.signal.aborted) {
      const dead = setTimeout(() => this.#stream?.abort(), deadStreamMs);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      clearTimeout(dead);
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async #run(): Promise<void> {
    let pauseMs = pauseFirstMs;
    let failingSinceMs: number | undefined;
    while (!this.#ended.signal.aborted) {
      try {
        const told = await this.#follow();
        if (told) [pauseMs, failingSinceMs] = [pauseFirstMs, undefined];
        else await this.#pause(pauseFirstMs);
      } catch (error) {
        if (this.#ended.signal.aborted) return;
        failingSinceMs ??= performance.now();
        const failure = this.#failureOf(error, performance.now() - failingSinceMs);
        if (failure !== undefined) return this.#listener.onFailure(failure);
        await this.#pause(pauseMs);
        pauseMs = Math.min(pauseMs * 2, pauseMaxMs);
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#ended.signal }).catch(() => undefined);
  }

  #failureOf(error: unknown, failingMs: number): BackendError | undefined {
    const what = `the watch of ${this.scope.kind.plural}`;
    if (error instanceof WatchRefused)
      return new BackendError(`${what} was refused: ${error.message}`, { cause: error });
    if (failingMs < giveUpMs) return undefined;
    const why = (error as Error).message;
    return new BackendError(`${what} was cut off and could not be resumed for ${giveUpMs / 1000}s: ${why}`, {
      cause: error,
    });
  }

  /** Follows one stream to its end; whether it was open. */
  async #follow(): Promise<boolean> {
    const stream = new AbortController();
    this.#stream = stream;
    const query = {
      watch: true,
      allowWatchBookmarks: true,
      timeoutSeconds: streamSeconds,
      resourceVersion: this.#passed,
    };
    try {
      const message = await this.#connection.stream(this.#path(query), stream.signal);
      if (message.statusCode !== 200) return await this.#refused(message);
      this.#connected = true;
      this.#listener.onProgress();
      for await (const line of readLines(message)) {
        if (!this.#take(line)) {
          await this.#relist('the server has forgotten it (410 Gone)');
          break;
        }
      }
      return true;
    } finally {
      this.#connected = false;
      stream.abort();
      this.#listener.onProgress();
    }
  }

  async #refused(message: IncomingMessage): Promise<boolean> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const { statusCode: code = 0 } = message;
    const text = Buffer.concat(chunks).toString('utf8');
    if (code === 410) {
      await this.#relist('the server has forgotten it (410 Gone)');
      return true;
    }
    if (code === 401 || code === 403 || code === 404 || code === 400)
      throw new WatchRefused(`${code} ${text.slice(0, 300)}`);
    throw new Error(`${code} ${text.slice(0, 300)}`);
  }

  /** Takes one line of the stream in; false when the server has forgotten where we were. */
  #take(line: string): boolean {
    const { type, object } = JSON.parse(line) as { readonly type: string; readonly object: KubernetesObject };
    if (type === 'ERROR') {
      if (isStatus(object) && object.code === 410) return false;
      throw new Error(isStatus(object) ? (object.message ?? line) : line);
    }
    const { uid, resourceVersion } = object.metadata;
    if (type !== 'BOOKMARK') {
      if (type === 'DELETED') this.#known.delete(uid);
      else this.#known.set(uid, object);
      this.#listener.onEvent(type as WatchEventType, object, this.scope);
    }
    if (!this.#hasPassed(resourceVersion)) this.#passed = resourceVersion;
    if (type === 'BOOKMARK') this.#listener.onProgress();
    this.#wake();
    return true;
  }

  /** Looks anew, and tells what has changed. What came and went in between is lost. */
  async #relist(reason: string): Promise<void> {
    const { items, version } = await this.#list();
    const after = this.#passed;
    const gone = new Map(this.#known);
    const changed: [WatchEventType, KubernetesObject][] = [];
    for (const object of items) {
      const known = gone.get(object.metadata.uid);
      gone.delete(object.metadata.uid);
      if (known?.metadata.resourceVersion === object.metadata.resourceVersion) continue;
      changed.push([known === undefined ? 'ADDED' : 'MODIFIED', object]);
    }
    for (const object of gone.values()) {
      changed.push(['DELETED', { ...object, metadata: { ...object.metadata, resourceVersion: version } }]);
    }
    this.#listener.onGap({ scope: this.scope, after, before: version, reason });
    for (const [type, object] of changed) {
      if (type === 'DELETED') this.#known.delete(object.metadata.uid);
      else this.#known.set(object.metadata.uid, object);
      this.#listener.onEvent(type, object, this.scope);
    }
    this.#passed = version;
    this.#wake();
  }

  async #list(): Promise<{ readonly items: readonly KubernetesObject[]; readonly version: string }> {
    const { kind } = this.scope;
    const { code, body } = await this.#connection.request({ method: 'GET', path: this.#path({}) });
    if (code !== 200) throw refusalError({ code, body }, `list ${kind.plural}`);
    const { items, metadata } = body as unknown as ObjectList;
    const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
    // Items of a list do not say what they are.
    return {
      items: (items ?? []).map((item): KubernetesObject => Object.assign(item, { apiVersion, kind: kind.kind })),
      version: metadata.resourceVersion,
    };
  }

  #path(query: Readonly<Record<string, string | number | boolean>>): string {
    const { kind, namespace, fieldSelector } = this.scope;
    const place = { group: kind.group, version: kind.version, resource: kind.plural };
    return restPath({ ...place, ...(namespace === undefined ? {} : { namespace }) }, { ...query, fieldSelector });
  }
}

interface ObjectList {
  readonly items: readonly KubernetesObject[] | null;
  readonly metadata: { readonly resourceVersion: string };
}

/** Asking again will not help. */
class WatchRefused extends Error {}
