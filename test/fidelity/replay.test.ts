import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { compareEntry } from '../../fidelity/compare-entry.ts';
import { Expectations, readExpectations } from '../../fidelity/expectations.ts';
import { hasKubectl } from '../../fidelity/kubectl.ts';
import { recordedKinds } from '../../fidelity/kinds.ts';
import { readFolder, readRecipe } from '../../fidelity/recipe.ts';
import { replay } from '../../fidelity/replay.ts';
import type { Recipe } from '../../fidelity/recipe.ts';
import type { Replay } from '../../fidelity/replay.ts';

const folder = join(import.meta.dirname, '../fixtures/recordings');
const manifests = mkdtempSync(join(tmpdir(), 'setpiece-manifests-'));

afterAll(() => rmSync(manifests, { recursive: true }));

function carryOut(recipe: Recipe, nodes: readonly string[] = []): Promise<Replay> {
  return replay({ recipe, manifests: join(folder, 'recipes'), seed: 7, nodes, kinds: recordedKinds });
}

function recipe(...run: readonly unknown[]): Recipe {
  return readRecipe(JSON.stringify({ name: 'sample', steps: [{ name: 'all', run }] }), 'sample.json');
}

// Recipes are shell lines around kubectl: without it there is nothing to carry out.
describe.skipIf(!hasKubectl())('with kubectl on the PATH', { timeout: 120_000 }, () => {
  test.each(['rejected-updates', 'delete-pod', 'orphan-and-adopt'])(
    'the simulator does what was recorded in %s',
    async (name) => {
      const entry = readFolder(folder).find((each) => each.recipe.name === name)!;
      const expectations = new Expectations(readExpectations(join(folder, 'expected-differences.yaml')));

      const { judged, problems, comparison } = await compareEntry({ entry, folder, expectations, seedsMax: 4 });

      expect([...problems, ...judged.unexpected]).toEqual([]);
      expect(comparison.milestones.compared).toBeGreaterThan(25);
    },
  );

  test('the same seed gives the same recording, whatever the machine does meanwhile', async () => {
    const scaled = recipe('kubectl apply -f web.yaml', 'kubectl rollout status sts/web', 'kubectl delete pod web-1');

    const [first, second] = [await carryOut(scaled), await carryOut(scaled)];

    expect(first.observations.length).toBeGreaterThan(50);
    expect(second).toEqual(first);
  });

  test('commands that wait by the clock wait by the virtual one', async () => {
    const { commands } = await carryOut(recipe('sleep 2m', 'true', { wait: 3000 }, 'true'));

    const [slept, before, after] = commands;
    expect(before!.at - slept!.at).toBeGreaterThanOrEqual(120_000);
    expect(after!.at - before!.at).toBeGreaterThanOrEqual(3000);
  });

  test('a condition that does not come is told, and the recipe goes on', async () => {
    const { problems, commands } = await carryOut(recipe({ until: 'false', for: 5 }, 'echo $NS'));

    expect(problems).toEqual(['within 5 s did not come: false']);
    expect(commands.map(({ stdout }) => stdout)).toEqual(['sample\n']);
  });

  test('a paused node is one that cannot be reached, and docker cannot do what nodes cannot', async () => {
    const ready = `$K get node multi-worker2 -o jsonpath='{.status.conditions[?(@.type=="Ready")].status}'`;

    const { commands, problems } = await carryOut(
      recipe(
        'docker pause multi-worker2',
        { until: `[ "$(${ready})" = Unknown ]`, for: 120 },
        'docker unpause multi-worker2',
        { until: `[ "$(${ready})" = True ]`, for: 120 },
        'docker build .',
      ),
      ['multi-worker', 'multi-worker2'],
    );

    expect(problems).toEqual([]);
    expect(commands.map(({ stdout, code }) => [stdout, code])).toEqual([
      ['kind-worker2\n', 0],
      ['kind-worker2\n', 0],
      ['', 1],
    ]);
  });
});

describe('a folder of recordings', () => {
  test('without recipes is refused', () => {
    expect(() => readFolder(manifests)).toThrow('there is no folder recipes in it');
  });

  test('shows the recipes that have a recording, by name', () => {
    mkdirSync(join(manifests, 'recipes'));
    for (const name of ['b', 'a', 'c']) {
      writeFileSync(join(manifests, 'recipes', `${name}.json`), JSON.stringify({ name, steps: [] }));
      if (name !== 'c') writeFileSync(join(manifests, `${name}.jsonl`), '');
    }

    expect(readFolder(manifests).map((entry) => entry.recipe.name)).toEqual(['a', 'b']);
  });

  test('with a step that is no action is refused by name', () => {
    expect(() => recipe({ sleep: 3 })).toThrow(
      'sample.json: expected a command line, {until, for} or {wait}; found {"sleep":3}',
    );
  });
});
