// What a kubectl command line becomes.

import type { AnswerStep } from '../../../scenario/exercise/compose-scenario.ts';
import type { WriteVerb } from '../../../kubernetes/kubectl/request.ts';

/** What a translation needs to know. */
export interface CommandContext {
  /** Paths of the learner's manifests, as `-f` may name them. */
  readonly manifests: readonly string[];
  /** Where the scenario finds such a manifest. */
  readonly pathOf: (path: string) => string;
  /** Makes steps that stand at the command's line. */
  readonly step: (step: StepDraft) => AnswerStep;
}

/** A step before it has a place: plain values. */
export interface StepDraft extends Pick<AnswerStep, 'waits' | 'mayBeEmpty' | 'keepsValues' | 'refusal'> {
  readonly verb?: { readonly name: string; readonly argument: unknown };
  readonly expect?: unknown;
}

/** A command that was understood, or why it cannot be run. */
export type Translated =
  | {
      readonly ok: true;
      readonly steps: readonly AnswerStep[];
      /** How its answers are shown; absent: they are shown by none. */
      readonly shows?: { readonly verb: WriteVerb; readonly force: boolean; readonly serverSide: boolean };
    }
  /** It only looks: it is not run. */
  | { readonly ok: true; readonly reads: true }
  | { readonly ok: false; readonly message: string; readonly hint?: string };

/** One verb of kubectl. `words` are those behind it. */
export type Translator = (words: readonly string[], context: CommandContext) => Translated;

/** How writes are shown, without force. */
export function shownAs(
  verb: WriteVerb,
  options: { readonly force?: boolean } = {},
): NonNullable<Extract<Translated, { steps: unknown }>['shows']> {
  return { verb, force: options.force ?? false, serverSide: false };
}

/** A refusal to translate. */
export function refuse(message: string, hint?: string): Translated {
  return { ok: false, message, ...(hint === undefined ? {} : { hint }) };
}
