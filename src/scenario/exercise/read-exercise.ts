// Reads an exercise.yaml: text in, a checked exercise and all problems of the file out. Never throws. Its steps are read
// when an answer has made a scenario of them.

import { posix } from 'node:path';

import { closest } from '../../kubernetes/did-you-mean.ts';
import { bindTexts } from '../bind/step.ts';
import { contextOf } from '../bind.ts';
import { addWrongType, checkMap } from '../check-shape.ts';
import { isExercise } from '../generated/validators.js';
import { entryOf, itemsOf, memberOf, quote, textOf, toPlain } from '../located.ts';
import type { Located, LocatedEntry, LocatedMap } from '../located.ts';
import { ProblemList } from '../problem-list.ts';
import type { Problem } from '../problem.ts';
import { readTree } from '../yaml/read-tree.ts';
import type { ExerciseFile, ReadExercise, WrongAnswer } from './model.ts';
import { readChecks } from './read-checks.ts';
import { readTranslated } from './read-translated.ts';

const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Reads an exercise; it is there when it has no problem. */
export function readExercise({ file, text }: { readonly file: string; readonly text: string }): {
  readonly exercise?: ReadExercise;
  readonly problems: readonly Problem[];
} {
  const problems = new ProblemList();
  const tree = readTree({ file, text }, problems);
  if (tree === undefined || (tree.kind === 'scalar' && tree.value === null)) {
    if (problems.size === 0) {
      const span = { file, line: 1, column: 1, start: 0, end: 0 };
      problems.add('empty-file', { span }, 'the file holds no exercise', 'it begins with `exercise: some-id`');
    }
    return { problems: problems.sorted };
  }
  const map = checkMap({ node: tree, name: 'an exercise', validator: isExercise }, problems);
  if (map === undefined) return { problems: problems.sorted };
  const exercise = makeExercise(map, { file, text }, problems);
  return problems.size === 0 ? { exercise, problems: [] } : { problems: problems.sorted };
}

function makeExercise(
  tree: LocatedMap,
  { file, text }: { readonly file: string; readonly text: string },
  problems: ProblemList,
): ReadExercise {
  const id = memberOf(tree, 'exercise');
  checkId(id, 'an exercise', problems);
  const level = memberOf(tree, 'level');
  const files = itemsOf(memberOf(tree, 'files')).flatMap((node) => readFile(node, { file, tree }, problems));
  const checks = readChecks(tree, problems);
  if (checks.length === 0)
    problems.add('missing-member', entryPlace(tree, 'steps'), 'no step has a `check`: nothing gives points');
  // What a broken file is called nobody knows.
  if (problems.size === 0) checkAnswers(tree, files, problems);
  const wrong = itemsOf(memberOf(tree, 'wrong')).flatMap((node) => readWrong(node, problems));
  checkWrong(wrong, new Set(checks.map((check) => check.id)), problems);
  return {
    id: textOf(id) ?? '',
    level: level?.kind === 'scalar' && typeof level.value === 'number' ? level.value : 1,
    title: readTranslated(memberOf(tree, 'title')),
    task: readPaths(memberOf(tree, 'task'), problems),
    files,
    checks,
    wrong,
    file,
    source: text,
    tree,
  };
}

function entryPlace(tree: LocatedMap, name: string): Located | { readonly keyOf: LocatedEntry } {
  const entry = entryOf(tree, name);
  return entry === undefined ? tree : { keyOf: entry };
}

function checkId(node: Located | undefined, what: string, problems: ProblemList): void {
  const id = textOf(node);
  if (node === undefined || id === undefined || kebab.test(id)) return;
  problems.add('bad-id', node, `the id of ${what} is kebab-case, ${quote(id)} is not`);
}

function readPaths(node: Located | undefined, problems: ProblemList): ReadExercise['task'] {
  if (node?.kind === 'map') for (const { value } of node.entries) checkPath(value, problems);
  return readTranslated(node);
}

