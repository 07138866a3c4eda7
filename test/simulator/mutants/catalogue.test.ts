import { describe, expect, test } from 'vitest';
import { alterationsOf } from '../../../src/simulator/mutants/alterations-of.ts';
import { mutantOf, mutants } from '../../../src/simulator/mutants/catalogue.ts';
import { nodeKind } from '../../../src/simulator/nodes/node.ts';
import { createSimulator } from '../../../src/simulator/simulator.ts';

describe('the catalogue of mutants', () => {
  test('has many, each under an id of its own', () => {
    const ids = mutants.map(({ id }) => id);

    expect(ids.length).toBeGreaterThanOrEqual(60);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z]+(?:-[a-z]+)+$/u.test(id))).toEqual([]);
  });

  test('says of each what it does wrong, and which behaviour that breaks', () => {
    expect(mutants.filter(({ about }) => !/^[A-Z].{30,}\.$/u.test(about))).toEqual([]);
    expect(mutants.filter(({ breaks }) => !/^[A-Z]+(?:-[A-Z]+)*-\d\d$/u.test(breaks))).toEqual([]);
  });

  test('finds one by its id', () => {
    expect(mutantOf('partition-ignored')?.breaks).toBe('STS-PART-01');
    expect(mutantOf('nothing')).toBeUndefined();
  });
});

describe.each(mutants)('$id', (mutant) => {
  test('comes up, and comes to rest', () => {
    const simulator = createSimulator({ seed: 1, freeze: true, alterations: alterationsOf(mutant) });

    expect(simulator.moving()).toEqual([]);
    expect(simulator.store.list(nodeKind).size).toBe(1);
  });

  test('comes up in the same way under the same seed', () => {
    const revisions = [1, 2].map(() => createSimulator({ seed: 4, alterations: alterationsOf(mutant) }).store.revision);

    expect(revisions[0]).toBe(revisions[1]);
  });
});
