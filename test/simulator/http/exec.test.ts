// Commands in containers and their logs, over HTTP: with kubectl, with the JavaScript client, and by hand.

import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Exec, KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { kubeconfigFor } from '../../../src/simulator/http/kubeconfig.ts';
import { serveForTest } from './client.ts';
import type { V1Status } from '@kubernetes/client-node';
import type { Client } from './client.ts';

const program = process.env['SETPIECE_KUBECTL'] ?? 'kubectl';
const missing = spawnSync(program, ['version', '--client']).status !== 0;
if (missing) console.warn('skipped: there is no kubectl to test commands in containers with');

const pods = '/api/v1/namespaces/default/pods';

interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

function podOf(name: string, containers: readonly object[], more: object = {}): object {
  return { metadata: { name }, spec: { containers, terminationGracePeriodSeconds: 1, ...more } };
}

const web = { name: 'nginx', image: 'nginx:1' };
const talker = { name: 'talker', image: 'busybox:1', command: ['sh', '-c', 'echo one; echo two; sleep 1000000'] };

let client: Client;
let folder: string;

beforeAll(async () => {
  client = await serveForTest();
  folder = mkdtempSync(join(tmpdir(), 'setpiece-exec-'));
  writeFileSync(join(folder, 'config'), kubeconfigFor(client.served.access));
  for (const pod of [
    podOf('web-0', [web]),
    podOf('talker', [talker]),
    podOf('two', [web, talker]),
    podOf('again', [{ ...talker, name: 'c', command: ['sh', '-c', 'echo run; sleep 60; exit 1'] }]),
    podOf('nowhere', [web], { nodeSelector: { absent: 'yes' } }),
    podOf('imageless', [{ name: 'c', image: 'Not/An Image' }]),
  ]) {
    await client.ask('POST', pods, pod);
  }
  await client.ask('POST', '/setpiece/v1/time/pause');
  await client.advance(100_000);
  await client.ask('POST', '/setpiece/v1/time/resume');
}, 30_000);
afterAll(async () => {
  await client.served.close();
  rmSync(folder, { recursive: true, force: true });
});

function kubectl(...words: readonly string[]): Promise<Said> {
  const env = { ...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder };
  return new Promise((resolve) => {
    execFile(program, [...words], { env, timeout: 20_000 }, (error, stdout, stderr) => {
      const told = stderr.replaceAll(/^WARNING: version difference.*\n/gm, '');
      resolve({ stdout, stderr: told, code: error === null ? 0 : Number(error.code ?? -1) });
    });
  });
}

/** What is said, whatever the version of kubectl: newer ones find some of it out by themselves, or begin otherwise. */
function refusalsIn(said: readonly Said[]): string {
  const lines = said.map(({ stderr, code }) => `${code} ${stderr}`).join('');
  return lines
    .replaceAll(/^1 (?:Error from server \(BadRequest\)|error(?:: unable to upgrade connection)?): /gm, '1 refused: ')
    .replaceAll(/ out of: .*$/gm, '');
}

/** Runs `kubectl exec -i` with an input; without one, its side stays open as at a terminal. */
function execWithInput(input: string | undefined, ...command: readonly string[]): Promise<Said> {
  const env = { ...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder };
  return new Promise((resolve) => {
    const words = ['exec', '-i', 'web-0', '--', ...command];
    const child = execFile(program, words, { env, timeout: 20_000 }, (error, stdout, stderr) => {
      resolve({ stdout, stderr, code: error === null ? 0 : Number(error.code ?? -1) });
    });
    // What is refused is not read to its end.
    child.stdin?.on('error', () => undefined);
    if (input !== undefined) child.stdin?.end(input);
  });
}

