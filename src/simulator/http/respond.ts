// Writes answers.

import type { ServerResponse } from 'node:http';
import type { Status } from '../../kubernetes/status.ts';

/** What is written. */
export interface Answer {
  readonly code: number;
  readonly body: unknown;
  readonly media?: 'json' | 'yaml';
  readonly warnings?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Writes an answer; a body of text or bytes goes out as it is. */
export async function respond(response: ServerResponse, answer: Answer): Promise<void> {
  const { code, body, media = 'json', warnings = [], headers = {} } = answer;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  writeWarnings(response, warnings);
  const retryAfter = (body as Partial<Status> | null)?.details?.retryAfterSeconds;
  if (retryAfter !== undefined && code >= 400) response.setHeader('Retry-After', `${retryAfter}`);
  const plain = typeof body === 'string' || Buffer.isBuffer(body);
  const text = plain ? body : media === 'yaml' ? await toYaml(body) : `${JSON.stringify(body)}\n`;
  if (response.destroyed) return;
  // The rest of a body that nobody reads must not be taken for the next request.
  if (code === 413) response.setHeader('Connection', 'close');
  if (!response.hasHeader('Content-Type')) {
    response.setHeader('Content-Type', plain ? 'text/plain; charset=utf-8' : `application/${media}`);
  }
  response.writeHead(code, { 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

/** Puts texts for people into headers, as kubectl prints them. */
export function writeWarnings(response: ServerResponse, warnings: readonly string[]): void {
  if (warnings.length === 0) return;
  response.setHeader(
    'Warning',
    warnings.map((text) => `299 - ${quoted(text)}`),
  );
}

/** A header holds no control characters, and nothing beyond Latin-1. */
function quoted(text: string): string {
  const plain = Array.from(text, (character) => (character >= ' ' && character <= '~' ? character : '?')).join('');
  return `"${plain.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

async function toYaml(body: unknown): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(body, { aliasDuplicateObjects: false });
}
