// The whole definition in one module, which parts of it the reader's code reads itself, and the types of the written form.

import { Type } from 'typebox';
import type { Static } from 'typebox';

import { exerciseParts } from './exercise.ts';
import { expectParts, expectWords } from './expect-words.ts';
import { fileParts } from './file.ts';
import { parts } from './parts.ts';
import { verbParts, verbs } from './verbs.ts';

/** The language. Members are the `$defs` of the published schema. */
export const language = Type.Module({
  ...parts,
  ...verbParts,
  ...verbs,
  ...expectParts,
  ...expectWords,
  ...fileParts,
  ...exerciseParts,
});

/**
 * Shapes that generated validators check, by the name under `$defs`. Everything that they refer to and that is not here
 * is read by code, which knows kinds and says more than a schema can: validators let it pass.
 */
export const validatedNames = [
  'File',
  'Needs',
  'Values',
  'Where',
  'Clause',
  'Event',
  'Changes',
  'Reading',
  'Whenever',
  'Holds',
  'RejectedCheck',
  'Prints',
  'RememberItem',
  'ManifestChanged',
  'ManifestFile',
  'ManifestObject',
  'replace',
  'patch',
  'scale',
  'setImage',
  'rollout',
  'delete',
  'evict',
  'label',
  'annotate',
  'cordon',
  'uncordon',
  'drain',
  'fail',
  'recover',
  'get',
  'resolve',
  'exec',
  'Exercise',
  'Translated',
  'ExerciseItem',
  'ExerciseCheck',
  'ExerciseWrong',
] as const satisfies readonly (keyof typeof language)[];

/** A verb. */
export type VerbName = keyof typeof verbs;

/** A member of `expect`. */
export type ExpectName = keyof typeof expectWords;

/** A scenario file as it is written, after YAML. */
export type WrittenScenario = Static<typeof language.File>;
/** The argument of a verb as it is written. */
export type WrittenArgument<Verb extends VerbName> = Static<(typeof language)[Verb]>;
/** A clause as it is written. */
export type WrittenClause = Static<typeof language.Clause>;
/** A selection as it is written. */
export type WrittenSelection = Static<typeof language.Selection>;
