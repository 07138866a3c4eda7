import { X509Certificate } from 'node:crypto';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeIdentities } from '../../../src/simulator/http/certificate.ts';
import { kubeconfigFor } from '../../../src/simulator/http/kubeconfig.ts';
import { isLoopback, namesAt, urlAt } from '../../../src/simulator/http/listen-address.ts';
import { readAccess } from '../../../src/simulator/http/read-kubeconfig.ts';
import { serveForTest } from './client.ts';
import type { RequestOptions } from 'node:https';
import type { Identity } from '../../../src/simulator/http/certificate.ts';
import type { Client } from './client.ts';

const path = '/api/v1/namespaces';
/** An address of this machine that others reach, where it has one. */
const outside = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

let client: Client;

beforeAll(async () => {
  client = await serveForTest({ secured: true, host: '0.0.0.0' });
});
afterAll(() => client.served.close());

function ask(options: RequestOptions = {}): Promise<{ readonly code: number; readonly body: string }> {
  const { url, secured } = client.served.access;
  const ca = secured?.authority ?? '';
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { ca, agent: false, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => void (body += part));
      response.on('end', () => resolve({ code: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

function withIdentity({ certificate, key }: Identity): RequestOptions {
  return { cert: certificate, key };
}

describe('over https', () => {
  test('who knows the token is answered', async () => {
    const headers = { Authorization: `Bearer ${client.served.access.secured?.token}` };

    expect((await ask({ headers })).code).toBe(200);
  });

  test('who holds the certificate is answered', async () => {
    expect((await ask(withIdentity(client.served.access.secured!.client!))).code).toBe(200);
  });

  test('who has neither is refused in the words of the real server', async () => {
    expect(await ask()).toEqual({
      code: 401,
      body:
        '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized",' +
        '"reason":"Unauthorized","code":401}\n',
    });
  });

  test('a wrong token is not made good by a certificate', async () => {
    const own = withIdentity(client.served.access.secured!.client!);

    expect((await ask({ ...own, headers: { Authorization: 'Bearer wrong' } })).code).toBe(401);
  });

  test('a certificate of another authority is worth nothing', async () => {
    const { client: strange } = await makeIdentities({ names: [], addresses: [], nowMs: Date.now() });

    expect((await ask(withIdentity(strange))).code).toBe(401);
  });

  test('the control endpoint is behind the same door', async () => {
    expect((await ask({ path: '/setpiece/v1/time' })).code).toBe(401);
  });

  test.skipIf(outside === undefined)(
    'the certificate covers the addresses at which others reach the server',
    async () => {
      const headers = { Authorization: `Bearer ${client.served.access.secured?.token}` };

      expect((await ask({ host: outside, headers })).code).toBe(200);
    },
  );
});

test('certificates are those of an authority, a server and a client', async () => {
  const nowMs = Date.UTC(2026, 0, 1);
  const made = await makeIdentities({ names: ['localhost', 'here'], addresses: ['10.1.2.3', '::1'], nowMs });
  const [authority, server, user] = [made.authority, made.server.certificate, made.client.certificate].map(
    (pem) => new X509Certificate(pem),
  ) as [X509Certificate, X509Certificate, X509Certificate];

  expect([authority.ca, server.ca, user.ca]).toEqual([true, false, false]);
  expect([server, user].map((each) => each.verify(authority.publicKey))).toEqual([true, true]);
  expect(server.checkHost('here')).toBe('here');
  expect(server.checkIP('10.1.2.3')).toBe('10.1.2.3');
  expect(server.checkIP('10.1.2.4')).toBeUndefined();
  expect(user.subject).toBe('O=system:masters\nCN=kubernetes-admin');
  // Server and client authentication.
  expect([server.keyUsage, user.keyUsage]).toEqual([['1.3.6.1.5.5.7.3.1'], ['1.3.6.1.5.5.7.3.2']]);
  expect(server.validTo).toBe('Jan  1 00:00:00 2027 GMT');
});

test.each(['token', 'certificate'] as const)('a kubeconfig with a %s is read back', (credential) => {
  const { access } = client.served;
  const { token, client: own } = access.secured!;
  const held = credential === 'token' ? { token } : { client: own };

  expect(readAccess(kubeconfigFor(access, credential))).toEqual({
    url: access.url,
    secured: { authority: access.secured!.authority, ...held },
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.0.1', false],
  ['127.example.com', false],
])('%s is of loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test('addresses are written as URLs take them', () => {
  expect(urlAt('https', { host: '::', port: 1 })).toBe('https://[::1]:1');
  expect(urlAt('https', { host: '0.0.0.0', port: 1 })).toBe('https://127.0.0.1:1');
  expect(urlAt('http', { host: 'localhost', port: 1 })).toBe('http://localhost:1');
  expect(namesAt('db.example').names).toEqual(['localhost', 'db.example']);
  expect(namesAt('::').addresses.every((address) => isIP(address) > 0)).toBe(true);
});

test('a server that others reach is not served without a door', async () => {
  await expect(serveForTest({ host: '0.0.0.0' })).rejects.toThrow('must be secured');
});
