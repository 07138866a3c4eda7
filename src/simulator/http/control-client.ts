// Asks the control endpoint of a served simulator.

import { request as sendPlain } from 'node:http';
import { request as sendSecured } from 'node:https';
import { controlPrefix } from './control.ts';
import type { Access } from './kubeconfig.ts';

/** A wish, as the endpoint knows it: `POST time/pause`. */
export interface ControlWish {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

/** What was answered. */
export interface ControlAnswer {
  readonly code: number;
  readonly text: string;
}

/** Sends one wish; the text of the answer goes to `onText` as it comes, if given, else it is collected. */
export function askControl(
  { url, secured }: Access,
  wish: ControlWish,
  onText?: (text: string) => void,
): Promise<ControlAnswer> {
  const target = new URL(`${url.replace(/\/$/, '')}${controlPrefix}${wish.path}`);
  const send = target.protocol === 'https:' ? sendSecured : sendPlain;
  const { client, token } = secured ?? {};
  const trust = {
    ...(secured === undefined ? {} : { ca: secured.authority }),
    ...(client === undefined ? {} : { cert: client.certificate, key: client.key }),
  };
  const headers = {
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(wish.body === undefined ? {} : { 'Content-Type': 'application/json' }),
  };
  return new Promise((resolve, reject) => {
    const sent = send(target, { method: wish.method, headers, ...trust }, (response) => {
      const code = response.statusCode ?? 0;
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        if (onText !== undefined && code < 400) onText(part);
        else text += part;
      });
      response.on('end', () => resolve({ code, text }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(wish.body === undefined ? undefined : JSON.stringify(wish.body));
  });
}
