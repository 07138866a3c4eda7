// What the page and its server say to each other: plain JSON. Both sides import these types.

import type { RecordRow, RunSummary } from '../../../reporters/html/document.ts';
import type { ExerciseFile, Grade } from '../exercises/exercise.ts';

/** One text in several languages, by tag. */
export type Texts = Readonly<Record<string, string>>;

/** What the document tells the page at its start. */
export interface PageSettings {
  /** To be sent with every request, as the header `tokenHeader`. */
  readonly token: string;
  /** Tag of the language to begin with. */
  readonly language: string;
  /** For style elements that the editor makes. */
  readonly nonce: string;
  /** The work folder, as it was named at the start. */
  readonly work: string;
}

/** The header that bears the token. */
export const tokenHeader = 'x-setpiece-token';

/** `GET /api/exercises`. */
export interface ExerciseList {
  readonly exercises: readonly ExerciseSummary[];
  /** Mistakes of authors: exercises that cannot be shown, one text each. */
  readonly broken: readonly string[];
}

/** An exercise in the list. */
export interface ExerciseSummary {
  readonly id: string;
  readonly level: number;
  readonly title: Texts;
  /** Points that can be got. */
  readonly max: number;
  readonly checks: number;
}

/** `GET /api/exercises/ID`. */
export interface ExerciseDetail extends ExerciseSummary {
  /** The task as HTML that holds no markup of its author's. */
  readonly tasks: Texts;
  readonly asked: readonly AskedCheck[];
  readonly files: readonly ExerciseFile[];
}

/** A check before it is judged. */
export interface AskedCheck {
  readonly id: string;
  readonly points: number;
  readonly asks: Texts;
  /** Number of hints. */
  readonly hints: number;
}

/** `GET /api/exercises/ID/files`: the learner's files as they are on disk. */
export interface LearnerFiles {
  readonly files: readonly LearnerFile[];
}

/** One of the learner's files; `version` changes with the text, and is empty where the file cannot be read. */
export interface LearnerFile {
  readonly path: string;
  readonly text: string;
  readonly version: string;
  /** Why it cannot be read. */
  readonly trouble?: string;
}

/** `PUT /api/exercises/ID/files`: a text, and the version that it was made from. Answered with the `LearnerFile`. */
export interface FileEdit {
  readonly path: string;
  readonly text: string;
  /** Another version on disk is a conflict (409, with the `LearnerFile` of the disk), unless it is absent. */
  readonly base?: string;
}

/** `POST /api/exercises/ID/check`. */
export interface CheckedAnswer {
  readonly grade: Omit<Grade, 'messages'>;
  /** The run that is shown; absent where nothing was run. */
  readonly run?: ShownRun;
}

/** A run with its records, for the timeline. */
export interface ShownRun {
  readonly summary: RunSummary;
  readonly rows: readonly RecordRow[];
}

/** `POST /api/exercises/ID/hint`. */
export interface HintWanted {
  readonly check: string;
  /** From 0. */
  readonly number: number;
}

/** `POST /api/exercises/ID/solution`: texts of files by path. */
export interface Solution {
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** What a refused request is answered with. */
export interface Refusal {
  readonly error: string;
}