describe.skipIf(missing)('kubectl', () => {
  test('runs a command and prints what it prints', async () => {
    expect(await kubectl('exec', 'web-0', '--', 'hostname')).toEqual({ stdout: 'web-0\n', stderr: '', code: 0 });
  });

  test('ends with the code of the command', async () => {
    const said = await kubectl('exec', 'web-0', '--', 'sh', '-c', 'echo out; echo err >&2; exit 3');

    expect(said).toEqual({ stdout: 'out\n', stderr: 'err\ncommand terminated with exit code 3\n', code: 3 });
  });

  test('sleeps in virtual time', async () => {
    const { body: before } = await client.ask('GET', '/setpiece/v1/time');

    const said = await kubectl('exec', 'web-0', '--', 'sh', '-c', 'echo a; sleep 30; echo b');

    const { body: after } = await client.ask('GET', '/setpiece/v1/time');
    expect(said).toEqual({ stdout: 'a\nb\n', stderr: '', code: 0 });
    expect(after.nowMs - before.nowMs).toBeGreaterThanOrEqual(30_000);
  });

  test('leaves its files to the next command', async () => {
    await kubectl('exec', 'web-0', '--', 'touch', '/tmp/x');

    expect((await kubectl('exec', 'web-0', '--', 'test', '-f', '/tmp/x')).code).toBe(0);
    expect((await kubectl('exec', 'web-0', '--', 'test', '-f', '/tmp/y')).code).toBe(1);
  });

  test('gives a command its input', async () => {
    expect(await execWithInput('one\ntwo\n', 'grep', 'two')).toEqual({ stdout: 'two\n', stderr: '', code: 0 });
    expect((await execWithInput('x'.repeat(100_000), 'cat')).stdout).toHaveLength(100_000);
    expect((await execWithInput('', 'cat')).stdout).toBe('');
  });

  test('runs a script that is piped into a shell', async () => {
    const said = await execWithInput('cd /tmp\necho here > piped\ncat piped\nexit 4\n', 'sh');

    expect(said).toEqual({ stdout: 'here\n', stderr: 'command terminated with exit code 4\n', code: 4 });
  });

  test('does not wait for the end of an input that the command does not read', async () => {
    expect(await execWithInput(undefined, 'hostname')).toEqual({ stdout: 'web-0\n', stderr: '', code: 0 });
  });

  test('refuses an input without measure', async () => {
    const { stderr, code } = await execWithInput('x'.repeat(2_000_000), 'cat');

    expect(code).toBe(1);
    expect(stderr).toContain('standard input of a command is limited to 1 MiB here');
  });

  test('is told why there is nothing to run', async () => {
    const refusals = [
      await kubectl('exec', 'absent', '--', 'hostname'),
      await kubectl('exec', 'web-0', '-c', 'zz', '--', 'hostname'),
      await kubectl('exec', 'nowhere', '--', 'hostname'),
      await kubectl('exec', 'web-0', '--', 'frobnicate'),
    ];

    expect(refusalsIn(refusals)).toMatchInlineSnapshot(`
      "1 Error from server (NotFound): pods "absent" not found
      1 refused: container zz is not valid for pod web-0
      1 refused: pod nowhere does not have a host assigned
      127 OCI runtime exec failed: exec failed: unable to start container process: exec: "frobnicate": executable file not found in $PATH
      command terminated with exit code 127
      "
    `);
  });

  test('reads logs', async () => {
    expect(await kubectl('logs', 'talker')).toEqual({ stdout: 'one\ntwo\n', stderr: '', code: 0 });
    expect((await kubectl('logs', 'talker', '--tail=1')).stdout).toBe('two\n');
    expect((await kubectl('logs', 'talker', '--timestamps', '--tail=1')).stdout).toMatch(/^2026-\S+Z two\n$/);
    expect(await kubectl('logs', 'web-0')).toEqual({ stdout: '', stderr: '', code: 0 });
    expect((await kubectl('logs', 'again', '--previous')).stdout).toBe('run\n');
    expect((await kubectl('logs', 'two')).stderr).toBe('Defaulted container "nginx" out of: nginx, talker\n');
  });

  test('is told why there is no log', async () => {
    const refusals = [
      await kubectl('logs', 'web-0', '--previous'),
      await kubectl('logs', 'web-0', '-c', 'zz'),
      await kubectl('logs', 'imageless'),
      await kubectl('logs', 'absent'),
    ];

    expect(refusalsIn(refusals)).toMatchInlineSnapshot(`
      "1 refused: previous terminated container "nginx" in pod "web-0" not found
      1 refused: container zz is not valid for pod web-0
      1 refused: container "c" in pod "imageless" is waiting to start: InvalidImageName
      1 refused: error from server (NotFound): pods "absent" not found in namespace "default"
      "
    `);
  });

  test('follows a log until the pod is gone', async () => {
    await client.ask('POST', pods, podOf('short', [talker]));
    await expect
      .poll(async () => (await client.ask('GET', `${pods}/short`)).body.status.phase, { timeout: 5000 })
      .toBe('Running');
    const following = kubectl('logs', '-f', 'short');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await client.ask('DELETE', `${pods}/short`);

    expect(await following).toMatchObject({ stdout: 'one\ntwo\n', code: 0 });
  });
});

describe('the JavaScript client', () => {
  test('runs a command and is told its outcome', async () => {
    const config = new KubeConfig();
    config.loadFromString(kubeconfigFor(client.served.access));
    let told = '';
    const stdout = new Writable({
      write(chunk: Buffer, _encoding, done) {
        told += chunk.toString();
        done();
      },
    });

    const status = await new Promise<V1Status>((resolve, reject) => {
      const command = ['sh', '-c', 'hostname; exit 2'];
      new Exec(config).exec('default', 'web-0', 'nginx', command, stdout, null, null, false, resolve).catch(reject);
    });

    expect(told).toBe('web-0\n');
    expect(status).toMatchObject({
      status: 'Failure',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '2' }] },
    });
  });
});

interface Refused {
  readonly code: number | undefined;
  readonly message: string;
}

