// A request to a resource, from its HTTP form to the core's and back.

import { isFields } from '../api/defaults/fields.ts';
import { objectKeyOf } from '../api/object-key.ts';
import { failure, methodNotAllowed, notFound } from '../api/refusals.ts';
import { isReview, reviewAccess } from './access-review.ts';
import { answerLog } from './container-log.ts';
import { negotiate } from './negotiate.ts';
import { present, rowObjectOf } from './present.ts';
import { collectBody, patchTypeOf, readBody } from './request-body.ts';
import { readQuery, readStreamQuery } from './request-query.ts';
import { respond } from './respond.ts';
import { refuseStream } from './refused-streams.ts';
import { startWatch } from './watch.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Status } from '../../kubernetes/status.ts';
import type { JsonObject, KubernetesObject } from '../../kubernetes/object.ts';
import type { SecondVersion } from './second-versions.ts';
import type { ApiRequest, ApiResponse, Result } from '../api/server.ts';
import type { Pod } from '../kubelet/pod.ts';
import type { Simulator } from '../simulator.ts';
import type { Catalogue, ServedKind } from './catalogue.ts';
import type { AnswerForm } from './negotiate.ts';
import type { Pacer } from './pacer.ts';
import type { Presentation } from './present.ts';
import type { RequestPath } from './request-path.ts';
import type { StreamQuery } from './request-query.ts';
import type { TraceLog } from './trace-log.ts';
import type { WatchHub } from './watch-hub.ts';

/** What requests are answered with. */
export interface ServerParts {
  readonly simulator: Simulator;
  readonly catalogue: Catalogue;
  readonly pacer: Pacer;
  readonly hub: WatchHub;
  readonly trace: TraceLog;
}

/** One request and where its answer goes. */
export interface Exchange {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: Extract<RequestPath, { readonly kind: 'resource' }>;
  readonly parameters: URLSearchParams;
}

type Verb = ApiRequest['verb'];

/** Answers a request to a resource. */
export async function answerResource(exchange: Exchange, parts: ServerParts): Promise<void> {
  const { message, response, path, parameters } = exchange;
  const verb = verbOf(message.method ?? '', path.name !== undefined);
  if (verb === undefined) return sendStatus(response, methodNotAllowed());
  const served = parts.catalogue.find(path);
  const form = negotiate(message.headers.accept);
  const stream = refuseStream({ path, store: parts.simulator.store, served });
  if (stream !== undefined) return sendStatus(response, stream);
  if (served?.kind.key === 'pod' && path.subresource === 'log') return answerPodLog(exchange, served, parts);
  if (served !== undefined && form === undefined) return sendStatus(response, notAcceptable);
  const shown: AnswerForm = form ?? { media: 'json', shape: 'object' };
  const streamed = readStreamQuery(parameters);
  if (!streamed.ok) return sendStatus(response, streamed.status);
  const read = await readRequest(exchange, verb, served !== undefined || isReview(path));
  if (!read.ok) return sendStatus(response, read.status);
  const target: Target = { request: storedRequest(read.value, served), served, form: shown, stream: streamed.value };
  return answer(exchange, target, parts);
}

function answerPodLog({ path, ...exchange }: Exchange, { kind }: ServedKind, parts: ServerParts): Promise<void> {
  const { simulator, pacer } = parts;
  const { name = '', namespace = '' } = path;
  pacer.arrive();
  pacer.settle(false);
  const pod = simulator.store.get(kind.key, objectKeyOf({ name, namespace })) as Pod | undefined;
  if (pod === undefined) return sendStatus(exchange.response, notFound(kind, name));
  return answerLog({ ...exchange, pod, simulator });
}

interface Target {
  readonly request: ApiRequest;
  readonly served: ServedKind | undefined;
  readonly form: AnswerForm;
  readonly stream: StreamQuery;
}

async function answer({ response, parameters }: Exchange, target: Target, parts: ServerParts): Promise<void> {
  const { request, served, form, stream } = target;
  const { simulator, pacer, hub } = parts;
  const presentation = (kind: ServedKind): Presentation => ({
    shape: form.shape,
    rowObject: rowObjectOf(parameters),
    served: kind,
    context: { now: simulator.clock.microTimestamp },
  });
  pacer.arrive();
  if (request.verb === 'list' && stream.watch && served !== undefined) {
    pacer.settle(false);
    const watch = { list: request, stream, presentation: () => presentation(served) };
    return startWatch(response, watch, { api: simulator.api, hub });
  }
  const answered = reviewAccess(request) ?? simulator.api.handle(request);
  record(request, answered, parts);
  pacer.settle(request.verb !== 'get' && request.verb !== 'list');
  const accepted = answered.code < 400 && served !== undefined && request.subresource !== 'scale';
  const body = accepted ? present(answered.body, presentation(served)) : answered.body;
  return respond(response, { code: answered.code, body, media: form.media, warnings: answered.warnings });
}

