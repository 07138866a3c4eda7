// Reads the checks of an exercise: those of its steps, and the one of its invariants.

import { addWrongType, checkMap } from '../check-shape.ts';
import { isExerciseCheck, isTranslated } from '../generated/validators.js';
import { entryOf, itemsOf, memberOf, quote, textOf } from '../located.ts';
import type { Located, LocatedEntry, LocatedMap } from '../located.ts';
import type { ProblemList } from '../problem-list.ts';
import type { ExerciseCheck, Translated } from './model.ts';
import { readTranslated } from './read-translated.ts';

/** Checks in the order of the steps, that of the invariants last. */
export function readChecks(tree: LocatedMap, problems: ProblemList): readonly ExerciseCheck[] {
  const ofSteps = itemsOf(memberOf(tree, 'steps')).flatMap((node, step) => {
    const entry = entryOf(node, 'check');
    if (entry === undefined) return [];
    if (memberOf(node, 'expect') === undefined && memberOf(node, 'wait') === undefined)
      problems.add('missing-member', { keyOf: entry }, 'a step with a `check` says what is expected (`expect`)');
    return readCheck(entry, step, problems);
  });
  const invariants = entryOf(memberOf(tree, 'invariants'), 'check');
  const all = [...ofSteps, ...(invariants === undefined ? [] : readCheck(invariants, undefined, problems))];
  const seen = new Set<string>();
  for (const { id, span } of all) {
    if (seen.has(id)) problems.add('wrong-value', { span }, `the check ${quote(id)} is there twice`);
    seen.add(id);
  }
  return all;
}

function readCheck({ value }: LocatedEntry, step: number | undefined, problems: ProblemList): readonly ExerciseCheck[] {
  const map = checkMap({ node: value, name: 'a check', validator: isExerciseCheck }, problems);
  const idNode = memberOf(map, 'id');
  const id = textOf(idNode);
  const points = memberOf(map, 'points');
  if (map === undefined || idNode === undefined || id === undefined || points?.kind !== 'scalar') return [];
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))
    problems.add('bad-id', idNode, `the id of a check is kebab-case, ${quote(id)} is not`);
  return [
    {
      id,
      points: Number(points.value),
      ...(step === undefined ? {} : { step }),
      asks: readTranslated(memberOf(map, 'asks')),
      hints: readHints(memberOf(map, 'hint'), problems),
      span: idNode.span,
    },
  ];
}

function readHints(node: Located | undefined, problems: ProblemList): readonly Translated[] {
  if (node === undefined) return [];
  if (node.kind === 'scalar') addWrongType(node, 'a hint is a map of languages, or a list of such maps', problems);
  return itemsOf(node).flatMap((item) => {
    const map = checkMap({ node: item, name: 'a hint', validator: isTranslated }, problems);
    return map === undefined ? [] : [readTranslated(map)];
  });
}
