import { describe, expect, test } from 'vitest';
import { sayAction } from '../../../src/lessons/from/say-action.ts';
import { admitCommand } from '../../../src/lessons/check/admit/admit-command.ts';
import { kindOfWord } from '../../../src/kubernetes/kinds.ts';
import type { Action, Selection, Span } from '../../../src/scenario/model.ts';

const span: Span = { file: 'x', line: 1, column: 1, start: 0, end: 0 };

function named(word: string, ...names: readonly string[]): Selection {
  return { kind: 'names', of: kindOfWord(word)!.key, names, text: `${word}/${names.join()}`, span };
}

function words(action: Action): readonly string[] | string {
  const said = sayAction(action, {
    names: (selection) => (selection.kind === 'names' ? selection.names : []),
    files: ['a.yaml', 'b.yaml'],
  });
  return said.kind === 'said' ? said.commands : said.kind === 'looks' ? 'looks' : said.reason;
}

const set = named('sts', 'web');

describe('an action in kubectl’s words', () => {
  test.each<[Action, string]>([
    [{ verb: 'apply', sources: [], changes: [], as: 'server', span }, 'apply -f a.yaml -f b.yaml'],
    [{ verb: 'scale', target: set, to: 5, span }, 'scale statefulset web --replicas=5'],
    [
      { verb: 'setImage', target: set, containers: { nginx: 'nginx:1' }, span },
      'set image statefulset web nginx=nginx:1',
    ],
    [
      { verb: 'patch', target: set, type: 'merge', body: { spec: { x: "it's" } }, span },
      `patch statefulset web --type=merge -p '{"spec":{"x":"it'\\''s"}}'`,
    ],
    [{ verb: 'rollout', target: set, undo: { toRevision: 1 }, span }, 'rollout undo statefulset web --to-revision=1'],
    [{ verb: 'rollout', target: set, restart: true, span }, 'rollout restart statefulset web'],
    [
      { verb: 'delete', target: named('pod', 'a', 'b'), graceSeconds: 0, span },
      'delete pod a b --grace-period=0 --force',
    ],
    [{ verb: 'delete', target: set, propagation: 'orphan', span }, 'delete statefulset web --cascade=orphan'],
    [{ verb: 'label', target: set, set: { a: 'b' }, remove: ['c'], span }, 'label statefulset web a=b c- --overwrite'],
    [{ verb: 'cordon', target: named('node', 'n1'), span }, 'cordon n1'],
    [{ verb: 'exec', target: named('pod', 'a'), command: ['sh', '-c', 'echo hi'], span }, "exec a -- sh -c 'echo hi'"],
  ])('%o is said as one command, which may run', (action, command) => {
    expect(words(action)).toEqual([command]);
    expect(admitCommand(`kubectl ${command}`)).toMatchObject({ kind: 'admitted' });
  });

  test('is not said where kubectl has no word for it', () => {
    expect(words({ verb: 'advance', ms: 1, span })).toMatch(/not by kubectl/);
    expect(words({ verb: 'recover', target: set, span })).toMatch(/not by kubectl/);
    expect(words({ verb: 'delete', target: set, preconditions: { uid: 'x' }, span })).toBe(
      'a deletion with preconditions',
    );
    expect(words({ verb: 'resolve', name: 'x', type: 'A', span })).toBe('looks');
  });
});