/** Opens a stream by hand, which must be refused. */
function refusalOf(path: string, headers: Readonly<Record<string, string>> = {}, protocol = 'v5.channel.k8s.io') {
  return new Promise<Refused>((resolve, reject) => {
    const socket = new WebSocket(`${client.served.access.url}${path}`, protocol, { headers });
    socket.on('open', () => reject(new Error('the stream was opened')));
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_request, response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        resolve({ code: response.statusCode, message: JSON.parse(text).message });
      });
    });
  });
}

describe('streams by hand', () => {
  const hostname = `${pods}/web-0/exec?command=hostname&stdout=1`;

  test('are refused to pages from elsewhere', async () => {
    expect((await refusalOf(hostname, { Origin: 'http://evil.example' })).code).toBe(403);
  });

  test.each([
    [`${pods}/web-0/exec?stdout=1`, 400, 'you must specify at least one command for the container'],
    [`${pods}/web-0/exec?command=hostname`, 400, 'you must specify at least 1 of stdin, stdout, stderr'],
    [
      `${pods}/two/exec?command=hostname&stdout=1`,
      400,
      'a container name must be specified for pod two, choose one of: [nginx talker]',
    ],
    [
      `${pods}/web-0/attach?stdout=1`,
      501,
      'attach is not simulated: there is no program in pod web-0 that it could reach',
    ],
    ['/api/v1/pods?watch=1', 400, 'unable to upgrade: only exec goes on in another protocol here'],
  ])('%s is refused', async (path, code, message) => {
    expect(await refusalOf(path)).toEqual({ code, message });
  });

  test('are refused in protocols that nobody speaks', async () => {
    expect(await refusalOf(hostname, {}, 'chat')).toMatchObject({ code: 400 });
  });

  test('need an upgrade', async () => {
    expect(await client.ask('GET', hostname)).toMatchObject({
      code: 400,
      body: { message: 'Upgrade request required' },
    });
  });

  test('a command that does not end is ended with its container', async () => {
    await client.ask('POST', pods, podOf('doomed', [web]));
    await expect
      .poll(async () => (await client.ask('GET', `${pods}/doomed`)).body.status.phase, { timeout: 5000 })
      .toBe('Running');
    const command = 'command=sh&command=-c&command=tail%20-f%20/dev/null';
    const path = `${pods}/doomed/exec?${command}&stdout=1&stderr=1`;
    const socket = new WebSocket(`${client.served.access.url.replace('http', 'ws')}${path}`, 'v5.channel.k8s.io');
    const outcome = new Promise<string>((resolve) => {
      socket.on('message', (data: Buffer) => {
        if (data[0] === 3) resolve(data.subarray(1).toString());
      });
    });
    await new Promise((resolve) => socket.once('open', resolve));
    await client.ask('DELETE', `${pods}/doomed`);

    expect(await outcome).toContain('"ExitCode","message":"137"');
  });

  test('a wish for HTTP/2 is passed over', async () => {
    const { port } = new URL(client.served.access.url);
    const headers = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': '' };
    const code = await new Promise((resolve, reject) => {
      send({ port, host: '127.0.0.1', path: `${pods}/web-0`, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });

    expect(code).toBe(200);
  });
});

test('a command sleeps at the pace of the server, which goes on answering', async () => {
  const paced = await serveForTest({ speed: 20 });
  await paced.ask('POST', pods, podOf('web-0', [web]));
  await paced.advance(10_000);
  const path = `${pods}/web-0/exec?command=sleep&command=10&stdout=1`;
  const begun = performance.now();
  const socket = new WebSocket(`${paced.served.access.url.replace('http', 'ws')}${path}`, 'v4.channel.k8s.io');
  const outcome = new Promise<string>((resolve) => {
    socket.on('message', (data: Buffer) => resolve(data.subarray(1).toString()));
  });

  const { code } = await paced.ask('GET', `${pods}/web-0`);
  const answeredMs = performance.now() - begun;
  const told = await outcome;
  const endedMs = performance.now() - begun;
  await paced.served.close();

  expect([code, told]).toEqual([200, '{"metadata":{},"status":"Success"}']);
  expect(answeredMs).toBeLessThan(endedMs);
  expect(endedMs).toBeGreaterThanOrEqual(450);
});

describe('logs', () => {
  test('of a pod that has no node are empty in another way', async () => {
    expect(await client.ask('GET', `${pods}/nowhere/log`)).toMatchObject({ code: 204, text: '' });
  });

  test('need the name of one of several containers', async () => {
    const { code, body } = await client.ask('GET', `${pods}/two/log`);

    expect([code, body.message]).toEqual([
      400,
      'a container name must be specified for pod two, choose one of: [nginx talker]',
    ]);
  });

  test('are not written to', async () => {
    expect((await client.ask('POST', `${pods}/web-0/log`, {})).code).toBe(405);
  });

  test('take no negative numbers', async () => {
    expect((await client.ask('GET', `${pods}/web-0/log?tailLines=-1`)).code).toBe(422);
  });
});
