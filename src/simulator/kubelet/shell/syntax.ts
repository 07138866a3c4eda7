// What a command line means: the tree that the reader makes and the interpreter runs.

/** Commands one after another. */
export type Script = readonly Statement[];

/** A pipeline, and under which result of the one before it runs. */
export interface Statement {
  readonly when: 'always' | 'success' | 'failure';
  readonly pipeline: Pipeline;
}

/** Commands whose output is the next one's input; `!` turns the result around. */
export interface Pipeline {
  readonly negated: boolean;
  readonly commands: readonly Command[];
}

/** A command, or a choice between scripts. */
export type Command =
  | {
      readonly kind: 'simple';
      readonly assignments: readonly { readonly name: string; readonly value: Word }[];
      readonly words: readonly Word[];
      readonly redirects: readonly Redirect[];
      /** Words stay whole whatever is in their variables, as between `[[` and `]]`. */
      readonly whole?: true;
    }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly condition: Script; readonly script: Script }[];
      readonly otherwise: Script;
    };

/** Where a stream goes, or where input comes from. */
export type Redirect =
  | { readonly kind: 'to'; readonly stream: 1 | 2; readonly append: boolean; readonly target: Word }
  | { readonly kind: 'same'; readonly stream: 1 | 2; readonly as: 1 | 2 }
  | { readonly kind: 'from'; readonly source: Word };

/** A word of a command line: what its parts give, put together. */
export type Word = readonly Part[];

/** A part of a word; what is not quoted is split into words where it has blanks. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean; readonly change?: Change }
  | { readonly kind: 'output'; readonly script: Script; readonly quoted: boolean };

/** What `${NAME…}` does to the value: a default, or a pattern that is cut off at one end. */
export type Change =
  | { readonly kind: 'default'; readonly text: string }
  | { readonly kind: 'cut'; readonly from: 'start' | 'end'; readonly longest: boolean; readonly pattern: string };

/** Why a command line cannot be read: it is wrong, or uses what this shell does not know (loops, functions, here documents). */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly message: string;
}
