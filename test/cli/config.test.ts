import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { buildPackage } from './built-package.ts';
import { Desk } from './desk.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 200_000 });

let desk: Desk;

beforeAll(buildPackage);
beforeEach(() => {
  desk?.clear();
  desk = new Desk();
  desk.scenario('passes', 'settled: { statefulset/web: Ready }');
  desk.scenario('vacuous', 'never: [ pod/web-7: Terminating ]');
});
afterAll(() => desk.clear());

/** The seeds and exit code that a call ended with. */
function seedsOf({ code, out }: { readonly code: number | null; readonly out: string }): string {
  return `${code}: ${[...out.matchAll(/seed (\d+)/g)].map(([, seed]) => seed).join(' ')}`;
}

describe('settings', () => {
  test('the command line goes before the environment, that before the profile, that before the file', () => {
    desk.write('setpiece.config.yaml', 'paths: [passes.scenario.yaml]\nseed: 2\nprofiles:\n  ci: { seed: 3 }\n');

    expect(seedsOf(desk.call('run'))).toBe('0: 2');
    expect(seedsOf(desk.call('run', '--profile', 'ci'))).toBe('0: 3');
    expect(seedsOf(desk.callWith({ SETPIECE_PROFILE: 'ci', SETPIECE_SEED: '4' }, 'run'))).toBe('0: 4');
    expect(seedsOf(desk.callWith({ SETPIECE_SEED: '4' }, 'run', '--profile', 'ci', '--seed', '5'))).toBe('0: 5');
  });

  test('switches, lists and durations are those of the command line', () => {
    const reporters = '[list, json=out/report.json]';
    desk.write('setpiece.config.yaml', `strict: true\ntag: [x]\nquiet: 6s\nreporter: ${reporters}\n`);
    desk.scenario('passes', 'settled: { statefulset/web: Ready }', 'tags: [x]\n');

    const { code } = desk.call('run');

    expect(code).toBe(0);
    expect(desk.report('out/report.json')).toMatchObject({ quietMs: 6000, strict: true, counts: { pass: 1 } });
    expect(desk.callWith({ SETPIECE_TAG: 'x,y', SETPIECE_STRICT: 'false' }, 'run').code).toBe(0);
  });

  test('a file above is found, and its paths are relative to it', () => {
    desk.write('setpiece.config.yaml', 'paths: [passes.scenario.yaml]\noutput: out\n');
    desk.write('deep/er/note.txt', '');

    const { code, err } = desk.shell('cd deep/er && setpiece run');

    expect([code, err]).toEqual([0, '']);
    expect(desk.report('out/report.json').counts.pass).toBe(1);
  });
});

describe('mistakes in settings are told at their place, with exit code 2', () => {
  test.each([
    ['sed: 7\nstrict: 7\nreporter: { a: b }\n', [':1:1', 'did you mean `seed`?', ':2:9', 'true or false', ':3:11']],
    ['seed: many\n', ['setpiece.config.yaml, seed: `many` cannot be meant. Wanted a whole number from 0 on.']],
    ['profiles: { c: {} }\n', ['has no profile `ci`: did you mean c?']],
    ['- seed\n', ['a config file is a map of settings; found a list']],
    ['a: [\n', ['yaml-syntax']],
    ['seed: [1, 2]\n', ['has one value; found a list']],
  ])('%j', (text, told) => {
    desk.write('setpiece.config.yaml', text);

    const profile = text.includes('profiles') ? ['--profile', 'ci'] : [];
    const { code, err, out } = desk.call('run', 'passes.scenario.yaml', ...profile);

    expect([code, out]).toEqual([2, '']);
    for (const part of told) expect(err).toContain(part);
  });

  test('a switch in the environment that is neither on nor off, and a file that is not there', () => {
    expect(desk.callWith({ SETPIECE_BAIL: 'maybe' }, 'run')).toMatchObject({
      code: 2,
      err: 'error: SETPIECE_BAIL: wanted true or false, found `maybe`\n',
    });
    expect(desk.call('run', '--config', 'none.yaml')).toMatchObject({
      code: 2,
      err: 'error: the config file none.yaml cannot be read: no such file or folder\n',
    });
    expect(desk.call('run', '--profile', 'ci').err).toContain('there is no setpiece.config.yaml here or above');
  });
});
