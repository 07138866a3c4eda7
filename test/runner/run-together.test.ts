import { describe, expect, test } from 'vitest';
import { loadFile } from '../../src/runner/load-file.ts';
import { touchesCluster } from '../../src/runner/touches-cluster.ts';
import type { PlannedRun } from '../../src/runner/plan-suite.ts';

function planned(file: string): PlannedRun {
  const read = loadFile(`scenarios/lessons/${file}.scenario.yaml`);
  if (read.kind === 'invalid') throw new Error(file);
  return { kind: 'run', loaded: read.loaded, row: { variables: {} }, position: 0 };
}

describe('scenarios that run alone on a real cluster', () => {
  test('are those with volumes made by hand, without a default class, or with nodes that fail', () => {
    expect(touchesCluster(planned('mongodb/scale-out-and-in'))).toBe(true);
    expect(touchesCluster(planned('identity/lost-node-returns'))).toBe(true);
  });

  test('are not those that keep to their namespace', () => {
    expect(touchesCluster(planned('web/ordered-scaling'))).toBe(false);
    expect(touchesCluster(planned('nginx-web/partition'))).toBe(false);
  });
});
