// Makes steps of a learner's files, or tells at which lines they cannot be used. Nothing of them is run here.

import { readManifests } from '../../scenario/manifests.ts';
import { locate } from '../../scenario/located.ts';
import { escapeDollars } from '../../scenario/exercise/compose-scenario.ts';
import { kib, refuseText } from '../../scenario/yaml/text-guards.ts';
import { readCommandList } from './commands/read-command-list.ts';
import type { AnswerStep } from '../../scenario/exercise/compose-scenario.ts';
import type { LocatedManifest } from '../../scenario/manifests.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { CommandList } from './commands/read-command-list.ts';
import type { AnswerFiles, AnswerProblem, Exercise, ExerciseFile } from './exercise.ts';

/** What the files come to. */
export interface AnswerPlan {
  /** Steps by path of the learner's file. */
  readonly steps: ReadonlyMap<string, readonly AnswerStep[]>;
  /** Command lists by path. */
  readonly lists: ReadonlyMap<string, CommandList>;
  /** Objects of the manifests by path. */
  readonly manifests: ReadonlyMap<string, readonly LocatedManifest[]>;
  readonly problems: readonly AnswerProblem[];
}

/** Largest file of a learner, bytes: manifests of exercises have a few hundred. */
const sizeMax = 128 * 1024;
/** More objects than this are no answer. */
const objectsMax = 100;

/** The folder under which the scenario of an exercise finds the learner's manifests; no file of the exercise is there. */
export const answerFolder = '.answer';

/** Reads all files of an answer. */
export function planAnswer({ files }: Pick<Exercise, 'files'>, texts: AnswerFiles): AnswerPlan {
  const steps = new Map<string, readonly AnswerStep[]>();
  const lists = new Map<string, CommandList>();
  const manifests = new Map<string, readonly LocatedManifest[]>();
  const problems: AnswerProblem[] = [];
  for (const file of files) {
    const text = texts.get(file.path);
    const refusal = text === undefined ? `there is no file ${file.path}` : refusalOf(text);
    if (text === undefined || refusal !== undefined) {
      problems.push({ file: file.path, line: 0, column: 0, severity: 'error', message: refusal ?? '' });
    } else if (file.kind === 'manifest') {
      const read = readManifestAnswer(file, text);
      problems.push(...read.problems);
      manifests.set(file.path, read.objects);
      steps.set(file.path, read.objects.length === 0 ? [] : [applyStep(file.path, text)]);
    } else {
      const own = files.flatMap(({ kind, path }) => (kind === 'manifest' ? [path] : []));
      const list = readCommandList({
        file: file.path,
        text,
        allowed: file.commands,
        manifests: own,
        pathOf: (path) => `${answerFolder}/${path}`,
      });
      problems.push(...list.problems);
      lists.set(file.path, list);
      steps.set(file.path, list.steps);
    }
  }
  return { steps, lists, manifests, problems };
}

function refusalOf(text: string): string | undefined {
  if (text.length > sizeMax) return `the file is larger than ${kib(sizeMax)}`;
  return refuseText(text, sizeMax)?.message;
}

function applyStep(path: string, text: string): AnswerStep {
  const span = { file: path, line: 1, column: 1, start: 0, end: text.length };
  return {
    name: `apply ${path}`,
    // As `kubectl apply` does it, which learners have in front of them: unknown fields are told, what was left out is taken away.
    verb: {
      name: 'apply',
      argument: locate({ file: escapeDollars(`${answerFolder}/${path}`), as: 'client' }, span),
    },
  };
}

function readManifestAnswer(
  file: ExerciseFile & { readonly kind: 'manifest' },
  text: string,
): { readonly objects: readonly LocatedManifest[]; readonly problems: readonly AnswerProblem[] } {
  const { objects, problems } = readManifests({ file: file.path, text });
  if (objects.length === 0 && problems.every(isEmptiness)) {
    const message = 'the file holds no object yet: nothing is applied';
    return { objects, problems: [{ file: file.path, line: 0, column: 0, severity: 'note', message }] };
  }
  const others = objects.flatMap((object) => [...kindProblem(file, object), ...namespaceProblem(object)]);
  const many =
    objects.length > objectsMax
      ? [problemOf(objects[objectsMax]!, `more than ${objectsMax} objects are no answer`)]
      : [];
  return { objects, problems: [...problems.map(answerProblem), ...others, ...many] };
}

/** The reader's only problem with a file of comments. */
function isEmptiness({ message }: Problem): boolean {
  return message === 'the file holds no object';
}

function kindProblem(
  { kinds }: ExerciseFile & { readonly kind: 'manifest' },
  object: LocatedManifest,
): readonly AnswerProblem[] {
  const { kind } = object.manifest;
  // A kind in the wrong group or version is a mistake that the API answers better.
  if (kinds.some((allowed) => allowed.split('.')[0] === kind)) return [];
  const wanted = kinds.map((allowed) => allowed.split('.')[0]).join(', ');
  return [
    problemOf(object, `a ${shorten(kind)} is not asked for here`, `kinds that may stand in this file: ${wanted}`),
  ];
}

/** The run gives the namespace; a manifest that names another would not go there. */
function namespaceProblem(object: LocatedManifest): readonly AnswerProblem[] {
  const namespace: unknown = object.manifest.metadata?.namespace;
  if (namespace === undefined || namespace === null || namespace === 'default') return [];
  const message = `there is no namespace ${shorten(JSON.stringify(namespace))}: an exercise has one`;
  return [problemOf(object, message, 'leave `metadata.namespace` out')];
}

function problemOf({ span }: LocatedManifest, message: string, hint?: string): AnswerProblem {
  const { file, line, column } = span;
  return { file, line, column, severity: 'error', message, ...(hint === undefined ? {} : { hint }) };
}

function shorten(word: string): string {
  return word.length > 40 ? `${word.slice(0, 39)}…` : word;
}

/** A problem of a reader as a learner sees it. */
export function answerProblem({ span, message, hint }: Problem): AnswerProblem {
  const { file, line, column } = span;
  return { file, line, column, severity: 'error', message, ...(hint === undefined ? {} : { hint }) };
}
