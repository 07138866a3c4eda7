import { expect, test } from 'vitest';
import { replayCommand } from '../../src/runner/replay-command.ts';
import { completeRunOptions } from '../../src/runner/run-options.ts';

test('a replay names the file and the seed, and leaves defaults out', () => {
  expect(replayCommand('scenarios/a.scenario.yaml', undefined, completeRunOptions({ seed: 7 }))).toBe(
    'setpiece run scenarios/a.scenario.yaml --seed 7',
  );
});

test('whatever was not the default is repeated', () => {
  const options = completeRunOptions({ seed: 7, patience: 2, quietMs: 1500, nodes: 3, strict: true });

  expect(replayCommand('a.scenario.yaml', 2, options)).toBe(
    'setpiece run a.scenario.yaml --seed 7 --row 2 --patience 2 --quiet 1.5s --nodes 3 --strict',
  );
});

test('a path that a shell would take apart is quoted', () => {
  expect(replayCommand("it's here/a b.yaml", undefined, completeRunOptions())).toBe(
    `setpiece run 'it'\\''s here/a b.yaml' --seed 1`,
  );
});
