// The life of a kind cluster on a real Docker daemon. Node images cannot be counted on, so `kind` is a stand-in whose nodes
// are idle containers with kind's labels (test/fixtures/kind/stand-in.go), and a served simulator is the API server.

import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createKindBackend } from '../../../src/backends/kind/create-kind-backend.ts';
import { clusterLabel } from '../../../src/backends/kind/labels.ts';
import { NodeContainers } from '../../../src/backends/kind/node-containers.ts';
import { packageFile } from '../../../src/backends/package-file.ts';
import { findOnPath } from '../../../src/backends/kind/path-kind.ts';
import { removeContainers } from '../../../src/backends/kind/remove-containers.ts';
import { serveSimulator } from '../../../src/simulator/http/serve.ts';
import { buildImage, call, makeNodes, prepareDocker, standInImage } from './docker-fixture.ts';
import type { KindBackendOptions } from '../../../src/backends/backend-options.ts';
import type { DockerEngine } from '../../../src/backends/kind/docker-engine.ts';
import type { ServedSimulator } from '../../../src/simulator/http/serve.ts';

const docker = await prepareDocker();
const reason = docker.kind === 'ready' ? '' : ` (skipped: ${docker.reason})`;
const kept = { PATH: process.env['PATH'], STAND_IN_KUBECONFIG: process.env['STAND_IN_KUBECONFIG'] };

