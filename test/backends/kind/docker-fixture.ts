// A real Docker daemon for tests: the one that runs, or one that is started for them and stopped again. Images are built
// from scratch, since none can be counted on to be pulled.

import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findOnPath } from '../../../src/backends/kind/path-kind.ts';
import { DockerEngine } from '../../../src/backends/kind/docker-engine.ts';
import { findDockerSocket } from '../../../src/backends/kind/docker-socket.ts';

/** What tests need; `reason` says why they have to be skipped. */
export type DockerFixture =
  | {
      readonly kind: 'ready';
      readonly engine: DockerEngine;
      readonly folder: string;
      readonly stop: () => Promise<void>;
    }
  | { readonly kind: 'missing'; readonly reason: string };

/** Image whose containers do nothing: nodes. */
export const nodeImage = 'setpiece-test/node';
/** Image that holds the stand-in for kind, and docker: only ever what a user might name with --kind-image. */
export const standInImage = 'setpiece-test/stand-in';

/** Prepares a daemon and the stand-in for kind (`folder/bin/kind`). */
export async function prepareDocker(): Promise<DockerFixture> {
  const docker = findOnPath('docker');
  const go = findOnPath('go') ?? findOnPath('go', '/usr/local/go/bin');
  if (docker === undefined) return { kind: 'missing', reason: 'there is no docker command' };
  if (go === undefined) return { kind: 'missing', reason: 'there is no go command to build a static binary with' };
  const folder = mkdtempSync(join(tmpdir(), 'setpiece-docker-'));
  const engine = new DockerEngine(findDockerSocket());
  const stopDaemon = await startDaemon(engine, folder);
  const stop = async (): Promise<void> => {
    await stopDaemon?.();
    rmSync(folder, { recursive: true, force: true });
  };
  if (stopDaemon === undefined) {
    await stop();
    return { kind: 'missing', reason: 'no Docker daemon answers, and none can be started here' };
  }
  buildStandIn(go, docker, folder);
  return { kind: 'ready', engine, folder, stop };
}

/** Gives what stops the daemon again; undefined where there is none. */
async function startDaemon(engine: DockerEngine, folder: string): Promise<(() => Promise<void>) | undefined> {
  if (await answers(engine)) return () => Promise.resolve();
  const dockerd = findOnPath('dockerd') ?? findOnPath('dockerd', '/usr/sbin');
  if (dockerd === undefined || process.getuid?.() !== 0 || engine.socket !== '/var/run/docker.sock') return undefined;
  const args = ['--iptables=false', '--bridge=none', '--storage-driver=vfs', '--data-root', join(folder, 'data')];
  const daemon = spawn(dockerd, args, { stdio: 'ignore' });
  const ended = new Promise<void>((done) => void daemon.once('exit', () => done()));
  const stop = async (): Promise<void> => {
    daemon.kill('SIGTERM');
    await ended;
  };
  for (let round = 0; round < 60; round += 1) {
    if (await answers(engine)) return stop;
    await sleep(250);
  }
  await stop();
  return undefined;
}

async function answers(engine: DockerEngine): Promise<boolean> {
  return engine.version().then(
    () => true,
    () => false,
  );
}

function buildStandIn(go: string, docker: string, folder: string): void {
  const source = resolve(import.meta.dirname, '../../fixtures/kind/stand-in.go');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  call(go, ['build', '-o', join(bin, 'kind'), source], {
    CGO_ENABLED: '0',
    GO111MODULE: 'off',
    GOCACHE: join(tmpdir(), 'setpiece-go-cache'),
  });
  copyFileSync(join(bin, 'kind'), join(folder, 'node'));
  copyFileSync(docker, join(folder, 'docker'));
  copyFileSync(join(bin, 'kind'), join(folder, 'kind'));
  buildImage(folder, { name: nodeImage, dockerfile: 'FROM scratch\nCOPY node /node\nENTRYPOINT ["/node"]\n' });
}

/** Builds an image from files of a folder. */
export function buildImage(
  folder: string,
  { name, dockerfile }: { readonly name: string; readonly dockerfile: string },
): void {
  writeFileSync(join(folder, 'Dockerfile'), dockerfile);
  writeFileSync(join(folder, '.dockerignore'), 'data\nbin\n');
  call('docker', ['build', '--quiet', '--tag', name, folder]);
}

/** Runs a command that must not fail; gives what it wrote. */
export function call(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

/** Makes the containers of a cluster by hand, with kind's labels. */
export function makeNodes(cluster: string, roles: readonly string[]): void {
  for (const role of roles) {
    const labels = [`--label=io.x-k8s.kind.cluster=${cluster}`, `--label=io.x-k8s.kind.role=${role}`];
    call('docker', ['run', '--detach', '--network=none', '--name', `${cluster}-${role}`, ...labels, nodeImage]);
  }
}
