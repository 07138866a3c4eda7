// Every scenario that ships with the package, on the simulator: what it says is deterministic must hold under every seed.

import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { completeRunOptions, expandRuns, findScenarios, loadFile, runScenario, selectBackend } from '../src/index.ts';
import type { Backend, LoadedScenario, Message, RunRow, ScenarioFinished } from '../src/index.ts';

/** Scenarios that the simulator cannot run, with the reason that it gives. One that is no longer skipped fails here too. */
const skipped: ReadonlyMap<string, string> = new Map();

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
/** Ten runs of the longest scenario take a second; the rest is for slow machines. */
const timeoutMs = 60_000;

interface Runnable {
  readonly name: string;
  readonly loaded: LoadedScenario;
  readonly row: RunRow;
}

const runnable = await loadAll();
let backend: Backend;

beforeAll(async () => {
  backend = await selectBackend({ kind: 'simulator' });
});

describe('a scenario of the package', () => {
  test('has an id that no other has', () => {
    const ids = new Set(runnable.map(({ loaded }) => loaded.scenario.id));
    const files = new Set(runnable.map(({ loaded }) => loaded.scenario.file));

    expect(runnable).not.toHaveLength(0);
    expect(ids.size).toBe(files.size);
  });

  test('says what it shows', () => {
    const silent = runnable.filter(({ loaded: { scenario } }) => !scenario.about || scenario.tags.length === 0);

    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test('is skipped only where the list says so', () => {
    const ids = new Set(runnable.map(({ loaded }) => loaded.scenario.id));

    expect([...skipped.keys()].filter((id) => !ids.has(id))).toEqual([]);
  });
});

const isListed = ({ loaded }: Runnable): boolean => skipped.has(loaded.scenario.id);

describe.each(runnable.filter((one) => !isListed(one)))('$name', ({ loaded, row }) => {
  test('passes under every seed, and not vacuously', { timeout: timeoutMs }, async () => {
    const ends: unknown[] = [];
    for (const seed of seeds) ends.push(endOf(await run(loaded, { row, seed })));

    expect(ends).toEqual(seeds.map((seed) => ({ seed, outcome: 'pass', vacuous: 0, wrong: [] })));
  });

  test('leaves the same trace under the same seed', { timeout: timeoutMs }, async () => {
    const first = await run(loaded, { row, seed: 3 });
    const again = await run(loaded, { row, seed: 3 });

    expect(first.traceHash).toMatch(/^[0-9a-f]{12,}$/);
    expect(again.traceHash).toBe(first.traceHash);
  });
});

test.each(runnable.filter(isListed))(
  '$name is skipped, for the reason that the list gives',
  async ({ loaded, row }) => {
    const { outcome, reason } = await run(loaded, { row, seed: 1 });

    expect({ outcome, reason }).toEqual({ outcome: 'skipped', reason: skipped.get(loaded.scenario.id) });
  },
);

async function loadAll(): Promise<readonly Runnable[]> {
  const found = await findScenarios([fileURLToPath(new URL('../scenarios', import.meta.url))]);
  if (found.kind === 'nothing') throw new Error(found.reason);
  return found.files.flatMap((file): readonly Runnable[] => {
    const read = loadFile(file);
    if (read.kind === 'invalid') throw new Error(`${file} cannot be read\n${read.frames.join('\n')}`);
    const { loaded } = read;
    return expandRuns(loaded.scenario).map((row) => ({
      name: row.row === undefined ? loaded.scenario.id : `${loaded.scenario.id}#${row.row}`,
      loaded,
      row,
    }));
  });
}

async function run(
  loaded: LoadedScenario,
  { row, seed }: { readonly row: RunRow; readonly seed: number },
): Promise<ScenarioFinished & { readonly wrong: readonly string[] }> {
  const wrong: string[] = [];
  const emit = (message: Message): void => {
    if (message.kind !== 'stepFinished') return;
    for (const { outcome, vacuous, word, text, explanation } of message.verdicts) {
      if (outcome !== 'pass') wrong.push(`step ${message.step}: ${word} ${text}: ${explanation?.seen ?? outcome}`);
      else if (vacuous) wrong.push(`step ${message.step}: ${word} ${text}: vacuous`);
    }
  };
  const finished = await runScenario({ loaded, row, backend, options: completeRunOptions({ seed }), emit });
  return { ...finished, wrong };
}

/** The members that tell why, so that a failing test says what `setpiece run` would. */
function endOf({ id, outcome, vacuous, reason, wrong, invariants, problems }: Awaited<ReturnType<typeof run>>) {
  const broken = invariants.filter((verdict) => verdict.outcome !== 'pass').map(({ text }) => text);
  return {
    seed: id.seed,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    vacuous,
    wrong: [...wrong, ...broken, ...problems.map(({ message }) => message)],
  };
}
