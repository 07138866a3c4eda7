// The kubeconfig with which clients find a served simulator. JSON is YAML, and every client reads it.

/** How a server is reached. */
export interface Access {
  readonly url: string;
  /** Over https: the certificate of its authority, in PEM, and the token that it demands. */
  readonly secured?: { readonly authority: string; readonly token: string };
}

/** The text of a kubeconfig for a server. */
export function kubeconfigFor({ url, secured }: Access): string {
  const name = 'setpiece';
  // Without TLS there is nothing to verify; the JavaScript client wants that to be said before it talks plain http.
  const trust =
    secured === undefined
      ? { 'insecure-skip-tls-verify': true }
      : { 'certificate-authority-data': Buffer.from(secured.authority).toString('base64') };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: url, ...trust } }],
    users: [{ name, user: secured === undefined ? {} : { token: secured.token } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
    'current-context': name,
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
