// What an exercise is once it is read, and what an answer to it comes to. Plain data: the command line prints it, a page shows it.

import type { BackendOptions } from '../../backends/backend-options.ts';
import type { Explanation, Outcome } from '../../expectations/verdict.ts';
import type { Message } from '../../runner/messages.ts';
import type { ExerciseFile, ReadExercise, Translated } from '../../scenario/exercise/model.ts';
import type { Problem } from '../../scenario/problem.ts';

export type { ExerciseCheck, ExerciseFile, Translated, WrongAnswer } from '../../scenario/exercise/model.ts';

/** Texts of files by their path in the learner's folder, as `files` of the exercise names them. */
export type AnswerFiles = ReadonlyMap<string, string>;

/**
 * An exercise with its texts. `id`, `level`, `title`, `files`, `checks` (each with `id`, `points`, `asks`, `hints`) and `wrong`
 * come from its exercise.yaml; texts in several languages are maps from the language's tag to the text.
 */
export interface Exercise extends ReadExercise {
  /** Path of the exercise's folder, as the user named it. */
  readonly folder: string;
  /** Name of that folder: `03-ordered-start`. */
  readonly name: string;
  /** Sum of the points of all checks. */
  readonly max: number;
  /** Markdown of the task, by language. */
  readonly tasks: Translated;
  /** The files as handed out. */
  readonly start: AnswerFiles;
  readonly solution: AnswerFiles;
  /** By the name of the wrong answer; complete, what it leaves alone is the solution's. */
  readonly wrongFiles: ReadonlyMap<string, AnswerFiles>;
}

/** What a folder of exercises holds, by level, then by name of the folder. */
export interface ExerciseFolder {
  readonly exercises: readonly Exercise[];
  readonly broken: readonly BrokenExercise[];
}

/** An exercise that cannot be used: a mistake of its author. */
export interface BrokenExercise {
  readonly folder: string;
  readonly problems: readonly Problem[];
  /** One text a problem, with its frame. */
  readonly frames: readonly string[];
}

/** An answer, and how it is to be judged. */
export interface Answer {
  readonly files: AnswerFiles;
  /** Of the texts of the grade; falls back to English, then to the first language. Default `en`. */
  readonly language?: string;
  /** One run each; a check passes when it passes in all. Default 1, 2, 3 on the simulator, 1 elsewhere. */
  readonly seeds?: readonly number[];
  /** Default: the simulator. */
  readonly backend?: BackendOptions;
  readonly signal?: AbortSignal;
  /** What making the backend tells. */
  readonly onProgress?: (text: string) => void;
}

/** What an answer came to. */
export interface Grade {
  readonly exercise: string;
  readonly language: string;
  /**
   * `graded`: the checks were judged. `unreadable`: the files cannot be used, nothing was run, all checks are `notJudged`.
   * `failed`: the environment (or the exercise, or setpiece) failed, not the learner; `reason` says how.
   */
  readonly kind: 'graded' | 'unreadable' | 'failed';
  /** All checks passed. */
  readonly passed: boolean;
  readonly points: number;
  readonly max: number;
  /** In the order of the exercise. */
  readonly checks: readonly CheckResult[];
  /** What is wrong with the learner's files, at their lines; of a `graded` answer: remarks that are no mistakes. */
  readonly problems: readonly AnswerProblem[];
  /** What the API refused, in its own words. */
  readonly refused: readonly RefusedAnswer[];
  /** The learner's command lines and what became of each. */
  readonly commands: readonly CommandResult[];
  /** Why the grading failed. */
  readonly reason?: string;
  /** `bug`: setpiece broke. `exercise`: its own steps did not do what they should. `interrupted`: the signal came. */
  readonly cause?: 'environment' | 'exercise' | 'bug' | 'interrupted';
  /** Steps of the exercise itself, behind no check, that did not pass: `volumes are there: …`. */
  readonly remarks: readonly string[];
  /** Such steps behind a check that did not pass: no fault of the exercise, they could not be tried. */
  readonly untried: readonly UntriedStep[];
  /** Of the run that is shown (the first that did not pass all checks, else the first), with its records: for a timeline. */
  readonly messages: readonly Message[];
  readonly seeds: readonly number[];
  readonly realMs: number;
}

/** A step of the exercise itself that had no chance. */
export interface UntriedStep {
  /** Its name. */
  readonly step: string;
  /** The first check before it that did not pass. */
  readonly check: string;
}

/** One check, judged. */
export interface CheckResult {
  readonly id: string;
  readonly outcome: Outcome | 'notJudged';
  /** Points that were got. */
  readonly points: number;
  readonly max: number;
  /** What is asked, in the language of the grade. */
  readonly asks: string;
  /** How many hints there are. */
  readonly hints: number;
  /** The seed of the run that is told; a check can pass with one and fail with another. */
  readonly seed?: number;
  /** Number of the step in the run of `messages`, from 0. */
  readonly step?: number;
  /** What did not pass, one entry each: expected, seen and the shortest history that shows it. */
  readonly faults: readonly CheckFault[];
}

/** One expectation of a check that did not pass. */
export interface CheckFault {
  /** `order`, `settled`, …; `accepted`: a request was refused. */
  readonly word: string;
  readonly outcome: Outcome;
  /** One sentence. */
  readonly expected: string;
  /** One sentence. */
  readonly seen: string;
  readonly atMs: number;
  /** All of the verdict's reasons, with `history` as a small timeline. */
  readonly explanation?: Explanation;
}

/** A mistake in the learner's files. */
export interface AnswerProblem {
  readonly file: string;
  /** From 1; 0 where the whole file is meant. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint?: string;
  readonly severity: 'error' | 'note';
}

/** A request of the answer that the API refused. */
export interface RefusedAnswer {
  readonly file: string;
  /** Line of the command, or of the object in the manifest. */
  readonly line?: number;
  /** `statefulset/web`. */
  readonly target?: string;
  readonly code: number;
  /** `Invalid`, `NotFound`, … */
  readonly reason?: string;
  readonly message: string;
  /** The check that it fails, where its step has one. */
  readonly check?: string;
}

/** A command line of the learner and its result. */
export interface CommandResult {
  readonly file: string;
  readonly line: number;
  /** As written. */
  readonly command: string;
  /** Skipped: it changes nothing, and was not run. Refused: by the API or by kubectl, or it waited in vain. */
  readonly outcome: 'done' | 'refused' | 'skipped';
  /** What kubectl would print. */
  readonly output: string;
}

/** The file that the learner may change, by its path; undefined for any other. */
export function fileOf({ files }: Pick<Exercise, 'files'>, path: string): ExerciseFile | undefined {
  return files.find((file) => file.path === path);
}
