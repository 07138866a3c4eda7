// Watches (API-WATCH): what there is, if asked for, then every change in the order of the store.

import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers';
import { apiVersionOf } from '../../kubernetes/kinds.ts';
import { FieldErrors } from '../api/field-errors.ts';
import { expired, invalid, refuse, unnamedError } from '../api/refusals.ts';
import { presentObject } from './present.ts';
import { respond, writeWarnings } from './respond.ts';
import { watchFilter } from './watch-selection.ts';
import { WatchStream } from './watch-stream.ts';
import type { ServerResponse } from 'node:http';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { ApiRequest, ApiServer, Result } from '../api/server.ts';
import type { Presentation } from './present.ts';
import type { WatchedChange } from './watch-selection.ts';
import type { StreamQuery } from './request-query.ts';
import type { WatchHub } from './watch-hub.ts';

/** What is watched, and how it is told. */
export interface WatchRequest {
  /** The list that this watch follows. */
  readonly list: ApiRequest;
  readonly stream: StreamQuery;
  /** Asked for each event anew, since ages grow. */
  readonly presentation: () => Presentation;
}

/** Where watches come from and go to. */
export interface WatchPlace {
  readonly api: ApiServer;
  readonly hub: WatchHub;
}

const bookmarkEveryMs = 60_000;
/** Default length of a watch; upstream draws between 30 and 60 minutes, which nobody can tell apart. */
const lengthDefaultSeconds = 2700;
const endAnnotation = { 'k8s.io/initial-events-end': 'true' };

/** Answers a watch; the stream ends with its time, with its reader, or with the server. */
export async function startWatch(response: ServerResponse, request: WatchRequest, place: WatchPlace): Promise<void> {
  const { list, stream: asked } = request;
  const start = readStart(list.query ?? {}, asked);
  if (!start.ok) return respond(response, { code: start.status.code, body: start.status });
  const { prelude, after } = start.value;
  const { resourceVersion: _version, resourceVersionMatch: _match, ...selectors } = list.query ?? {};
  const listed = place.api.handle({ ...list, query: prelude ? selectors : { ...selectors, limit: 1 } });
  if (listed.code !== 200) return respond(response, { code: listed.code, body: listed.body });
  writeWarnings(response, listed.warnings);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache, private' });
  response.flushHeaders();
  const items = prelude ? (listed.body as unknown as { readonly items: readonly KubernetesObject[] }).items : [];
  const revision = place.api.store.revision;
  const mark = prelude && asked.allowWatchBookmarks ? `${revision}` : undefined;
  follow({ response, request, place, first: { items, mark }, after: after ?? revision });
}

interface Following {
  readonly response: ServerResponse;
  readonly request: WatchRequest;
  readonly place: WatchPlace;
  /** What there was, and the version with which its end is marked. */
  readonly first: { readonly items: readonly KubernetesObject[]; readonly mark: string | undefined };
  readonly after: number;
}

function follow({ response, request, place, first, after }: Following): void {
  const { list, presentation } = request;
  const { store } = place.api;
  const { served } = presentation();
  const { labelSelector, fieldSelector } = list.query ?? {};
  const filter = watchFilter({ served, namespace: list.namespace, labelSelector, fieldSelector });
  const events = new EventLines(presentation, place.hub);
  // What was missed is told at once, before there is a stream: a reader is not slow for having been away.
  const missed: WatchedChange[] = [];
  let stream: WatchStream | undefined;
  const watching = store.watch({ kind: served.kind.key, after }, (change) => {
    const seen = filter(change);
    if (seen === undefined) return;
    if (stream === undefined) missed.push(seen);
    else stream.push(events.line(seen.type, seen.object));
  });
  if (watching.kind === 'tooOld') {
    const gone = expired(`too old resource version: ${after} (${watching.oldest})`);
    response.end(`${JSON.stringify({ type: 'ERROR', object: gone })}\n`);
    return;
  }
  stream = new WatchStream(response, events.begin(first, missed));
  const bookmark = (): string => events.bookmark(`${Math.max(after, store.revision)}`);
  keep({ response, stream, asked: request.stream, hub: place.hub, bookmark, stop: watching.stop });
  stream.flush();
}

interface Kept {
  readonly response: ServerResponse;
  readonly stream: WatchStream;
  readonly asked: StreamQuery;
  readonly hub: WatchHub;
  readonly bookmark: () => string;
  readonly stop: () => void;
}

