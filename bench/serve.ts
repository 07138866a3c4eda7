// What `setpiece serve` costs: requests a second against a plain node:http server that answers the same bytes, and the time from the
// start of the process to the answer of the first request against `node -e 0`. All is run in turn, so that a busy machine slows all.
// Run: npm run build; npx tsc -p bench; node out/bench/serve.js

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveSimulator } from '../src/simulator/http/serve.ts';
import type { AddressInfo } from 'node:net';

const rounds = 9;
const requests = 1500;
const lanes = 16;
const pods = 100;

interface Asked {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: lanes });
const namespace = '/api/v1/namespaces/default';
const asked: readonly Asked[] = [
  { name: 'get a pod', method: 'GET', path: `${namespace}/pods/pod-0` },
  { name: `list ${pods} pods`, method: 'GET', path: `${namespace}/pods` },
  { name: 'patch a config map', method: 'PATCH', path: `${namespace}/configmaps/one`, body: '{"data":{"a":"b"}}' },
];

await compareThroughput();
await compareReadiness();
agent.destroy();

async function compareThroughput(): Promise<void> {
  const served = await serveSimulator({ port: 0, seed: 1, nodes: 3, speed: 1 });
  const { url } = served.access;
  served.simulator.api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one', namespace: 'default' } });
  for (let ordinal = 0; ordinal < pods; ordinal++) {
    const metadata = { name: `pod-${ordinal}`, namespace: 'default' };
    const spec = { containers: [{ name: 'c', image: 'nginx:1' }] };
    served.simulator.api.create({ apiVersion: 'v1', kind: 'Pod', metadata, spec });
  }
  await served.pacer.advance(60_000_000);
  for (const each of asked) {
    const answer = await send(url, each);
    const plain = createServer((message, response) => {
      message.resume();
      message.on('end', () => response.setHeader('Content-Type', 'application/json').end(answer));
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const plainUrl = `http://127.0.0.1:${(plain.address() as AddressInfo).port}`;
    const rates: { readonly plain: number[]; readonly served: number[] } = { plain: [], served: [] };
    for (let round = -2; round < rounds; round++) {
      const [plainRate, servedRate] = [await rateOf(plainUrl, each), await rateOf(url, each)];
      if (round < 0) continue;
      rates.plain.push(plainRate);
      rates.served.push(servedRate);
    }
    const [a, b] = [median(rates.plain), median(rates.served)];
    const ratio = (a / b).toFixed(2);
    console.log(
      `${each.name.padEnd(22)} ${b.toFixed(0).padStart(6)} requests/s   node:http ${a.toFixed(0).padStart(6)}   ${ratio} x (${answer.length} bytes)`,
    );
    plain.closeAllConnections();
    plain.close();
  }
  await served.close();
}

/** Requests a second, client and server in one process. */
async function rateOf(url: string, each: Asked): Promise<number> {
  const before = process.hrtime.bigint();
  let left = requests;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await send(url, each);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return requests / (Number(process.hrtime.bigint() - before) / 1e9);
}

function send(url: string, { method, path, body }: Asked): Promise<string> {
  const headers = body === undefined ? {} : { 'Content-Type': 'application/merge-patch+json' };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function compareReadiness(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'setpiece-bench-'));
  const times: { readonly node: number[]; readonly plain: number[]; readonly tls: number[] } = {
    node: [],
    plain: [],
    tls: [],
  };
  for (let round = -1; round < rounds; round++) {
    const before = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    const node = performance.now() - before;
    const plain = await readyAfter(folder, []);
    const tls = await readyAfter(folder, ['--tls']);
    if (round < 0) continue;
    times.node.push(node);
    times.plain.push(plain);
    times.tls.push(tls);
  }
  rmSync(folder, { recursive: true });
  for (const [name, list] of Object.entries(times)) {
    const ratio = (median(list) / median(times.node)).toFixed(1);
    const what = name === 'node' ? 'node -e 0' : name === 'tls' ? 'serve --tls, ready' : 'serve, first answer';
    console.log(`${what.padEnd(22)} ${median(list).toFixed(0).padStart(6)} ms   ${ratio} x`);
  }
}

/** Milliseconds until the first request is answered; over https until the kubeconfig is there and the server listens. */
async function readyAfter(folder: string, more: readonly string[]): Promise<number> {
  const before = performance.now();
  const words = ['bin/setpiece.js', 'serve', '--port', '0', '--kubeconfig', join(folder, 'config'), ...more];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) => {
    let text = '';
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString();
      const found = /at (https?:\S+) .*\n.*\n/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  if (url.startsWith('http:')) await send(url, { name: '', method: 'GET', path: '/readyz' });
  const ms = performance.now() - before;
  child.kill();
  await new Promise((resolve) => child.once('exit', resolve));
  return ms;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
