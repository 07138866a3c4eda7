// Reads what a request brings: JSON, of a size that a person writes.

import { RefusedRequest } from './refused-request.ts';
import type { IncomingMessage } from 'node:http';

/** Bytes that a body may have: 1 MiB. */
export const bodyBytesMax = 1 << 20;

/** The body's members. Throws a `RefusedRequest` for anything but a JSON object of at most `bodyBytesMax`. */
export async function readJsonBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new RefusedRequest(415, 'wanted a body of type application/json');
  }
  const value = parse(await readBytes(request));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RefusedRequest(400, 'wanted a JSON object');
  }
  return value as Readonly<Record<string, unknown>>;
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > bodyBytesMax) throw new RefusedRequest(413, 'a request may have 1 MiB at most');
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof RefusedRequest) throw error;
    throw new RefusedRequest(400, 'the request was cut off');
  }
  return Buffer.concat(parts);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new RefusedRequest(400, 'the body is not JSON in UTF-8');
  }
}
