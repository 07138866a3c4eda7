import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildPackage, packageRoot } from './built-package.ts';
import { Desk } from './desk.ts';
import type { JsonReport, JsonScenario } from '../../reporters/json.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 200_000 });

const lessons = join(packageRoot, 'scenarios/lessons');
let desk: Desk;
let live: JsonReport;

beforeAll(() => {
  buildPackage();
  desk = new Desk();
  desk.call('run', lessons, '--output', 'live');
  live = desk.report('live/report.json');
});
afterAll(() => desk.clear());

/** What must not depend on how a verdict was reached, nor on where the process ran. */
function judged({
  id,
  row,
  outcome,
  vacuous,
  steps,
  invariants,
  traceHash,
  virtualMs,
  records,
}: JsonScenario): unknown {
  return { id, row, outcome, vacuous, steps, invariants, traceHash, virtualMs, records };
}

describe('the lessons', () => {
  test('all pass on the simulator, none of them vacuously', () => {
    expect(live.scenarios.filter(({ outcome }) => outcome !== 'pass').map(({ id }) => id)).toEqual([]);
    expect(live).toMatchObject({ exitCode: 0, vacuous: 0 });
    expect(live.counts.pass).toBeGreaterThan(10);
  });

  test('check gives each the verdicts, the times and the hash of the live run', () => {
    const differing = live.scenarios.filter((scenario) => {
      const { tracePath = '', file } = scenario;
      const { code } = desk.call('check', tracePath, file, '--reporter', 'json=offline.json');
      const [offline] = desk.report('offline.json').scenarios;
      if (code !== 0 || offline === undefined) return true;
      return JSON.stringify(judged(offline)) !== JSON.stringify(judged(scenario));
    });

    expect(differing.map(({ id }) => id)).toEqual([]);
  });

  test('two workers find the same, in the same order', () => {
    const { code } = desk.call('run', lessons, '--workers', '2', '--reporter', 'json=workers.json');

    expect(code).toBe(0);
    expect(desk.report('workers.json').scenarios.map(judged)).toEqual(live.scenarios.map(judged));
  });

  test('other seeds pass as well, with other traces', () => {
    const { code } = desk.call('run', lessons, '--seed', '20', '--reporter', 'json=seed.json');
    const { scenarios } = desk.report('seed.json');
    const same = scenarios.filter(({ traceHash }, at) => traceHash === live.scenarios[at]?.traceHash);

    expect(code).toBe(0);
    expect(scenarios.filter(({ outcome }) => outcome !== 'pass').map(({ id }) => id)).toEqual([]);
    expect(same.map(({ id }) => id)).toEqual([]);
  });

  test('lint has nothing to say of them, warnings included', () => {
    const { code, out } = desk.call('lint', lessons, '--strict');

    expect(out).toMatch(/^✓ \d+ files, nothing to report\n$/);
    expect(code).toBe(0);
  });

  test('each says which schema it follows, and names a file that is there', () => {
    const wrong = [...new Set(live.scenarios.map(({ file }) => file))].filter((file) => {
      const path = /^# yaml-language-server: \$schema=(\S+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
      return path === undefined || join(file, '..', path) !== join(packageRoot, 'schema/scenario.schema.json');
    });

    expect(wrong).toEqual([]);
  });
});
