// A kubectl command that may run: everything in it was read by us and is given on in one unmistakable form.

/** A program that reads what kubectl prints, done by ourselves. */
export type OutputFilter =
  | { readonly kind: 'grep'; readonly pattern: string; readonly invert: boolean; readonly ignoreCase: boolean }
  | { readonly kind: 'head' | 'tail'; readonly lines: number };

/** A command to run. */
export interface Invocation {
  /** `get`, `rollout status`, `set image`. */
  readonly verb: string;
  /** What is not a flag, the verb included. */
  readonly words: readonly string[];
  /** Flags as `--name=value`, in the order of the lesson. */
  readonly flags: readonly string[];
  /** What follows `--`. */
  readonly inner: readonly string[];
  /** Names of the files that it reads, as the lesson writes them; `-` is what a heredoc holds. */
  readonly files: readonly string[];
  readonly filters: readonly OutputFilter[];
}

/** How a command stands to time. */
export interface Temper {
  /** Shows changes until it is ended (`get -w`). */
  readonly watching: boolean;
  /** Waits for something that takes time: it must pass while the command runs. */
  readonly waiting: boolean;
  /** May change the cluster. */
  readonly changing: boolean;
}

/** A command of a lesson, or why it is not run. */
export type Admission =
  | { readonly kind: 'admitted'; readonly invocation: Invocation; readonly temper: Temper }
  | { readonly kind: 'refused'; readonly reason: string };

/** What kubectl is given. */
export function argumentsOf({ words, flags, inner }: Invocation): readonly string[] {
  return [...words, ...flags, ...(inner.length === 0 ? [] : ['--', ...inner])];
}