/** Paths stay in their folder: they are joined to the exercise's and to the learner's. */
function checkPath(node: Located | undefined, problems: ProblemList): void {
  const path = textOf(node);
  if (node === undefined || path === undefined) return;
  const clean = posix.normalize(path) === path && !posix.isAbsolute(path) && !path.startsWith('..');
  if (clean && path !== '.' && !path.includes('\\')) return;
  problems.add('path-outside-project', node, `${quote(path)} is no path of a file below this folder`);
}

function readFile(
  node: Located,
  where: { readonly file: string; readonly tree: LocatedMap },
  problems: ProblemList,
): readonly ExerciseFile[] {
  const pathNode = memberOf(node, 'path');
  const path = textOf(pathNode);
  if (path === undefined) return [];
  checkPath(pathNode, problems);
  const silent = contextOf(where, { variables: {}, problems: new ProblemList() });
  const kinds = memberOf(node, 'kinds');
  const commands = memberOf(node, 'commands');
  if ((kinds === undefined) === (commands === undefined)) {
    problems.add('missing-member', node, 'a file has either `kinds` (a manifest) or `commands` (kubectl lines)');
    return [];
  }
  return kinds === undefined
    ? [{ kind: 'commands', path, commands: bindTexts(commands, silent) }]
    : [{ kind: 'manifest', path, kinds: bindTexts(kinds, silent) }];
}

function checkAnswers(tree: LocatedMap, files: readonly ExerciseFile[], problems: ProblemList): void {
  const paths = files.map(({ path }) => path);
  const used = new Set<string>();
  for (const step of itemsOf(memberOf(tree, 'steps'))) {
    const entry = entryOf(step, 'answer');
    if (entry === undefined) continue;
    const path = textOf(entry.value);
    if (path === undefined) addWrongType(entry.value, '`answer` is the path of one of the `files`', problems);
    else if (paths.includes(path)) used.add(path);
    else {
      const near = closest(path, paths);
      const meant = near === undefined ? '' : `; did you mean \`${near}\`?`;
      problems.add('wrong-value', entry.value, `${quote(path)} is none of the \`files\`${meant}`);
    }
    const each = entryOf(step, 'each');
    if (each !== undefined) problems.add('wrong-value', { keyOf: each }, 'a step with `answer` has no rows');
  }
  if (used.size > 0 || problems.size > 0) return;
  problems.add('missing-member', entryPlace(tree, 'steps'), 'no step has an `answer`: the learner does nothing');
}

function readWrong(node: Located, problems: ProblemList): readonly WrongAnswer[] {
  const answerNode = memberOf(node, 'answer');
  const answer = textOf(answerNode);
  if (answer === undefined) return [];
  checkId(answerNode, 'a wrong answer', problems);
  const fails = memberOf(node, 'fails');
  const refused = memberOf(node, 'refused');
  if (fails === undefined && refused === undefined)
    problems.add('missing-member', node, 'a wrong answer says what it `fails`, or how it is `refused`');
  return [
    {
      answer,
      ...(fails === undefined ? {} : { fails: itemsOf(fails).flatMap((item) => textOf(item) ?? []) }),
      ...(refused?.kind === 'map' ? { refused: toPlain(refused) as NonNullable<WrongAnswer['refused']> } : {}),
      because: readTranslated(memberOf(node, 'because')),
      span: node.span,
    },
  ];
}

function checkWrong(wrong: readonly WrongAnswer[], ids: ReadonlySet<string>, problems: ProblemList): void {
  const seen = new Set<string>();
  for (const { answer, fails = [], span } of wrong) {
    if (seen.has(answer)) problems.add('wrong-value', { span }, `the wrong answer ${quote(answer)} stands here twice`);
    seen.add(answer);
    for (const id of fails) {
      if (ids.has(id)) continue;
      const near = closest(id, [...ids]);
      const meant = near === undefined ? '' : `; did you mean \`${near}\`?`;
      problems.add('wrong-value', { span }, `\`fails\` names ${quote(id)}, which is no check${meant}`);
    }
  }
}
