import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPackage } from './built-package.ts';
import { Desk } from './desk.ts';
import type { MutationReport } from '../../src/runner/mutation-report.ts';

const timeoutMs = 60_000;
const desk = new Desk();
const manifest = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web }
spec:
  replicas: 3
  serviceName: web
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [ { name: main, image: "registry.k8s.io/pause:3.9" } ] }
`;

beforeAll(() => buildPackage(), 200_000);
afterAll(() => desk.clear());

desk.write('manifests/web.yaml', manifest);
desk.write('sharp/order.scenario.yaml', scenario('in-order', 'order: [ pod/web-0..2: [Created, Ready] ]'));
desk.write('dull/dull.scenario.yaml', scenario('says-little', 'eventually: { statefulset/web: { exists: true } }'));

function scenario(id: string, expectation: string): string {
  return `scenario: ${id}
title: A set of three
steps:
  - name: three pods
    apply: ../manifests/web.yaml
    expect: { ${expectation} }
`;
}

describe('setpiece mutate', { timeout: timeoutMs }, () => {
  test('shows who noticed a mutant', () => {
    const { code, out } = desk.call('mutate', 'sharp', '--mutant', 'order-ignored');

    expect(out).toMatch(/✓ order-ignored +1 +in-order/u);
    expect(out).toContain('1 of 1 mutants noticed · 1 scenarios · 2 runs');
    expect(code).toBe(0);
  });

  test('calls a mutant that nobody notices a finding', () => {
    const { code, out } = desk.call('mutate', 'dull', '--mutant', 'order-ignored', '--mutant', 'hostname-missing');

    expect(out).toContain('✗ order-ignored survives: no scenario notices it');
    expect(out).not.toContain('says-little notices no mutant');
    expect(code).toBe(1);
  });

  test('runs on threads as in one, and writes the matrix as JSON', () => {
    const runs = ['1', '2'].map((workers) => {
      const { code } = desk.call('mutate', 'sharp', 'dull', '--workers', workers, '--json', `${workers}/mutants.json`);
      return { code, report: JSON.parse(desk.read(`${workers}/mutants.json`)) as MutationReport };
    });

    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]?.code).toBe(1);
    expect(runs[0]?.report).toMatchObject({ format: 1, seed: 1, bugs: [], unsound: [], interrupted: false });
    expect(runs[0]?.report.mutants.find(({ id }) => id === 'order-ignored')?.killedBy).toContain('in-order');
    expect(runs[0]?.report.survivors).toContain('partition-ignored');
  });

  test('finds the same with --first, in fewer runs', () => {
    desk.call('mutate', 'sharp', '--json', 'whole.json');
    desk.call('mutate', 'sharp', '--first', '--json', 'first.json');
    const [whole, first] = ['whole.json', 'first.json'].map((file) => JSON.parse(desk.read(file)) as MutationReport);

    expect(first?.survivors).toEqual(whole?.survivors);
    expect(first?.idle).toEqual(whole?.idle);
  });

  test('says of a scenario that does not pass by itself that it tells nothing', () => {
    desk.write('broken/broken.scenario.yaml', scenario('broken', 'eventually: { pod/web-7: Ready }'));
    const { code, out } = desk.call('mutate', 'broken', '--mutant', 'order-ignored');

    expect(out).toContain('broken: fail on the right simulator; it was not run on mutants');
    expect(code).toBe(1);
  });

  test('prints tables for a job summary', () => {
    const { out } = desk.call('mutate', 'sharp', '--mutant', 'order-ignored', '--reporter', 'markdown');

    expect(out).toContain('| order-ignored | STS-CREATE-01 | 1: in-order |');
  });

  test('lists the mutants, none wider than the terminal', () => {
    const { code, out } = desk.callWith({ COLUMNS: '80' }, 'mutate', '--list');

    expect(out).toContain('partition-ignored\n    Rolls every pod');
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(code).toBe(0);
  });

  test.each([
    [['mutate', 'sharp', '--mutant', 'partition-ignore'], 'did you mean partition-ignored?'],
    [['mutate', 'nowhere'], 'nowhere does not exist'],
    [['mutate'], 'there is no scenarios/conformance here'],
    [['mutate', 'sharp', '--grep', 'nothing'], 'nothing'],
    [['mutate', 'sharp', '--workers', '0'], 'whole number from 1'],
    [['run', 'sharp', '--mutant', 'partition-ignore'], 'did you mean partition-ignored?'],
  ])('refuses %j', (words, told) => {
    const { code, err } = desk.call(...words);

    expect(err).toContain(told);
    expect(code).toBe(2);
  });

  test('refuses a file that is no scenario, with its frame', () => {
    desk.write('bad/bad.scenario.yaml', 'scenario: 3\n');
    const { code, err } = desk.call('mutate', 'bad');

    expect(err).toContain('bad/bad.scenario.yaml:1');
    expect(code).toBe(2);
  });

  test('refuses a file that cannot be written before anything runs', () => {
    const { code, err } = desk.call('mutate', 'sharp', '--json', 'package.json/mutants.json');

    expect(err).toContain('the report cannot be written');
    expect(code).toBe(3);
  });
});

describe('setpiece run --mutant', { timeout: timeoutMs }, () => {
  test('runs on that mutant, says so in the trace, and in the line that replays it', () => {
    const { code, out } = desk.call('run', 'sharp', '--mutant', 'order-ignored', '--trace-dir', 'traces');
    const trace = /\S+\.jsonl/u.exec(desk.shell('ls traces/*').out)?.[0] ?? '';
    const [header = ''] = readFileSync(join(desk.folder, trace), 'utf8').split('\n');

    expect(code).toBe(1);
    expect(out).toContain('--mutant order-ignored');
    expect(JSON.parse(header)).toMatchObject({ setpieceTrace: 1, backend: 'simulator', mutant: 'order-ignored' });
  });

  test('is refused on other backends', () => {
    const { code, err } = desk.call(
      'run',
      'sharp',
      '--backend',
      'cluster',
      '--context',
      'c',
      '--mutant',
      'order-ignored',
    );

    expect(err).toContain('--mutant is for the backend simulator');
    expect(code).toBe(2);
  });
});

test('every mutant of the fixture is one that there is', () => {
  const file = fileURLToPath(new URL('../fixtures/mutants.json', import.meta.url));
  const listed = desk.call('mutate', '--list').out;
  const named = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]>).flat();

  expect(named.filter((id) => !listed.includes(`${id}\n`))).toEqual([]);
});
