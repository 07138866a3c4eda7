// The body of a request: how large it may be, and in which format it may come (API-ERR-11).

import { badRequest, failure, refuse, unsupportedMediaType } from '../api/refusals.ts';
import type { IncomingMessage } from 'node:http';
import type { Json } from '../../kubernetes/object.ts';
import type { Status } from '../../kubernetes/status.ts';
import type { ApiRequest, Result } from '../api/server.ts';

/** As upstream: three mebibytes. */
const bytesMax = 3 * 1024 * 1024;
/** No object of the API nests as deep; a document made to exhaust a stack does. */
const depthMax = 1000;

type PatchType = NonNullable<ApiRequest['patchType']>;

const patchTypes: ReadonlyMap<string, PatchType> = new Map<string, PatchType>([
  ['application/json-patch+json', 'json'],
  ['application/merge-patch+json', 'merge'],
  ['application/strategic-merge-patch+json', 'strategic'],
  ['application/apply-patch+yaml', 'apply'],
]);

/** The kind of patch that a media type stands for. */
export function patchTypeOf(message: IncomingMessage): PatchType | undefined {
  return patchTypes.get(mediaTypeOf(message));
}

/** Collects the body; refused with 413 when it is too large, and what still comes of it is thrown away. */
export function collectBody(message: IncomingMessage): Promise<Result<Buffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bytesMax) chunks.push(chunk);
      else resolve(refuse(tooLarge));
    });
    message.on('end', () => resolve({ ok: true, value: Buffer.concat(chunks) }));
    message.on('error', reject);
  });
}

const tooLarge = failure(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${bytesMax}`);

/**
 * What the API server is given: the text itself where it is JSON, since it has words of its own for what is wrong with it;
 * else what the YAML says. A body without a type is taken as JSON.
 */
export async function readBody(body: Buffer, message: IncomingMessage): Promise<Result<Json>> {
  const type = mediaTypeOf(message);
  if (type === protobuf) return readMessage(body);
  const text = body.toString('utf8');
  const yaml =
    type === 'application/yaml' || (type === 'application/apply-patch+yaml' && !text.trimStart().startsWith('{'));
  const json = type === '' || type === 'application/json' || patchTypes.has(type);
  if (yaml) return readYaml(text);
  if (!json) return refuse(unknownFormat);
  return nestsTooDeep(text) ? refuse(badRequest('exceeded max depth')) : { ok: true, value: text };
}

const protobuf = 'application/vnd.kubernetes.protobuf';

const unknownFormat = withoutDetails(
  `the body of the request was in an unknown format - accepted media types include: ${[
    'application/json',
    'application/yaml',
    protobuf,
  ].join(', ')}`,
);

function withoutDetails(message: string): Status {
  const { details: _details, ...status } = unsupportedMediaType(message);
  return status;
}

/** Upstream reads every kind from protobuf; we read those that kubectl writes in it. */
async function readMessage(body: Buffer): Promise<Result<Json>> {
  const { readProtobuf } = await import('./protobuf.ts');
  const read = readProtobuf(body);
  return read.ok ? read : refuse(withoutDetails(`the body of the request cannot be read: ${read.message}`));
}

async function readYaml(text: string): Promise<Result<Json>> {
  const { parse } = await import('yaml');
  try {
    return { ok: true, value: parse(text, { merge: true, maxAliasCount: 100 }) as Json };
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('\n', 1);
    return refuse(badRequest(`error converting YAML to JSON: yaml: ${reason}`));
  }
}

function mediaTypeOf({ headers }: IncomingMessage): string {
  return (headers['content-type'] ?? '').split(';', 1).join('').trim().toLowerCase();
}

function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > depthMax) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}
