import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { planSuite } from '../../src/runner/plan-suite.ts';
import { Catalogues } from '../../src/scenario/catalogues.ts';
import { readCatalogue } from '../../src/scenario/guarantees.ts';
import { loadScenario } from '../../src/scenario/load-scenario.ts';

const entry = (id: string, since = '"1.9"'): string =>
  `  ${id}:\n    sentence: It is so.\n    documented: https://kubernetes.io/docs/\n    since: ${since}\n`;

const read = (text: string) => readCatalogue({ file: 'guarantees.yaml', text });
const told = (text: string) => read(text).problems.map(({ code, span }) => `${span.line} ${code}`);

describe('a catalogue', () => {
  test('holds guarantees by id, each with its area, in written order', () => {
    const { guarantees, problems } = read(`order:\n${entry('b')}${entry('a')}storage:\n${entry('c')}`);

    expect(problems).toEqual([]);
    expect([...guarantees.values()].map(({ area, id }) => `${area}/${id}`)).toEqual([
      'order/b',
      'order/a',
      'storage/c',
    ]);
    expect(guarantees.get('a')).toEqual({
      id: 'a',
      area: 'order',
      sentence: 'It is so.',
      documented: 'https://kubernetes.io/docs/',
      since: '1.9',
    });
  });

  test('reports all mistakes at their places, and keeps what is right', () => {
    const text = `order:\n${entry('fine')}  lonely: { sentence: Yes, since: "1.9" }\n${entry('numbered', '1.10')}  short: text\n`;

    const { guarantees } = read(text);

    expect(told(text)).toEqual(['6 missing-member', '10 number-for-string', '11 wrong-type']);
    expect([...guarantees.keys()]).toEqual(['fine']);
  });

  test('looks at each member by itself', () => {
    const text = 'a:\n  b:\n    sentence: ""\n    documented: nowhere\n    since: one\n';

    expect(told(text)).toEqual(['3 bad-guarantee', '4 bad-guarantee', '5 bad-guarantee']);
  });

  test('gives an id once', () => {
    expect(told(`order:\n${entry('a')}storage:\n${entry('a')}`)).toEqual(['7 bad-guarantee']);
    expect(told(`order:\n${entry('a')}${entry('a')}`)).toEqual(['6 duplicate-key']);
  });

  test('knows the members of an entry', () => {
    expect(told(`order:\n${entry('a')}    sentense: What?\n`)).toEqual(['6 unknown-member']);
    expect(read(`order:\n${entry('a')}    sentense: What?\n`).problems[0]?.message).toContain(
      'did you mean `sentence`?',
    );
  });

  test.each([
    ['an empty text', '', ['1 bad-guarantee']],
    ['a comment', '# nothing\n', ['1 bad-guarantee']],
    ['a list', '- a\n', ['1 wrong-type']],
    ['a list for an area', 'order: [a]\n', ['1 wrong-type']],
    [
      'a list for a member',
      'a:\n  b: { sentence: [x], documented: "https://k.io/x", since: "1.9" }\n',
      ['2 wrong-type'],
    ],
    [
      'an empty sentence',
      'a:\n  b: { sentence: " ", documented: "https://k.io/x", since: "1.9" }\n',
      ['2 bad-guarantee'],
    ],
    ['what is no YAML', 'a: [\n', ['1 yaml-syntax']],
    ['binary data', 'a: \u0000\n', ['1 binary-file']],
    ['an alias', 'a: &x 1\nb: *x\n', ['1 alias-not-allowed', '1 wrong-type', '2 alias-not-allowed']],
  ])('refuses %s', (_, text, problems) => {
    expect(told(text)).toEqual(problems);
  });

  test('is not fooled by the names of an object’s own members', () => {
    const { guarantees, problems } = read(`constructor:\n${entry('constructor')}__proto__:\n${entry('to-string')}`);

    expect(problems).toEqual([]);
    expect([...guarantees.keys()]).toEqual(['constructor', 'to-string']);
  });
});