describe.skipIf(docker.kind === 'missing')(`the kind backend on a Docker daemon${reason}`, { timeout: 60_000 }, () => {
  const { engine, folder, stop } = docker as Extract<typeof docker, { readonly kind: 'ready' }>;
  let server: ServedSimulator;
  let told: string[] = [];

  beforeAll(async () => {
    server = await serveSimulator({ port: 0, speed: 20, seed: 1, nodes: 2 });
    const kubeconfig = kubeconfigOf(server.access.url);
    writeFileSync(join(folder, 'kubeconfig'), kubeconfig);
    const dockerfile = 'FROM scratch\nCOPY kind docker /bin/\nCOPY kubeconfig /stand-in-kubeconfig\nENV PATH=/bin\n';
    buildImage(folder, { name: standInImage, dockerfile });
    process.env['STAND_IN_KUBECONFIG'] = join(folder, 'kubeconfig');
    process.env['PATH'] = `${join(folder, 'bin')}${delimiter}${kept.PATH}`;
  });

  afterEach(async () => {
    await removeContainers(engine, 'io.x-k8s.kind.cluster');
    told = [];
  });

  afterAll(async () => {
    process.env['PATH'] = kept.PATH;
    if (kept.STAND_IN_KUBECONFIG === undefined) delete process.env['STAND_IN_KUBECONFIG'];
    await server.close();
    await stop();
  });

  const create = (
    options: Partial<KindBackendOptions> = {},
    signal?: AbortSignal,
  ): ReturnType<typeof createKindBackend> =>
    createKindBackend(
      { kind: 'kind', ...options },
      { onProgress: (text) => told.push(text), ...(signal === undefined ? {} : { signal }) },
    );
  const nodes = (): Promise<readonly string[]> => namesOf(engine, 'io.x-k8s.kind.cluster');
  const config = (text: string): string => {
    const file = join(folder, 'config.yaml');
    writeFileSync(file, `${text}\nnodes:\n- role: control-plane\n- role: worker\n`);
    return file;
  };

  test('kind from PATH makes a cluster, which is gone at the end, with the folder of its kubeconfig', async () => {
    const folders = readdirSync(tmpdir());

    const backend = await create({ nodes: 2 });

    const made = await nodes();
    expect(made.map((name) => name.replace(/^setpiece-[0-9a-f]{8}-/, ''))).toEqual([
      'control-plane',
      'worker',
      'worker2',
    ]);
    expect(backend.name).toBe('kind');
    expect(backend.capabilities).toContain('node-failure');
    await backend.dispose();
    await backend.dispose();
    expect(await nodes()).toEqual([]);
    expect(
      readdirSync(tmpdir()).filter((name) => name.startsWith('setpiece-kind-') && !folders.includes(name)),
    ).toEqual([]);
    expect(told).toContain('kind: preparing nodes');
  });

  test('kind in a container (--kind-image) makes one just so, and its own containers are gone first', async () => {
    const backend = await create({ kindImage: standInImage, config: config('') });

    expect(await nodes()).toHaveLength(2);
    expect(await namesOf(engine, 'dev.setpiece.kind')).toEqual([]);
    await backend.dispose();
    expect(await nodes()).toEqual([]);
  });

  test.each([{}, { kindImage: standInImage }])(
    'a kind that fails leaves nothing behind and says why (%o)',
    async (how) => {
      await expect(create({ ...how, config: config('# fail') })).rejects.toThrow(
        /^kind could not make the cluster: the disk of the Docker daemon is full.*\n(.*\n)*.*ERROR: failed to create cluster/,
      );

      expect(await nodes()).toEqual([]);
    },
  );

  test.each([{}, { kindImage: standInImage }])(
    'an interruption while it is being made leaves nothing behind (%o)',
    async (how) => {
      const controller = new AbortController();
      const made = create({ ...how, config: config('# hang') }, controller.signal);
      while (!told.includes('kind: starting control-plane')) await sleep(50);
      expect(await nodes()).toHaveLength(2);

      controller.abort();

      await expect(made).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
      expect(await nodes()).toEqual([]);
      expect(await namesOf(engine, 'dev.setpiece.kind')).toEqual([]);
    },
  );

  test('an API server that cannot be reached leaves nothing behind', async () => {
    writeFileSync(join(folder, 'dead'), kubeconfigOf('http://127.0.0.1:1'));
    process.env['STAND_IN_KUBECONFIG'] = join(folder, 'dead');

    await expect(create()).rejects.toThrow('127.0.0.1:1');

    process.env['STAND_IN_KUBECONFIG'] = join(folder, 'kubeconfig');
    expect(await nodes()).toEqual([]);
  });

  test('--keep leaves the cluster there and says how to use and delete it; --reuse takes it and leaves it', async () => {
    const first = await create({ keep: true });
    await first.dispose();
    const left = await nodes();
    const name = (left[0] ?? '').replace('-control-plane', '');
    expect(left).toHaveLength(2);
    expect(told.join('\n')).toContain(`--reuse ${name}`);
    expect(told.join('\n')).toContain(`kind delete cluster --name ${name}`);

    const second = await create({ reuse: name });
    await second.dispose();

    expect(await nodes()).toEqual(left);
  });

  test('--reuse refuses a cluster that is not there, or whose node rests', async () => {
    makeNodes('setpiece-test-reuse', ['control-plane']);

    await expect(create({ reuse: 'nobody' })).rejects.toThrow('there is: setpiece-test-reuse');
    call('docker', ['pause', 'setpiece-test-reuse-control-plane']);
    await expect(create({ reuse: 'setpiece-test-reuse' })).rejects.toThrow(
      'docker unpause setpiece-test-reuse-control-plane',
    );
  });

  test('an image that cannot be pulled is named, with those that are there', async () => {
    await expect(create({ nodeImage: 'localhost:1/none:v1' })).rejects.toThrow(
      /^the image localhost:1\/none:v1 could not be pulled: .*--node-image names another/,
    );
  });

  test('nodes are stopped, started, frozen and thawed, and only those of the cluster', async () => {
    makeNodes('setpiece-test-a', ['worker']);
    makeNodes('setpiece-test-b', ['worker']);
    const control = new NodeContainers(engine, 'setpiece-test-a');
    const state = async (): Promise<string | undefined> =>
      (await engine.containers(clusterLabel('setpiece-test-a')))[0]?.state;

    const states: (string | undefined)[] = [];
    for (const how of [
      'stop',
      'start',
      'pause',
      'pause',
      'unpause',
      'unpause',
      'stop',
      'stop',
      'start',
      'pause',
    ] as const) {
      await control[how]('setpiece-test-a-worker');
      states.push(await state());
    }

    expect(states).toEqual([
      'exited',
      'running',
      'paused',
      'paused',
      'running',
      'running',
      'exited',
      'exited',
      'running',
      'paused',
    ]);
    await expect(control.stop('setpiece-test-b-worker')).rejects.toThrow(
      'has no node setpiece-test-b-worker; it has: setpiece-test-a-worker',
    );
    await removeContainers(engine, clusterLabel('setpiece-test-a'));
    expect(await nodes()).toEqual(['setpiece-test-b-worker']);
  });

  describe('the reaper', () => {
    const holder = `
      const { spawn } = require('node:child_process');
      const [script, ...args] = process.argv.slice(1);
      const child = spawn(process.execPath, [script, ...args], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
      process.stdin.on('data', (data) => child.stdin.write(data));
      child.on('spawn', () => console.log(child.pid));
      child.on('exit', () => process.exit(0));`;

    const held: ReturnType<typeof spawn>[] = [];
    afterEach(() => held.splice(0).forEach((child) => child.kill('SIGKILL')));

    const hold = async (label: string): Promise<ReturnType<typeof spawn>> => {
      const script = packageFile('assets/kind/reaper.mjs');
      const child = spawn(process.execPath, ['-e', holder, script, engine.socket, label], {
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      held.push(child);
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      return child;
    };

    test('removes the nodes, what makes them, and the kubeconfig when its parent is killed', async () => {
      makeNodes('setpiece-test-reap', ['control-plane', 'worker']);
      makeNodes('setpiece-test-other', ['worker']);
      const maker = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
      const ended = new Promise((resolve) => void maker.once('exit', (_, signal) => resolve(signal)));
      copyFileSync(packageFile('package.json'), join(folder, 'secret'));
      const parent = await hold(clusterLabel('setpiece-test-reap'));
      parent.stdin?.write(`group ${maker.pid}\nfolder ${join(folder, 'secret')}\n`);
      await sleep(300);
      expect(await nodes()).toHaveLength(3);

      parent.kill('SIGKILL');

      expect(await ended).toBe('SIGKILL');
      for (let round = 0; round < 100 && (await nodes()).length > 1; round += 1) await sleep(100);
      expect(await nodes()).toEqual(['setpiece-test-other-worker']);
      expect(existsSync(join(folder, 'secret'))).toBe(false);
    });

    test('ends and removes nothing when all is done', async () => {
      makeNodes('setpiece-test-done', ['worker']);
      const parent = await hold(clusterLabel('setpiece-test-done'));

      const ended = new Promise((resolve) => void parent.once('exit', resolve));
      parent.stdin?.write('done\n');

      expect(await ended).toBe(0);
      expect(await nodes()).toEqual(['setpiece-test-done-worker']);
    });
  });

  const realKind = findOnPath('kind', kept.PATH);

  test.skipIf(realKind === undefined)("kind's own program sees our labels, and deletes what it did not make", () => {
    makeNodes('setpiece-test-real', ['control-plane', 'worker']);

    expect(call(realKind ?? '', ['get', 'clusters'])).toContain('setpiece-test-real');
    call(realKind ?? '', ['delete', 'cluster', '--name', 'setpiece-test-real', '--kubeconfig', join(folder, 'none')]);

    expect(call('docker', ['ps', '-aq', '--filter', `label=${clusterLabel('setpiece-test-real')}`])).toBe('');
  });
});

async function namesOf(engine: DockerEngine, label: string): Promise<readonly string[]> {
  const found = await engine.containers(label);
  return found.map(({ name }) => name).sort();
}

function kubeconfigOf(server: string): string {
  return `apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: '${server}', insecure-skip-tls-verify: true}}]
users: [{name: u, user: {}}]
contexts: [{name: CONTEXT, context: {cluster: c, user: u}}]
`;
}
