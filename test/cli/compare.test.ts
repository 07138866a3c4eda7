import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildPackage, packageRoot } from './built-package.ts';
import { Desk } from './desk.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 200_000 });

const file = join(packageRoot, 'scenarios/lessons/mongodb/scale-out-and-in.scenario.yaml');
const trace = 'traces/mongo-scales-out-and-in.simulator.1.jsonl';
let desk: Desk;

beforeAll(() => {
  buildPackage();
  desk = new Desk();
  desk.call('run', file, '--trace-dir', 'traces', '--mutant', 'claims-deleted-on-scale-in');
});
afterAll(() => desk.clear());

interface Compared {
  readonly exitCode: number;
  readonly comparisons: readonly {
    readonly outcome: string;
    readonly divergences: readonly { readonly subject: string; readonly known?: string }[];
    readonly steps: readonly { readonly name: string; readonly leftMs: number; readonly rightMs: number }[];
  }[];
  readonly unneeded: readonly { readonly divergence: string }[];
}

function compared(...words: readonly string[]): Compared {
  const { out } = desk.call('compare', file, ...words, '--json');
  return JSON.parse(out) as Compared;
}

describe('compare', () => {
  test('two seeds of the simulator agree', () => {
    const { code, out } = desk.call('compare', file, '--backends', 'simulator,simulator', '--seed', '5');

    expect(code).toBe(0);
    expect(out).toMatch(/^= mongo-scales-out-and-in .* 73 milestones agree/);
  });

  test('a cluster that deletes claims parts from the simulator: where, and how each went on', () => {
    const { code, out } = desk.call('compare', file, '--backends', `simulator,${trace}`);

    expect(code).toBe(1);
    expect(out).toMatch(
      /^\n≠ mongo-scales-out-and-in {2,}simulator v1\.36\.2 ✓ {3}traces\/\S+ ✗ {3}first divergence after/,
    );
    expect(out).toContain('≠ persistentvolumeclaim/mongo-data-mongo-4 Terminating: only on the right');
    expect(out).toMatch(
      /≠ step 4 never: pass on the left, fail on the right {3}\S+scale-out-and-in\.scenario\.yaml:\d+:\d+/,
    );
    expect(out).toMatch(/agree up to \d+ of \d+ milestones; .*expected divergence\? none recorded/);
  });

  test('a divergence that the list knows is expected; one that no longer occurs fails', () => {
    const entry = (divergence: string): string =>
      `- { scenario: mongo-*, divergence: "${divergence}", reason: claims are deleted }\n`;
    desk.write('known.yaml', entry('*'));
    desk.write('stale.yaml', entry('*') + entry('pod/other Ready'));

    const known = compared('--backends', `simulator,${trace}`, '--known', 'known.yaml');
    const stale = compared('--backends', `simulator,${trace}`, '--known', 'stale.yaml');

    expect(known).toMatchObject({ exitCode: 0, comparisons: [{ outcome: 'expected' }], unneeded: [] });
    expect(known.comparisons[0]?.divergences[0]?.known).toBe('claims are deleted');
    expect(stale).toMatchObject({ exitCode: 1, unneeded: [{ divergence: 'pod/other Ready' }] });
  });

  test('the trace of one row of a matrix is compared with that row', () => {
    const rows = join(packageRoot, 'scenarios/lessons/nginx-web/partition.scenario.yaml');
    desk.call('run', rows, '--row', '2', '--trace-dir', 'rows');

    const { code, out } = desk.call(
      'compare',
      rows,
      '--backends',
      'simulator,rows/nginx-web-partition.2.simulator.1.jsonl',
    );

    expect(code).toBe(0);
    expect(out).toMatch(/^= nginx-web-partition#2 .*\n\n1 agree/);
  });

  test('a trace that ends early is inconclusive, not another behaviour', () => {
    const lines = desk.read(trace).split('\n');
    desk.write('traces/cut.jsonl', `${lines.slice(0, lines.length / 2).join('\n')}\n`);

    expect(desk.call('compare', file, '--backends', 'simulator,traces/cut.jsonl').code).toBe(4);
  });

  test('steps are timed on both sides', () => {
    const { comparisons } = compared('--backends', `simulator,${trace}`);

    expect(comparisons[0]?.steps.length).toBeGreaterThan(3);
    expect(comparisons[0]?.steps[1]?.leftMs).toBeGreaterThan(0);
    expect(comparisons[0]?.steps[1]?.rightMs).toBeGreaterThan(0);
  });

  test.each([
    ['one backend', ['--backends', 'simulator'], '--backends wants two, as in simulator,kind'],
    ['a backend that is none', ['--backends', 'simulator,knd'], 'there is no backend `knd`: did you mean kind?'],
    [
      'a flag of a backend that is not used',
      ['--backends', 'simulator,simulator', '--keep'],
      '--keep is for the backend kind',
    ],
    ['a cluster without a context', ['--backends', 'simulator,cluster'], 'needs --context NAME'],
    ['a list that is not there', ['--backends', 'simulator,simulator', '--known', 'no.yaml'], 'no such file or folder'],
    ['a list with mistakes', ['--backends', 'simulator,simulator', '--known', 'bad.yaml'], 'bad.yaml:1:3'],
  ] as const)('%s is a usage error', (_, words, told) => {
    desk.write('bad.yaml', '- scenari: x\n');

    const { code, err } = desk.call('compare', file, ...words);

    expect(code).toBe(2);
    expect(err).toContain(told);
  });

  test('a trace of another scenario is invalid, one that is not there is a failure of the environment', () => {
    const other = join(packageRoot, 'scenarios/lessons/nginx-web/parallel.scenario.yaml');
    const several = desk.call(
      'compare',
      join(packageRoot, 'scenarios/lessons/mongodb'),
      '--backends',
      `simulator,${trace}`,
    );

    expect(desk.call('compare', other, '--backends', `simulator,${trace}`).code).toBe(2);
    expect(desk.call('compare', file, '--backends', 'simulator,./none.jsonl').code).toBe(3);
    expect(several).toMatchObject({ code: 2 });
    expect(several.err).toContain('a trace is of one scenario');
  });
});