describe('the catalogue of a scenario', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'setpiece-guarantees-'));
    write('package.json', '{}');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('is the nearest one upwards', () => {
    write('guarantees.yaml', `far:\n${entry('far')}`);
    write('a/guarantees.yaml', `near:\n${entry('near')}`);
    const catalogues = new Catalogues();

    const near = catalogues.of(join(root, 'a/b/c.scenario.yaml'), root);

    expect([...(near?.guarantees.keys() ?? [])]).toEqual(['near']);
    expect([...(catalogues.of(join(root, 'c.scenario.yaml'), root)?.guarantees.keys() ?? [])]).toEqual(['far']);
    expect(catalogues.of(join(root, 'a/d.scenario.yaml'), root)).toBe(near);
  });

  test('is not looked for above the project', () => {
    write('guarantees.yaml', `far:\n${entry('far')}`);
    const inner = join(root, 'inner');

    expect(new Catalogues().of(join(inner, 'c.scenario.yaml'), inner)).toBeUndefined();
    expect(new Catalogues().of(join(root, 'c.scenario.yaml'), inner)).toBeUndefined();
  });

  test('may not be a link that leads out of the project', () => {
    write('guarantees.yaml', `far:\n${entry('far')}`);
    write('inner/a.scenario.yaml', '');
    symlinkSync(join(root, 'guarantees.yaml'), join(root, 'inner/guarantees.yaml'));

    const catalogue = new Catalogues().of(join(root, 'inner/a.scenario.yaml'), join(root, 'inner'));

    expect(catalogue?.problems.map(({ code }) => code)).toEqual(['path-outside-project']);
  });

  test('knows every guarantee that the scenario names; a variable may stand for one', () => {
    write('guarantees.yaml', `order:\n${entry('known')}`);
    const path = scenario('a', { guarantees: '[known]', step: '[known, "$wish", unknwn, knwn]' });

    const { problems, scenario: loaded } = loadScenario(path, root);

    expect(loaded).toBeUndefined();
    expect(problems.map(({ code, span }) => [code, span.line])).toEqual([
      ['unknown-guarantee', 7],
      ['unknown-guarantee', 7],
    ]);
    expect(problems[1]?.message).toContain('did you mean `known`?');
  });

  test('need not exist', () => {
    const path = scenario('a', { guarantees: '[anything]', step: '[at-all]' });

    const { problems, catalogue } = loadScenario(path, root);

    expect(problems).toEqual([]);
    expect(catalogue).toBeUndefined();
  });

  test('is not read for a scenario that names nothing', () => {
    write('guarantees.yaml', 'no catalogue');

    expect(loadScenario(scenario('a', { guarantees: '[]', step: '[]' }), root).catalogue).toBeUndefined();
  });

  test('explains to reports what the scenarios of a run name, each once', () => {
    write('guarantees.yaml', `order:\n${entry('first')}${entry('second')}${entry('third')}`);
    const files = [
      scenario('a', { guarantees: '[third]', step: '[first]' }),
      scenario('b', { guarantees: '[first]', step: '[]' }),
    ];

    const { guarantees } = planSuite(files, { tags: [] });

    expect(guarantees.map(({ id }) => id)).toEqual(['first', 'third']);
  });

  test('is told once when it is broken, before its scenarios', () => {
    write('guarantees.yaml', 'order: [a]');
    const files = ['a', 'b'].map((id) => scenario(id, { guarantees: '[x]', step: '[]' }));

    const { runs, guarantees } = planSuite(files, { tags: [] });

    expect(runs.map((run) => (run.kind === 'run' ? run.loaded.scenario.id : run.file))).toEqual([
      join(root, 'guarantees.yaml'),
      'a',
      'b',
    ]);
    expect(runs[0]).toMatchObject({ kind: 'invalid', problems: [{ code: 'wrong-type' }] });
    expect(guarantees).toEqual([]);
  });

  function write(name: string, text: string): string {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  function scenario(id: string, { guarantees, step }: { readonly guarantees: string; readonly step: string }): string {
    return write(
      `${id}.scenario.yaml`,
      `scenario: ${id}\ntitle: A\nguarantees: ${guarantees}\nwith: { wish: known }\nsteps:\n  - name: one\n    guarantees: ${step}\n    apply: { apiVersion: v1, kind: ConfigMap, metadata: { name: a } }\n`,
    );
  }
});