/** Keeps a watch until its time is over or its reader is gone. */
function keep({ response, stream, asked, hub, bookmark, stop }: Kept): void {
  const forget = hub.add(stream);
  const mark = (): void => {
    stream.push(bookmark());
    stream.flush();
  };
  const bookmarks = asked.allowWatchBookmarks ? setInterval(mark, bookmarkEveryMs) : undefined;
  const seconds = asked.timeoutSeconds ?? 0;
  const timeout = setTimeout(() => stream.end(), (seconds > 0 ? seconds : lengthDefaultSeconds) * 1000);
  response.on('close', () => {
    stop();
    forget();
    clearInterval(bookmarks);
    clearTimeout(timeout);
  });
}

interface WatchStartPoint {
  /** Whether what there is comes first. */
  readonly prelude: boolean;
  /** Undefined: now. */
  readonly after: number | undefined;
}

type Query = NonNullable<ApiRequest['query']>;

/** API-WATCH-02 to -04, -07. */
function readStart({ resourceVersion = '', resourceVersionMatch }: Query, asked: StreamQuery): Result<WatchStartPoint> {
  const { sendInitialEvents } = asked;
  const errors = new FieldErrors();
  if (sendInitialEvents !== undefined && resourceVersionMatch !== 'NotOlderThan') {
    errors.forbidden('resourceVersionMatch', 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
  } else if (sendInitialEvents === undefined && resourceVersionMatch !== undefined) {
    const told = 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided';
    errors.forbidden('resourceVersionMatch', told);
  }
  if (errors.list.length > 0) return refuse(invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', errors.list));
  if (!/^\d{0,15}$/.test(resourceVersion)) {
    const why = `strconv.ParseUint: parsing ${JSON.stringify(resourceVersion)}: invalid syntax`;
    return refuse(unnamedError(`Invalid value: ${JSON.stringify(resourceVersion)}: ${why}`));
  }
  const unset = resourceVersion === '' || resourceVersion === '0';
  const prelude = sendInitialEvents ?? unset;
  // What there is, is of now: nothing before it has to be told again.
  const after = prelude || unset ? undefined : Number(resourceVersion);
  return { ok: true, value: { prelude, after } };
}

/** What the empty object of a bookmark shows besides its version, in Go: members that are never left out. */
const zeroes: ReadonlyMap<string, object> = new Map([['pod', { spec: { containers: null }, status: {} }]]);

/** Writes the lines of one watch in its shape. */
class EventLines {
  readonly #presentation: () => Presentation;
  readonly #hub: WatchHub;
  /** Whether a Table has to say its columns: the first one of the watch does. */
  #columns = true;

  constructor(presentation: () => Presentation, hub: WatchHub) {
    this.#presentation = presentation;
    this.#hub = hub;
  }

  /** The lines with which the watch begins, made as they are asked for; no live event comes before them. */
  begin(first: Following['first'], missed: readonly WatchedChange[]): Iterable<string> {
    const columns = this.#columns;
    this.#columns = first.items.length + missed.length === 0 && first.mark === undefined;
    return this.#opening(first, { missed, columns });
  }

  /** The line of a live event. */
  line(type: string, object: KubernetesObject): string {
    const columns = this.#columns;
    this.#columns = false;
    return this.#write(type, object, columns);
  }

  bookmark(resourceVersion: string): string {
    return this.line('BOOKMARK', this.#marker({ resourceVersion }));
  }

  *#opening(
    { items, mark }: Following['first'],
    { missed, columns: saysColumns }: { readonly missed: readonly WatchedChange[]; readonly columns: boolean },
  ): Generator<string> {
    let columns = saysColumns;
    const type = this.#type();
    // Items of a list do not say what they are; those of a watch do.
    const changes = [
      ...items.map((item): WatchedChange => ({ type: 'ADDED', object: { ...type, ...item } })),
      ...missed,
    ];
    for (const change of changes) {
      yield this.#write(change.type, change.object, columns);
      columns = false;
    }
    if (mark === undefined) return;
    yield this.#write('BOOKMARK', this.#marker({ resourceVersion: mark, annotations: endAnnotation }), columns);
  }

  #write(type: string, object: KubernetesObject, columns: boolean): string {
    const presentation = this.#presentation();
    const asStored = presentation.shape === 'object' && presentation.served.second === undefined;
    if (asStored) return `{"type":"${type}","object":${this.#hub.textOf(object)}}\n`;
    return `${JSON.stringify({ type, object: presentObject(object, presentation, columns) })}\n`;
  }

  #marker(metadata: object): KubernetesObject {
    const { key } = this.#presentation().served.kind;
    return { ...this.#type(), metadata, ...zeroes.get(key) } as unknown as KubernetesObject;
  }

  #type(): { readonly kind: string; readonly apiVersion: string } {
    const { kind } = this.#presentation().served;
    return { kind: kind.kind, apiVersion: apiVersionOf(kind) };
  }
}
