import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildPackage } from './built-package.ts';
import { Desk } from './desk.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 200_000 });

let desk: Desk;

beforeAll(() => {
  buildPackage();
  desk = new Desk();
  for (const name of ['a', 'b', 'c', 'd', 'e']) desk.scenario(name, 'settled: { statefulset/web: Ready }');
});
afterAll(() => desk.clear());

function idsOf(out: string): readonly string[] {
  return [...out.matchAll(/^✓ (\S+)/gm)].map(([, id = '']) => id);
}

describe('--shard', () => {
  test('all shares together are all runs, each once', () => {
    const shares = [1, 2, 3].map((number) => idsOf(desk.call('run', '--shard', `${number}/3`).out));

    expect(shares).toEqual([['a', 'd'], ['b', 'e'], ['c']]);
  });

  test('a share without runs passes; a share that cannot be is a usage error', () => {
    expect(desk.call('run', 'a.scenario.yaml', '--shard', '2/2').code).toBe(0);
    expect(desk.call('run', '--shard', '3/2')).toMatchObject({ code: 2 });
    expect(desk.call('run', '--shard', '0/2').err).toContain('2/5: the second of five');
  });
});

describe('--list and --list-images', () => {
  test('show what would run, and where it is', () => {
    const { code, out } = desk.call('run', '--list', '--grep', '^[ab] ');

    expect(code).toBe(0);
    expect(out).toBe('a.scenario.yaml:1  a  about a\nb.scenario.yaml:1  b  about b\n\n2 runs of 5 files\n');
  });

  test('images of manifests, changes and steps, none that is there to be missing', () => {
    desk.write(
      'images/x.scenario.yaml',
      `scenario: x
title: x
steps:
  - name: start
    apply: { file: ../web.yaml, change: { sts/web: { spec: { template: { spec: { initContainers: [ { name: i, image: busybox:1 } ] } } } } } }
  - name: update
    setImage: { target: sts/web, containers: { nginx: nginx:2 } }
  - name: patch
    patch: { target: sts/web, json: [ { op: replace, path: /spec/template/spec/containers/0/image, value: nginx:3 } ] }
  - name: broken
    setImage: { target: sts/web, containers: { nginx: example.invalid/no:1 } }
`,
    );

    const { code, out } = desk.call('run', 'images', '--list-images');

    expect([code, out]).toEqual([0, 'busybox:1\nnginx:1.27\nnginx:2\nnginx:3\n']);
  });

  test('a file that cannot be read is told, with exit code 2', () => {
    desk.write('bad/bad.scenario.yaml', 'scenario: bad\n');

    const { code, err } = desk.call('run', 'bad', '--list');

    expect(code).toBe(2);
    expect(err).toContain('missing-member');
  });
});

test('--retries is refused on the simulator, where another try is the same', () => {
  expect(desk.call('run', '--retries', '2')).toMatchObject({
    code: 2,
    err: 'error: the simulator gives the same run for the same seed; --retries is for real clusters\n',
  });
});

describe('--watch', () => {
  test('runs again what a changed scenario or manifest touches, and nothing else', async () => {
    const place = new Desk();
    place.scenario('one', 'settled: { statefulset/web: Ready }');
    place.scenario('two', 'settled: { statefulset/web: Ready }');
    const watching = new Watching(place);
    try {
      await watching.said('waiting for changes', 1);
      place.write('two.scenario.yaml', place.read('two.scenario.yaml').replace('about two', 'about 2'));
      await watching.said('waiting for changes', 2);
      place.write('web.yaml', `${place.read('web.yaml')}# more\n`);
      await watching.said('waiting for changes', 3);
      place.write('three.scenario.yaml', 'scenario: three\n');
      await watching.said('waiting for changes', 4);

      const [, second = '', third = '', fourth = ''] = watching.out.split('changed: ');
      expect([second, third].map((text) => [text.split('\n')[0], idsOf(text)])).toEqual([
        ['two.scenario.yaml', ['two']],
        ['web.yaml', ['one', 'two']],
      ]);
      expect(fourth).toContain('missing-member');
      expect(await watching.end()).toBe(0);
    } finally {
      await watching.end();
      place.clear();
    }
  });
});

class Watching {
  out = '';
  readonly #child;
  readonly #ended: Promise<number | null>;

  constructor(place: Desk) {
    this.#child = place.start('run', '.', '--watch');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    }
    this.#ended = new Promise((resolve) => this.#child.on('exit', resolve));
  }

  async said(text: string, times: number): Promise<void> {
    const seen = (): void => {
      const count = this.out.split(text).length - 1;
      if (count !== times) throw new Error(`"${text}" was said ${count} times, not ${times}:\n${this.out}`);
    };
    await vi.waitFor(seen, { timeout: 20_000, interval: 20 });
  }

  end(): Promise<number | null> {
    this.#child.kill('SIGINT');
    return this.#ended;
  }
}
