// The kubeconfig with which clients find a served simulator. JSON is YAML, and every client reads it.

import type { Identity } from './certificate.ts';

/** What is needed over https: the certificate of the authority, in PEM, and a token or a certificate of one's own. */
export interface SecuredAccess {
  readonly authority: string;
  readonly token?: string;
  readonly client?: Identity;
}

/** How a server is reached. */
export interface Access {
  readonly url: string;
  /** Over https. */
  readonly secured?: SecuredAccess;
}

/** By what a client proves who it is. */
export type Credential = 'token' | 'certificate';

/** The text of a kubeconfig for a server, with the credential that is wanted. */
export function kubeconfigFor({ url, secured }: Access, credential: Credential = 'token'): string {
  const name = 'setpiece';
  // Without TLS there is nothing to verify; the JavaScript client wants that to be said before it talks plain http.
  const trust =
    secured === undefined
      ? { 'insecure-skip-tls-verify': true }
      : { 'certificate-authority-data': base64(secured.authority) };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: url, ...trust } }],
    users: [{ name, user: secured === undefined ? {} : userOf(secured, credential) }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
    'current-context': name,
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

function userOf({ token, client }: SecuredAccess, credential: Credential): object {
  if (client === undefined || (credential === 'token' && token !== undefined)) return { token };
  return { 'client-certificate-data': base64(client.certificate), 'client-key-data': base64(client.key) };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
