// Who runs the commands of a lesson. Time stands still unless an executor is told to let it pass, so that what a command
// shows does not depend on how long anybody took.

import type { Invocation } from './admit/invocation.ts';

/** What a command said: both streams as a terminal would show them. */
export interface Said {
  readonly output: string;
  /** Exit code; undefined when it had to be stopped. */
  readonly code: number | undefined;
  /** Why it was not run: it is beyond what this executor can do. */
  readonly beyond?: string;
  /** Why its words, but not what they say, may be others than those of kubectl. */
  readonly ownWords?: string;
}

/** A command that shows changes until it is ended. */
export interface OpenWatch {
  /** What it showed. All open watches end with the first one that is asked. */
  end(): Promise<Said>;
}

/** A file as it is given to a command. */
export interface GivenFile {
  readonly name: string;
  readonly content: string;
}

/** A cluster and a kubectl, for one lesson. */
export interface LessonExecutor {
  /** What runs the commands: `kubectl 1.33.1`, or that none is used. */
  readonly name: string;
  /**
   * Runs a command. `files` stand for the invocation's own, in their order. With `flowing`, time passes for as long as the
   * command waits for it.
   */
  run(
    invocation: Invocation,
    given: { readonly files: readonly GivenFile[]; readonly flowing: boolean },
  ): Promise<Said>;
  /** Opens a watch; when it is answered, it sees all that happens from now on. */
  watch(invocation: Invocation): Promise<OpenWatch>;
  /** Lets time pass until nothing moves any more, or ten minutes at most. */
  settle(): Promise<void>;
  /** Names of the objects of a kind (`Pod`) that are there. */
  names(kind: string): readonly string[];
  /** Ends what runs and removes what was written. */
  dispose(): Promise<void>;
}

/** What kind of cluster a lesson needs. */
export interface LessonCluster {
  readonly nodes: number;
  readonly seed: number;
  /** Whether claims without a class are provisioned for. */
  readonly defaultClass: boolean;
  /** Classes that are there before the lesson begins. */
  readonly storageClasses: readonly string[];
}
