// What an exercise.yaml says. Its steps stay a tree with places: they become a scenario when an answer is there.

import type { LocatedMap } from '../located.ts';
import type { Span } from '../model.ts';

/** One text in several languages, by tag: `en`, `zh`. */
export type Translated = ReadonlyMap<string, string>;

/** An exercise.yaml, read and checked. */
export interface ReadExercise {
  /** Kebab-case, unique, stable. */
  readonly id: string;
  /** 1 (easy) to 5 (hard). */
  readonly level: number;
  readonly title: Translated;
  /** Paths of the Markdown files of the task. */
  readonly task: Translated;
  /** What the learner may change. */
  readonly files: readonly ExerciseFile[];
  /** In the order of the steps; a check of the invariants comes last. */
  readonly checks: readonly ExerciseCheck[];
  readonly wrong: readonly WrongAnswer[];
  /** The exercise.yaml as the user named it. */
  readonly file: string;
  /** The text of exercise.yaml, for frames. */
  readonly source: string;
  readonly tree: LocatedMap;
}

/** A file that the learner may change. */
export type ExerciseFile =
  | {
      readonly kind: 'manifest';
      readonly path: string;
      /** Kinds that may stand in it, as `Service`, `StatefulSet.apps`. */
      readonly kinds: readonly string[];
    }
  | {
      readonly kind: 'commands';
      readonly path: string;
      /** Subcommands of kubectl that may stand in it. */
      readonly commands: readonly string[];
    };

/** A graded step, or the graded invariants. */
export interface ExerciseCheck {
  readonly id: string;
  readonly points: number;
  /** Position of its step in the file, from 0; absent for the invariants. */
  readonly step?: number;
  /** What is asked. */
  readonly asks: Translated;
  /** Handed out one by one. */
  readonly hints: readonly Translated[];
  readonly span: Span;
}

/** An answer that must not pass. */
export interface WrongAnswer {
  /** Name of its folder below `wrong/`. */
  readonly answer: string;
  /** Checks that it fails, exactly these; absent where it is refused. */
  readonly fails?: readonly string[];
  /** What the API refuses it with. */
  readonly refused?: { readonly reason?: string; readonly code?: number; readonly message?: string };
  readonly because: Translated;
  readonly span: Span;
}
