// Makes a scenario of an exercise and an answer to it: the learner's steps stand in the places of `answer:`. All else keeps
// its place in exercise.yaml.

import { memberOf, itemsOf, textOf } from '../located.ts';
import type { Located, LocatedEntry, LocatedMap } from '../located.ts';
import type { ReadExercise } from './model.ts';

/** A step of the learner: its verb, and what must be seen before the next command, where the command waits itself. */
export interface AnswerStep {
  readonly name: string;
  /** A verb of the language with its argument; absent: nothing is sent. */
  readonly verb?: { readonly name: string; readonly argument: Located };
  /** Stands when the step is not the last one of its answer, which has the exercise's own expectations. */
  readonly expect?: Located;
  /** It only waits: needless where it would be the last. */
  readonly waits?: true;
  /** A target that selects nothing is no mistake: nothing is sent. */
  readonly mayBeEmpty?: true;
  /** Labels and annotations that are there already are not changed. */
  readonly keepsValues?: true;
  /** What is said when the step's `never` fails, and of which object: a command that refuses to wait. */
  readonly refusal?: { readonly of: string; readonly message: string };
}

/** Where a step of the composed scenario comes from. */
export interface StepOrigin {
  /** Position in exercise.yaml. */
  readonly step: number;
  /** Path of the learner's file, where the step is theirs. */
  readonly answer?: string;
  /** Number of the learner's step in that file, from 0. */
  readonly part?: number;
}

/** A scenario as a tree, and the origin of each of its steps. */
export interface ComposedScenario {
  readonly tree: LocatedMap;
  readonly origins: readonly StepOrigin[];
}

const ofScenario: ReadonlySet<string> = new Set(['about', 'tags', 'guarantees', 'needs', 'with', 'objects']);

/** Composes; `answers` are the learner's steps by path of their file. */
export function composeScenario(
  { tree, id }: Pick<ReadExercise, 'tree' | 'id'>,
  answers: ReadonlyMap<string, readonly AnswerStep[]>,
): ComposedScenario {
  const composed = itemsOf(memberOf(tree, 'steps')).flatMap((node, step) => stepsOf(node, step, answers));
  const entries: LocatedEntry[] = [{ key: 'scenario', keySpan: tree.span, value: text(id, tree.span) }];
  for (const entry of tree.entries) {
    if (ofScenario.has(entry.key)) entries.push(entry);
    if (entry.key === 'invariants' && entry.value.kind === 'map') {
      const words = entry.value.entries.filter(({ key }) => key !== 'check');
      entries.push({ ...entry, value: { ...entry.value, entries: words } });
    }
    if (entry.key === 'steps') {
      entries.push({
        ...entry,
        value: { kind: 'list', items: composed.map(({ node }) => node), span: entry.value.span },
      });
    }
  }
  return { tree: { ...tree, entries }, origins: composed.map(({ origin }) => origin) };
}

interface ComposedStep {
  readonly node: Located;
  readonly origin: StepOrigin;
}

function stepsOf(
  node: Located,
  step: number,
  answers: ReadonlyMap<string, readonly AnswerStep[]>,
): readonly ComposedStep[] {
  if (node.kind !== 'map') return [{ node, origin: { step } }];
  const path = textOf(memberOf(node, 'answer'));
  const own = node.entries.filter(({ key }) => key !== 'check' && key !== 'answer');
  if (path === undefined) return [{ node: { ...node, entries: own }, origin: { step } }];
  const parts = answers.get(path) ?? [];
  // The exercise waits itself for what it wants to see, and wants to see it happen.
  const last = parts.findLastIndex(({ waits }) => waits !== true);
  if (last < 0) return [{ node: { ...node, entries: own }, origin: { step, answer: path } }];
  return parts.slice(0, last + 1).map((answer, part) => ({
    node: { ...node, entries: [...(part === last ? named(own, node, path) : before(answer, node)), ...verbOf(answer)] },
    origin: { step, answer: path, part },
  }));
}

/** What the exercise says of its step, with a name where it has none. */
function named(own: readonly LocatedEntry[], { span }: LocatedMap, path: string): readonly LocatedEntry[] {
  if (own.some(({ key }) => key === 'name')) return own;
  return [{ key: 'name', keySpan: span, value: text(escapeDollars(path), span) }, ...own];
}

function before({ name, expect }: AnswerStep, { span }: LocatedMap): readonly LocatedEntry[] {
  const head = { key: 'name', keySpan: span, value: text(escapeDollars(name), span) };
  return expect === undefined ? [head] : [head, { key: 'expect', keySpan: span, value: expect }];
}

function verbOf({ verb }: AnswerStep): readonly LocatedEntry[] {
  return verb === undefined ? [] : [{ key: verb.name, keySpan: verb.argument.span, value: verb.argument }];
}

/** What learners write holds no variables of the exercise. */
export function escapeDollars(written: string): string {
  return written.replaceAll('$', '$$$$');
}

function text(value: string, span: Located['span']): Located {
  return { kind: 'scalar', value, source: value, plain: false, span };
}