/** The request that the core is asked for a kind that is stored in another form. */
function storedRequest(request: ApiRequest, served: ServedKind | undefined): ApiRequest {
  const second = served?.second;
  if (second === undefined) return request;
  const { group, version, plural } = second.stored;
  const { fieldSelector } = request.query ?? {};
  const query = fieldSelector === undefined ? {} : { fieldSelector: second.toStoredSelector(fieldSelector) };
  const body = storedBody(request.body, second);
  return {
    ...request,
    group,
    version,
    resource: plural,
    query: { ...request.query, ...query },
    ...(body === undefined ? {} : { body }),
  };
}

/** What is no JSON object is left to the core, which has words for it. */
function storedBody(body: ApiRequest['body'], second: SecondVersion): ApiRequest['body'] {
  let value: unknown = body;
  try {
    if (typeof body === 'string') value = JSON.parse(body);
  } catch {
    return body;
  }
  const options = isFields(value) && value['kind'] === 'DeleteOptions';
  return isFields(value) && !options ? second.toStored(value as JsonObject) : body;
}

/** A body for something that is not there is not looked at: 404 goes before whatever may be wrong with it. */
async function readRequest(
  { message, path, parameters }: Exchange,
  verb: Verb,
  known: boolean,
): Promise<Result<ApiRequest>> {
  const query = readQuery(parameters, verb);
  if (!query.ok) return query;
  const { kind: _kind, ...place } = path;
  const patchType = verb === 'patch' ? patchTypeOf(message) : undefined;
  const collected = await collectBody(message);
  if (!collected.ok) return collected;
  const base: ApiRequest = {
    verb,
    ...place,
    ...(patchType === undefined ? {} : { patchType }),
    query: { ...manager(message, { verb, patchType }), ...query.value },
  };
  const wanted = known && verb !== 'get' && verb !== 'list';
  const optional = verb === 'delete' || verb === 'deletecollection';
  // A patch of a type that is none is refused by the resource itself, with words of its own.
  if (!wanted || (optional && collected.value.length === 0) || (verb === 'patch' && patchType === undefined)) {
    return { ok: true, value: base };
  }
  const body = await readBody(collected.value, message);
  return body.ok ? { ok: true, value: { ...base, body: body.value } } : body;
}

/** Who owns what is written, unless said: the client's program (API-META-12). Server-side apply has to say. */
function manager(
  { headers }: IncomingMessage,
  { verb, patchType }: { readonly verb: Verb; readonly patchType: ApiRequest['patchType'] | undefined },
): { readonly fieldManager?: string } {
  const writes = verb === 'create' || verb === 'update' || (verb === 'patch' && patchType !== 'apply');
  const program = headers['user-agent']?.split('/', 1).join('').slice(0, 128);
  return writes && program ? { fieldManager: program } : {};
}

function verbOf(method: string, named: boolean): Verb | undefined {
  switch (method) {
    case 'GET':
      return named ? 'get' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return named ? 'delete' : 'deletecollection';
    default:
      return undefined;
  }
}

/** What is written goes into the trace, with the virtual moment of its arrival: without that, a run cannot be told again. */
function record(request: ApiRequest, answered: ApiResponse, { simulator, trace }: ServerParts): void {
  const { verb, resource, group, name, namespace, subresource, body, query } = request;
  if (verb === 'get' || verb === 'list') return;
  const version = (answered.body as Partial<KubernetesObject> | null)?.metadata?.resourceVersion;
  const said = {
    verb,
    target: `${resource}${group === '' ? '' : `.${group}`}${name === undefined ? '' : `/${name}`}`,
    ...(namespace === undefined ? {} : { namespace }),
    ...(subresource === undefined ? {} : { subresource }),
    ...(body === undefined ? {} : { body }),
    ...(query === undefined ? {} : { options: query }),
  };
  const response = {
    code: answered.code,
    ...(version === undefined ? {} : { resourceVersion: version }),
    ...(answered.code >= 400 ? { body: answered.body } : {}),
    ...(answered.warnings.length === 0 ? {} : { warnings: answered.warnings }),
  };
  trace.add(simulator.clock.now, { request: said, response });
}

function sendStatus(response: ServerResponse, status: Status): Promise<void> {
  return respond(response, { code: status.code, body: status });
}

const representations = [
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
  'application/json;stream=watch',
  'application/vnd.kubernetes.protobuf;stream=watch',
].join(', ');

const notAcceptable: Status = failure(
  406,
  'NotAcceptable',
  `406: Not Acceptable\n\nAvailable representations: ${representations}`,
  {},
);
