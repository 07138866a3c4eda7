// What a Markdown lesson is read as: files, commands with the output that the lesson shows, and what is neither. Lines are
// counted from 1, in the file as it stands.

/** Lines of the lesson's file, both inclusive. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** A line of the file: offsets into its text, the end before the line break. */
export interface SourceLine {
  readonly start: number;
  readonly end: number;
}

/** What a lesson shows as a command's output, without decoration around it. */
export interface ShownOutput {
  readonly lines: LineRange;
  /** The same lines without the prefix that a list or a quotation gives them. */
  readonly texts: readonly string[];
  /** That prefix. */
  readonly prefix: string;
}

/** The content of a file that the reader of the lesson is to write. */
export interface FileItem {
  readonly kind: 'file';
  /** Undefined where the lesson does not say one. */
  readonly name: string | undefined;
  readonly content: string;
  readonly lines: LineRange;
}

/** A command line, and what follows it. */
export interface CommandItem {
  readonly kind: 'command';
  /** Without its prompt; lines that were continued are joined. */
  readonly text: string;
  readonly lines: LineRange;
  /** What a heredoc gives it to read. */
  readonly input?: string;
  readonly output?: ShownOutput;
}

/** A block that is no file and no command. */
export interface OtherItem {
  readonly kind: 'other';
  readonly reason: string;
  readonly lines: LineRange;
}

/** A part of a lesson, in the order of the text. */
export type LessonItem = FileItem | CommandItem | OtherItem;

/** What a lesson says of its cluster, in a comment `<!-- setpiece: nodes=2 seed=7 default-class=no -->`. */
export interface LessonSettings {
  readonly nodes?: number;
  readonly seed?: number;
  readonly defaultClass?: boolean;
}

/** A lesson as it was read. */
export interface Lesson {
  /** As it was given. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly SourceLine[];
  readonly items: readonly LessonItem[];
  readonly settings: LessonSettings;
}

/** Why a lesson cannot be read, and where. */
export interface LessonProblem {
  readonly code: LessonProblemCode;
  readonly message: string;
  /** Absent where the whole file is meant. */
  readonly line?: number;
}

/** All that can be wrong with a lesson as a text. */
export type LessonProblemCode =
  | 'unreadable'
  | 'too-large'
  | 'not-text'
  | 'not-utf-8'
  | 'too-deep'
  | 'unclosed-fence'
  | 'unclosed-heredoc'
  | 'bad-settings';
