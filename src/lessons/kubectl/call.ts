// A command line that is to be run: everything that a command may look at.

import type { CallFlags } from './call-flags.ts';
import type { KubectlSession } from './session.ts';

/** A file as a command is given it. */
export interface CallFile {
  readonly name: string;
  readonly content: string;
}

/** What a command is run with. */
export interface KubectlCall {
  readonly session: KubectlSession;
  /** `get`, `rollout status`. */
  readonly verb: string;
  /** The words behind the verb that are no flags. */
  readonly words: readonly string[];
  readonly flags: CallFlags;
  /** What follows `--`. */
  readonly inner: readonly string[];
  readonly files: readonly CallFile[];
  readonly namespace: string;
  /** Whether `-n` was said. */
  readonly namespaceGiven: boolean;
  /** All of it again, without the namespace: for commands that only look. */
  readonly line: string;
  /** Whether time passes for as long as the command waits for it. */
  readonly flowing: boolean;
}

/** What a command came to; without a code, it never ends. */
export interface KubectlAnswer {
  readonly output: string;
  readonly code: number | undefined;
}

/** Runs one verb. Throws `KubectlRefusal` and `BeyondUs`. */
export type RunCall = (call: KubectlCall) => KubectlAnswer | Promise<KubectlAnswer>;
