// The token that leads to the next page of a list (API-LIST-04).

import { goJsonError } from '../go-json-error.ts';

/** Where a page begins, and the version that all pages are said to be of. */
export interface PageStart {
  readonly revision: number;
  /** The key before the page: greater ones are in it. */
  readonly after: string;
}

/** A token that was read, or the server's words about it. */
export type ReadToken =
  | { readonly ok: true; readonly value: PageStart }
  | { readonly ok: false; readonly message: string };

const apiVersion = 'meta.k8s.io/v1';
const terminator = '\u0000';

/** Writes a token; keys are relative to the list's own path, so that those of a namespace begin with its slash. */
export function writeToken({ revision, after }: PageStart): string {
  const json = JSON.stringify({ v: apiVersion, rv: revision, start: `/${after}${terminator}` });
  return toBase64Url(json);
}

/** Reads a token. */
export function readToken(token: string): ReadToken {
  const text = fromBase64Url(token);
  if (text === undefined) return wrong('illegal base64 data at input byte 0');
  const broken = goJsonError(text);
  if (broken !== undefined) return wrong(broken);
  const value: unknown = JSON.parse(text);
  const { v, rv, start } = (typeof value === 'object' && value !== null ? value : {}) as Partial<
    Record<string, unknown>
  >;
  if (v !== apiVersion)
    return wrong(`server does not recognize this encoded version "${typeof v === 'string' ? v : ''}"`);
  if (typeof rv !== 'number' || rv === 0)
    return wrong('incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
  if (typeof start !== 'string' || start === '') return wrong('encoded start key empty (version meta.k8s.io/v1)');
  const after = start.replace(/^\//, '').split(terminator, 1).join('');
  return { ok: true, value: { revision: rv, after } };
}

function wrong(why: string): ReadToken {
  return { ok: false, message: `invalid continue token: continue key is not valid: ${why}` };
}

function toBase64Url(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(token: string): string | undefined {
  if (!/^[-\w]*$/.test(token) || token.length % 4 === 1) return undefined;
  const binary = atob(token.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}
