// The suite can fail: every mutant is noticed by a scenario of it, and every scenario notices a mutant. `test/fixtures/mutants.json`
// says which pair shows it, so that this costs a second rather than the minute of the whole matrix; `setpiece mutate --json FILE`
// says what to write there.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { completeRunOptions, expandRuns, findScenarios, loadFile, runScenario, selectBackend } from '../src/index.ts';
import { mutants } from '../src/simulator/mutants/catalogue.ts';
import type { LoadedScenario, ScenarioFinished } from '../src/index.ts';

/** Mutants that no scenario of the suite notices, and why. One that is noticed by now fails here too. */
const survivors: ReadonlyMap<string, string> = new Map();

/** Scenarios of the suite that notice no mutant, and why. */
const idle: ReadonlyMap<string, string> = new Map();

const noticed = JSON.parse(
  readFileSync(fileURLToPath(new URL('fixtures/mutants.json', import.meta.url)), 'utf8'),
) as Readonly<Record<string, readonly string[]>>;
const suite = await load();
const pairs = Object.entries(noticed).flatMap(([scenario, ids]) => ids.map((mutant) => ({ scenario, mutant })));
/** The outcomes that make a run red. */
const red = ['fail', 'inconclusive', 'error'];
const timeoutMs = 60_000;

describe('the conformance suite', () => {
  test('notices every mutant but those of the list', () => {
    const known = new Set([...pairs.map(({ mutant }) => mutant), ...survivors.keys()]);

    expect(mutants.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([]);
    expect([...known].filter((id) => !mutants.some((mutant) => mutant.id === id))).toEqual([]);
  });

  test('has no scenario that notices nothing, but those of the list', () => {
    const known = new Set([...Object.keys(noticed), ...idle.keys()]);

    expect([...suite.keys()].filter((id) => !known.has(id))).toEqual([]);
    expect([...known].filter((id) => !suite.has(id))).toEqual([]);
  });
});

describe.each(pairs)('$scenario notices $mutant', ({ scenario, mutant }) => {
  test('in the same way each time', { timeout: timeoutMs }, async () => {
    const right = await runs(scenario);
    const first = await runs(scenario, mutant);
    const again = await runs(scenario, mutant);

    expect(right.map(({ outcome }) => outcome)).toEqual(right.map(() => 'pass'));
    expect(first.some(({ outcome, bug }) => red.includes(outcome) && bug !== true)).toBe(true);
    expect(first.map(({ traceHash }) => traceHash)).not.toEqual(right.map(({ traceHash }) => traceHash));
    expect(again.map(({ traceHash }) => traceHash)).toEqual(first.map(({ traceHash }) => traceHash));
  });
});

describe.each([...survivors.keys()])('%s', (mutant) => {
  test('survives, as the list says', { timeout: timeoutMs }, async () => {
    const killers: string[] = [];
    for (const scenario of suite.keys()) {
      const ends = await runs(scenario, mutant);
      if (ends.some(({ outcome }) => red.includes(outcome))) killers.push(scenario);
    }

    expect(killers).toEqual([]);
  });
});

/** Runs all rows of a scenario. */
async function runs(scenario: string, mutant?: string): Promise<readonly ScenarioFinished[]> {
  const loaded = suite.get(scenario);
  if (loaded === undefined) throw new Error(`there is no scenario ${scenario}`);
  const options = completeRunOptions({
    seed: 1,
    backend: { kind: 'simulator', ...(mutant === undefined ? {} : { mutant }) },
  });
  const backend = await selectBackend(options.backend);
  const ends: ScenarioFinished[] = [];
  const emit = (): void => undefined;
  for (const row of expandRuns(loaded.scenario)) ends.push(await runScenario({ loaded, row, backend, options, emit }));
  return ends;
}

async function load(): Promise<ReadonlyMap<string, LoadedScenario>> {
  const found = await findScenarios([fileURLToPath(new URL('../scenarios/conformance', import.meta.url))]);
  if (found.kind === 'nothing') throw new Error(found.reason);
  return new Map(
    found.files.map((file) => {
      const read = loadFile(file);
      if (read.kind === 'invalid') throw new Error(read.frames.join('\n'));
      return [read.loaded.scenario.id, read.loaded];
    }),
  );
}
