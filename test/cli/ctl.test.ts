import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { standardOutput } from '../../src/cli/streams.ts';
import { kubeconfigFor } from '../../src/simulator/http/kubeconfig.ts';
import { namespaceKey } from '../../src/simulator/api/kind-keys.ts';
import { podKind } from '../../src/simulator/kubelet/pod.ts';
import { nodeKind } from '../../src/simulator/nodes/node.ts';
import { serveForTest } from '../simulator/http/client.ts';
import type { Client } from '../simulator/http/client.ts';

let folder: string;
let printed = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'setpiece-ctl-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  printed = '';
  vi.spyOn(standardOutput, 'write').mockImplementation((text: string) => void (printed += text));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs `ctl` and gives what it printed. */
async function ctl(...words: readonly string[]): Promise<string> {
  printed = '';
  await createProgram().parseAsync(['ctl', ...words], { from: 'user' });
  return printed;
}

describe.each([
  ['http', false, 'token'],
  ['https and a token', true, 'token'],
  ['https and a certificate', true, 'certificate'],
] as const)('over %s', (_what, secured, credential) => {
  let client: Client;
  let access: readonly string[];

  beforeAll(async () => {
    client = await serveForTest({ secured });
    const file = join(folder, `config-${secured}-${credential}`);
    writeFileSync(file, kubeconfigFor(client.served.access, credential));
    access = ['--kubeconfig', file];
  });
  afterAll(() => client.served.close());

  test('time stands still, passes as told, and goes on', async () => {
    const before = await ctl(...access, 'pause');
    const after = await ctl(...access, 'advance', '1h');
    const { now } = client.served.simulator.clock;

    expect(before).toMatch(/^t=\S+ \(2026-\S+Z\), paused, speed max, seed 1\n$/);
    expect(after).toMatch(/^t=1h0?m?\S*s? \(2026-01-01T01:\S+Z\), paused, /);
    expect(now).toBeGreaterThanOrEqual(3_600_000_000);
    expect(await ctl(...access, 'speed', '10x')).toContain('paused, speed 10x');
    expect(await ctl(...access, 'resume')).toContain('running, speed 10x');
    expect(await ctl(...access, 'time')).toContain('running, speed 10x');
  });

  test('things happen one by one', async () => {
    await ctl(...access, 'pause');
    const object = { metadata: { name: `stepped` }, spec: { containers: [{ name: 'c', image: 'nginx:1' }] } };
    client.served.simulator.api.create({
      apiVersion: 'v1',
      kind: 'Pod',
      ...object,
      metadata: { ...object.metadata, namespace: 'default' },
    });
    const phase = (): unknown => client.served.simulator.store.get(podKind, 'default/stepped')?.['status'];
    const before = phase();
    const steps: string[] = [];
    while (!steps.at(-1)?.includes('nothing is under way') && steps.length < 100)
      steps.push(await ctl(...access, 'step'));

    expect(before).toMatchObject({ phase: 'Pending' });
    expect(phase()).toMatchObject({ phase: 'Running' });
    expect(steps.length).toBeGreaterThan(3);
    expect(steps[0]).toMatch(/^t=\S+ \(2026-\S+Z\), paused, .*\n\S.*\n$/);
  });

  test('a fault is put in, and is in the trace', async () => {
    const [node] = client.served.simulator.store.list(nodeKind).values();
    const target = `node/${node?.metadata.name}`;

    expect(await ctl(...access, 'faults', 'partitioned', target)).toBe(`partitioned: ${target}\n`);
    const records = (await ctl(...access, 'trace'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records).toContainEqual(expect.objectContaining({ fault: { how: 'partitioned', targets: [target] } }));
  });

  test('everything that there is can be printed', async () => {
    const { kind, items } = JSON.parse(await ctl(...access, 'dump'));

    expect(kind).toBe('List');
    expect(items).toContainEqual(
      expect.objectContaining({ kind: 'Namespace', metadata: expect.objectContaining({ name: 'kube-system' }) }),
    );
  });

  test('a cluster begins anew, with its seed or another', async () => {
    const old = client.served.simulator;
    const uid = (): unknown => client.served.simulator.store.get(namespaceKey, 'default')?.metadata.uid;
    const first = uid();

    expect(await ctl(...access, 'seed')).toBe('1\n');
    expect(await ctl(...access, 'reset', '--seed', '7')).toBe('a new cluster, seed 7\n');
    expect(await ctl(...access, 'seed')).toBe('7\n');
    expect(client.served.simulator).not.toBe(old);
    expect(uid()).not.toBe(first);
    expect(await ctl(...access, 'reset', '--seed', '1')).toBe('a new cluster, seed 1\n');
    expect(uid()).toBe(first);
    expect(await ctl(...access, 'reset')).toBe('a new cluster, seed 1\n');
  });

  test.each([
    ['a speed that is none', ['speed', 'fast'], 2, '`speed` must be 1x, 10x, … or max, found "fast"'],
    ['a fault that is none', ['faults', 'explode', 'pod/a'], 2, '`how` must be one of'],
  ])('%s is refused', async (_name, words, exitCode, message) => {
    const failed = ctl(...access, ...words);

    await expect(failed).rejects.toMatchObject({ exitCode, message: expect.stringContaining(message) });
  });
});

describe('a server that cannot be found', () => {
  test.each([
    ['nobody listens', ['--server', 'http://127.0.0.1:1', 'time'], 3, 'no answer from http://127.0.0.1:1'],
    ['no URL', ['--server', 'here', 'time'], 2, '--server: wanted a URL'],
    ['no file', ['--kubeconfig', '/nowhere/config', 'time'], 2, 'cannot read /nowhere/config'],
  ])('%s', async (_name, words, exitCode, message) => {
    await expect(ctl(...words)).rejects.toMatchObject({ exitCode, message: expect.stringContaining(message) });
  });

  test('a file that is no kubeconfig', async () => {
    const file = join(folder, 'other');
    writeFileSync(file, 'clusters: []\n');

    await expect(ctl('--kubeconfig', file, 'time')).rejects.toMatchObject({
      message: expect.stringContaining('names no cluster with a server'),
    });
  });
});
