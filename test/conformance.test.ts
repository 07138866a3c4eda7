// The conformance suite as a whole: it passes under every seed, and catalogue and scenarios fit each other.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { completeRunOptions, findScenarios, lintScenario, loadFile, runSuite } from '../src/index.ts';
import type { LoadedScenario, Message } from '../src/index.ts';
import { readCatalogue } from '../src/scenario/guarantees.ts';

const folder = fileURLToPath(new URL('../scenarios', import.meta.url));
const timeoutMs = 60_000;

/** Images that exist in public registries; `.invalid` exists nowhere, which is the point of it. */
const images = /^(?:registry\.k8s\.io\/pause:3\.(?:8|9|10)|busybox:1\.36|example\.invalid\/.+)$/;

const suite = await load('conformance');
const lessons = await load('lessons');
const file = join(folder, 'guarantees.yaml');
const { guarantees, problems } = readCatalogue({ file, text: readFileSync(file, 'utf8') });

describe('the conformance suite', () => {
  test.each([11, 12, 13, 14, 15])('passes under seed %i, and not vacuously', { timeout: timeoutMs }, async (seed) => {
    const messages: Message[] = [];
    const exitCode = await runSuite(
      {
        files: suite.map(({ scenario }) => scenario.file),
        filter: { tags: [] },
        options: completeRunOptions({ seed, strict: true }),
        workers: 1,
      },
      (message) => void messages.push(message),
      new AbortController().signal,
    );
    const ends = messages.flatMap((message) => (message.kind === 'scenarioFinished' ? [message] : []));

    expect(ends.filter(({ outcome, vacuous }) => outcome !== 'pass' || vacuous > 0)).toEqual([]);
    expect(ends.length).toBeGreaterThanOrEqual(suite.length);
    expect(messages[0]).toMatchObject({ kind: 'runStarted', guarantees: [...guarantees.values()] });
    expect(exitCode).toBe(0);
  });

  test('gives nothing to lint', () => {
    expect(suite.flatMap(({ scenario, manifests }) => lintScenario(scenario, manifests))).toEqual([]);
  });

  test('says of each scenario what a student should see, and names what it checks', () => {
    const poor = suite.filter(({ scenario }) => (scenario.about ?? '').length < 80 || namesOf(scenario).length === 0);

    expect(poor.map(({ scenario }) => scenario.id)).toEqual([]);
  });

  test('has scenarios that can be read in a minute', () => {
    const long = suite.filter(({ scenario }) => scenario.source.split('\n').length > 60 || scenario.steps.length > 7);

    expect(long.map(({ scenario }) => scenario.id)).toEqual([]);
  });

  test('has each scenario in the folder of an area that it is about', () => {
    const astray = suite.filter(({ scenario }) => {
      const area = scenario.file.split('/').at(-2);
      return !namesOf(scenario).some((id) => guarantees.get(id)?.area === area);
    });

    expect(astray.map(({ scenario }) => scenario.file)).toEqual([]);
  });

  test('uses no image that a cluster cannot get', () => {
    const texts = suite.flatMap(({ scenario, sources }) => [scenario.source, ...sources.values()]);
    const used = [...texts.join('\n').matchAll(/\b(?:image|main|old|new): "?([a-z][^\s",}]*[:/][^\s",}]+)/g)];

    expect(used.length).toBeGreaterThan(50);
    expect(used.map(([, image = '']) => image).filter((image) => !images.test(image))).toEqual([]);
  });
});

describe('the catalogue of guarantees', () => {
  test('is read without problems, and is no short list', () => {
    expect(problems).toEqual([]);
    expect(guarantees.size).toBeGreaterThanOrEqual(60);
  });

  test('has a scenario of the suite for each of its guarantees', () => {
    const named = new Set(suite.flatMap(({ scenario }) => namesOf(scenario)));

    expect([...guarantees.keys()].filter((id) => !named.has(id))).toEqual([]);
  });

  test('knows every guarantee that a scenario names, lessons included', () => {
    const named = [...suite, ...lessons].flatMap(({ scenario }) => namesOf(scenario));

    expect(named.filter((id) => !guarantees.has(id))).toEqual([]);
  });

  test('says each thing once, in a sentence, with a page of the documentation of Kubernetes', () => {
    const all = [...guarantees.values()];

    expect(new Set(all.map(({ sentence }) => sentence)).size).toBe(all.length);
    expect(all.filter(({ sentence }) => !/^[A-Za-z].*[^.]\.$/.test(sentence))).toEqual([]);
    expect(all.filter(({ documented }) => !documented.startsWith('https://kubernetes.io/docs/'))).toEqual([]);
  });
});

function namesOf({ guarantees: own, steps }: LoadedScenario['scenario']): readonly string[] {
  return [...own, ...steps.flatMap((step) => step.guarantees)];
}

async function load(part: string): Promise<readonly LoadedScenario[]> {
  const found = await findScenarios([join(folder, part)]);
  if (found.kind === 'nothing') throw new Error(found.reason);
  return found.files.map((path) => {
    const read = loadFile(path);
    if (read.kind === 'invalid') throw new Error(read.frames.join('\n'));
    return read.loaded;
  });
}
