import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkDaemon } from '../../../src/backends/kind/check-daemon.ts';
import { DockerEngine } from '../../../src/backends/kind/docker-engine.ts';
import { dockerError, knownCause } from '../../../src/backends/kind/docker-error.ts';
import { findDockerSocket } from '../../../src/backends/kind/docker-socket.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'setpiece-home-'));
});

afterEach(() => rmSync(home, { recursive: true }));

function writeContext(name: string, host: string): void {
  const folder = join(home, '.docker/contexts/meta', createHash('sha256').update(name).digest('hex'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }));
}

describe('the socket of the Docker daemon', () => {
  test('is what DOCKER_HOST says', () => {
    expect(findDockerSocket({ HOME: home, DOCKER_HOST: 'unix:///run/d.sock' })).toBe('/run/d.sock');
  });

  test.each(['tcp://build:2375', 'ssh://build', 'unix://', 'nonsense'])('is not on another machine (%s)', (host) => {
    expect(() => findDockerSocket({ HOME: home, DOCKER_HOST: host })).toThrow(`DOCKER_HOST says ${host}`);
  });

  test('is that of the context in use', () => {
    writeContext('colima', 'unix:///home/me/.colima/docker.sock');
    writeFileSync(join(home, '.docker/config.json'), '{"currentContext":"colima"}');

    expect(findDockerSocket({ HOME: home })).toBe('/home/me/.colima/docker.sock');
    expect(findDockerSocket({ HOME: home, DOCKER_CONTEXT: 'default' })).not.toContain('colima');
    expect(() => findDockerSocket({ HOME: home, DOCKER_CONTEXT: 'gone' })).toThrow('the docker context gone is not');
  });

  test('is the usual one where nothing is said, or what is said cannot be read', () => {
    mkdirSync(join(home, '.docker'));
    writeFileSync(join(home, '.docker/config.json'), Buffer.from([0, 255, 1]));

    expect(findDockerSocket({ HOME: home })).toBe('/var/run/docker.sock');
  });
});

describe('a daemon that does not answer', () => {
  test('has no socket', async () => {
    await expect(checkDaemon(new DockerEngine(join(home, 'none.sock')))).rejects.toThrow(
      /no socket at .*none\.sock; start the Docker daemon/,
    );
  });

  test('has a file where its socket should be', async () => {
    writeFileSync(join(home, 'd.sock'), '');

    await expect(checkDaemon(new DockerEngine(join(home, 'd.sock')))).rejects.toThrow(/kind needs Docker: .*d\.sock/);
  });

  test('may not be used by this user', () => {
    const denied = Object.assign(new Error('connect EACCES'), { code: 'EACCES' });

    expect(dockerError(denied, '/var/run/docker.sock').message).toContain('this user may not use /var/run/docker.sock');
  });

  test('hangs up', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => void server.listen(join(home, 'd.sock'), resolve));

    await expect(checkDaemon(new DockerEngine(join(home, 'd.sock')))).rejects.toThrow('did not answer');

    server.close();
  });

  test('is not looked for on Windows', async () => {
    await expect(checkDaemon(new DockerEngine('/none'), 'win32')).rejects.toThrow('inside WSL 2');
  });
});

test('a full disk is said to be one, whoever noticed', () => {
  expect(knownCause('write /var/lib/docker/tmp/x: no space left on device')).toContain(
    'disk of the Docker daemon is full',
  );
  expect(knownCause('all is well')).toBeUndefined();
});
