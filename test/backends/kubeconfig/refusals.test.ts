// What goes wrong before the first scenario: one clear line each, within seconds, against real files and sockets.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, describe, expect, test } from 'vitest';
import { BackendError } from '../../../src/backends/cluster.ts';
import { createKubeconfigBackend } from '../../../src/backends/kubeconfig/create-backend.ts';
import { readKubeconfig } from '../../../src/backends/kubeconfig/read-kubeconfig.ts';
import { selectBackend } from '../../../src/backends/select.ts';
import { kubeconfigFor } from '../../../src/simulator/http/kubeconfig.ts';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';

const folder = mkdtempSync(join(tmpdir(), 'setpiece-kubeconfig-'));
const servers: Server[] = [];
const sockets: Socket[] = [];

afterAll(async () => {
  rmSync(folder, { recursive: true });
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function file(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The message of the `BackendError`, which comes within seconds. */
async function refused(attempt: () => Promise<unknown>): Promise<string> {
  const beganMs = performance.now();
  const error: unknown = await attempt().then(
    () => 'accepted',
    (one: unknown) => one,
  );
  expect(error).toBeInstanceOf(BackendError);
  expect(performance.now() - beganMs).toBeLessThan(12_000);
  const { message } = error as Error;
  expect(message.split('\n')).toHaveLength(1);
  return message;
}

function select(kubeconfig: string, context = 'setpiece'): () => Promise<unknown> {
  return () => selectBackend({ kind: 'cluster', context, kubeconfig });
}

function connect(kubeconfig: string): () => Promise<unknown> {
  return () =>
    createKubeconfigBackend({ name: 'cluster', kubeconfig, context: 'setpiece', disposable: false, setup: {} });
}

const plain = kubeconfigFor({ url: 'http://127.0.0.1:1' });

describe('a kubeconfig', () => {
  test('that is missing, a folder, binary, empty, or no map is refused', async () => {
    mkdirSync(join(folder, 'folder'));

    expect(await refused(select(join(folder, 'none')))).toMatch(/none: there is no such file/);
    expect(await refused(select(join(folder, 'folder')))).toMatch(/it is a folder/);
    expect(await refused(select(file('binary', Buffer.from([0, 1, 2, 255]))))).toMatch(/not YAML|not a kubeconfig/);
    expect(await refused(select(file('empty', '')))).toMatch(/not a kubeconfig/);
    expect(await refused(select(file('text', 'hello')))).toMatch(/no contexts/);
    expect(await refused(select(file('yaml', 'a: [1')))).toMatch(/not YAML/);
    expect(await refused(select(file('cluster', 'clusters: [{}]')))).toMatch(/clusters\[0\]\.name is missing/);
  });

  test('without the context that was named lists those it has; none is ever chosen by itself', async () => {
    const path = file('plain', plain);

    expect(await refused(select(path, 'prod'))).toBe('the kubeconfig has no context "prod"; it has: setpiece');
    expect(await refused(select(path, ''))).toMatch(/--context NAME/);
  });

  test('whose context names a cluster or user that is not there is refused', async () => {
    const config = JSON.parse(plain) as Record<string, unknown>;

    expect(await refused(select(file('no-cluster', JSON.stringify({ ...config, clusters: [] }))))).toMatch(
      /names the cluster "setpiece"/,
    );
    expect(await refused(select(file('no-user', JSON.stringify({ ...config, users: [] }))))).toMatch(
      /names the user "setpiece"/,
    );
  });

  test('of several files is one; a file that is missing among them is passed over', async () => {
    const other = plain.replaceAll('"setpiece"', '"other"');
    const paths = [file('a', plain), join(folder, 'missing'), file('b', other)];

    const whole = await readKubeconfig({}, { KUBECONFIG: paths.join(':') });

    const { contexts } = JSON.parse(whole) as { readonly contexts: readonly { readonly name: string }[] };
    expect(contexts.map(({ name }) => name)).toEqual(['setpiece', 'other']);
    expect(await refused(() => readKubeconfig({}, { HOME: folder }))).toMatch(/\.kube\/config: there is no such file/);
  });
});

describe('a server', () => {
  test('where nothing listens, whose name is unknown, or that cuts connections is told apart', async () => {
    const cutting = createSocketServer((socket) => socket.resetAndDestroy());
    const port = await listen(cutting);

    expect(await refused(connect(plain))).toMatch(/127\.0\.0\.1:1 cannot be reached: nothing listens there/);
    expect(await refused(connect(kubeconfigFor({ url: 'http://nowhere.invalid:1' })))).toMatch(
      /name cannot be resolved/,
    );
    expect(await refused(connect(kubeconfigFor({ url: `http://127.0.0.1:${port}` })))).toMatch(
      /has cut the connection/,
    );
  });

  test('that takes the connection and says nothing is given up after ten seconds', { timeout: 20_000 }, async () => {
    const port = await listen(createSocketServer());
    const config = kubeconfigFor({ url: `https://127.0.0.1:${port}`, secured: { authority: 'x', token: 'x' } });
    const unverified = config.replace(/"certificate-authority-data": "[^"]*"/, '"insecure-skip-tls-verify": true');

    expect(await refused(connect(unverified))).toMatch(/does not answer \(timed out\)/);
  });

  test('with a certificate that has expired, or that nobody vouches for, is not talked to', async () => {
    const expired = await identity({ notBefore: '2020-01-01', notAfter: '2020-02-01' });
    const valid = await identity({ notBefore: '2020-01-01', notAfter: '2090-01-01' });
    const stranger = await identity({ notBefore: '2020-01-01', notAfter: '2090-01-01' });

    expect(await refused(connect(await secured(expired, expired.cert)))).toMatch(/its certificate has expired/);
    expect(await refused(connect(await secured(valid, stranger.cert)))).toMatch(
      /its certificate (?:is self-signed|comes from|was not signed)/,
    );
  });

  test('that speaks no TLS is said to', async () => {
    const port = await listen(createServer((_, response) => response.end()));
    const config = kubeconfigFor({ url: `https://127.0.0.1:${port}` });

    expect(await refused(connect(config))).toMatch(/does not speak TLS/);
  });

  test('that does not accept the credentials, or forbids, says which verb on what', async () => {
    const unauthorized = status(401, 'Unauthorized');
    const noNamespaces = ruled((right) => right.resource !== 'namespaces');

    expect(await refused(connect(await answering(unauthorized)))).toMatch(/credentials .*401 on read \/version/);
    expect(await refused(connect(await answering(noNamespaces)))).toBe(
      'the context may not create namespaces: each scenario runs in a namespace of its own',
    );
  });

  test('of an old version, or that is none of Kubernetes, is refused', async () => {
    expect(await refused(connect(await answering(versioned('v1.24.3'))))).toMatch(
      /Kubernetes 1\.24\.3; setpiece works with 1\.27/,
    );
    expect(await refused(connect(await answering((_, response) => response.end('<html>'))))).toMatch(
      /no API server of Kubernetes/,
    );
  });
});

interface Identity {
  readonly key: string;
  readonly cert: string;
}

async function identity({
  notBefore,
  notAfter,
}: {
  readonly notBefore: string;
  readonly notAfter: string;
}): Promise<Identity> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keyType: 'ec',
    notBeforeDate: new Date(notBefore),
    notAfterDate: new Date(notAfter),
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  return { key, cert };
}

async function secured({ key, cert }: Identity, authority: string): Promise<string> {
  const port = await listen(createSecureServer({ key, cert }, (_, response) => response.end('{}')));
  return kubeconfigFor({ url: `https://127.0.0.1:${port}`, secured: { authority, token: 'token' } });
}

async function answering(listener: RequestListener): Promise<string> {
  return kubeconfigFor({ url: `http://127.0.0.1:${await listen(createServer(listener))}` });
}

function versioned(gitVersion: string): RequestListener {
  return (_, response) => response.end(JSON.stringify({ gitVersion }));
}

function status(code: number, message: string): RequestListener {
  return (_, response) => {
    response.statusCode = code;
    response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code }));
  };
}

/** A server that allows what a rule allows. */
function ruled(allows: (right: { readonly verb: string; readonly resource: string }) => boolean): RequestListener {
  return (message: IncomingMessage, response: ServerResponse) => {
    if (message.url === '/version') return response.end('{"gitVersion":"v1.36.2"}');
    const chunks: Buffer[] = [];
    return message
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const { spec } = JSON.parse(Buffer.concat(chunks).toString()) as {
          readonly spec: { readonly resourceAttributes: { readonly verb: string; readonly resource: string } };
        };
        response.statusCode = 201;
        response.end(JSON.stringify({ status: { allowed: allows(spec.resourceAttributes) } }));
      });
  };
}
