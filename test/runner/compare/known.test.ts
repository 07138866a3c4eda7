import { describe, expect, test } from 'vitest';
import { KnownDivergences } from '../../../src/runner/compare/known.ts';
import { readKnownDivergences } from '../../../src/scenario/known-divergences.ts';

const text = `
- scenario: node-*
  backends: simulator, kind
  divergence: pod/web-1 Deleted
  reason: the recorded node came back
- scenario: "*"
  divergence: "* < pod/*"
  reason: any backends
`;

function listOf(source: string): KnownDivergences {
  return new KnownDivergences(readKnownDivergences({ file: 'divergences.yaml', text: source }).entries);
}

describe('known divergences', () => {
  test('an entry is for its scenarios, its two backends in either order, and its subject', () => {
    const list = listOf(text);
    const occurrence = {
      scenario: 'node-failure',
      backends: ['kind', 'simulator'],
      subject: 'pod/web-1 Deleted',
    } as const;

    expect(list.find(occurrence)?.reason).toBe('the recorded node came back');
    expect(list.find({ ...occurrence, scenario: 'scale' })).toBeUndefined();
    expect(list.find({ ...occurrence, backends: ['cluster', 'simulator'] })).toBeUndefined();
    expect(list.find({ ...occurrence, subject: 'pod/web-10 Deleted' })).toBeUndefined();
    expect(list.find({ ...occurrence, subject: 'a b < pod/c Ready' })?.reason).toBe('any backends');
  });

  test('an entry that nothing needed is told, if its scenario was compared', () => {
    const list = listOf(text);

    list.compared('node-failure', ['simulator', 'kind']);

    expect(list.unneeded().map(({ reason }) => reason)).toEqual(['the recorded node came back', 'any backends']);
    expect(listOf(text).unneeded()).toEqual([]);
  });

  test('mistakes in the list are told at their places, all at once', () => {
    const { entries, problems } = readKnownDivergences({
      file: 'divergences.yaml',
      text: '- scenari: a\n  divergence: x\n  reason: y\n- word\n- scenario: b\n  divergence: z\n',
    });

    expect(entries).toEqual([]);
    expect(problems.map(({ code, span, hint }) => [code, span.line, hint])).toEqual([
      ['unknown-member', 1, 'did you mean `scenario`?'],
      ['missing-member', 1, undefined],
      ['wrong-type', 4, undefined],
      ['missing-member', 5, undefined],
    ]);
    expect(readKnownDivergences({ file: 'd.yaml', text: 'a: b' }).problems).toMatchObject([{ code: 'wrong-type' }]);
    expect(readKnownDivergences({ file: 'd.yaml', text: '# nothing yet\n' })).toEqual({ entries: [], problems: [] });
  });
});
