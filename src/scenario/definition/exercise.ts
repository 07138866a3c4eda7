// An exercise file: a scenario with gaps that learners fill, and checks that give points.

import { Type } from 'typebox';

import { fileParts } from './file.ts';
import { verbs } from './verbs.ts';

const closed = { additionalProperties: false } as const;
const { scenario: _id, title: _title, matrix: _matrix, steps: _steps, ...ofScenario } = fileParts.File.properties;

/** What an exercise is made of, by the name that it has under `$defs`. */
export const exerciseParts = {
  Exercise: Type.Object(
    {
      exercise: Type.String({ description: 'The id: kebab-case, unique among all exercises, never changed.' }),
      level: Type.Integer({ minimum: 1, maximum: 5, description: '1 (easy) to 5 (hard).' }),
      title: Type.Ref('Translated'),
      task: Type.Ref('Translated'),
      files: Type.Array(Type.Ref('ExerciseItem'), {
        minItems: 1,
        description: 'What the learner may change, nothing else.',
      }),
      ...ofScenario,
      invariants: Type.Optional(Type.Ref('ExerciseInvariants')),
      steps: Type.Array(Type.Ref('ExerciseStep'), {
        minItems: 1,
        description: 'Steps as in a scenario; `answer` stands for what the learner does, `check` makes a step graded.',
      }),
      wrong: Type.Optional(
        Type.Array(Type.Ref('ExerciseWrong'), { description: 'Answers that must not pass, each with its reason.' }),
      ),
    },
    { ...closed, description: 'An exercise.' },
  ),
  Translated: Type.Record(Type.String(), Type.String(), {
    description: 'One text in every language, by its tag: `{ en: …, zh: … }`.',
  }),
  ExerciseItem: Type.Object(
    {
      path: Type.String({ description: 'A path in the learner’s folder.' }),
      kinds: Type.Optional(
        Type.Array(Type.String(), {
          minItems: 1,
          description: 'A manifest: kinds that may stand in it, such as `Service`, `StatefulSet.apps`.',
        }),
      ),
      commands: Type.Optional(
        Type.Array(Type.String(), {
          minItems: 1,
          description: 'A list of kubectl command lines: subcommands that may stand in it.',
        }),
      ),
    },
    { ...closed, description: 'A file of the learner’s: a manifest (`kinds`) or command lines (`commands`).' },
  ),
  ExerciseStep: Type.Object(
    {
      ...fileParts.Step.properties,
      answer: Type.Optional(
        Type.String({ description: 'The learner’s file: a manifest is applied, the lines of a command list are run.' }),
      ),
      check: Type.Optional(Type.Ref('ExerciseCheck')),
    },
    {
      ...closed,
      description: 'A step: at most one verb, what must be seen, and what that is worth.',
      'x-at-most-one': [...Object.keys(verbs), 'answer'],
    },
  ),
  ExerciseCheck: Type.Object(
    {
      id: Type.String({ description: 'Kebab-case, unique in the exercise.' }),
      points: Type.Integer({ minimum: 1, description: 'What passing is worth.' }),
      asks: Type.Ref('Translated'),
      hint: Type.Ref('ExerciseHints'),
    },
    { ...closed, description: 'The expectations of this step give points.' },
  ),
  ExerciseHints: Type.Unsafe<unknown>(
    Type.Union([Type.Ref('Translated'), Type.Array(Type.Ref('Translated'), { minItems: 1 })], {
      description: 'A hint, or several that are handed out one by one.',
    }),
  ),
  ExerciseInvariants: Type.Object(
    {
      never: Type.Optional(Type.Ref('never')),
      always: Type.Optional(Type.Ref('always')),
      whenever: Type.Optional(Type.Ref('whenever')),
      check: Type.Optional(Type.Ref('ExerciseCheck')),
    },
    { ...closed, description: 'As in a scenario; a `check` beside the words makes them graded, all together.' },
  ),
  ExerciseWrong: Type.Object(
    {
      answer: Type.String({ description: 'Name of a folder below `wrong/`.' }),
      fails: Type.Optional(
        Type.Array(Type.String(), { minItems: 1, description: 'Checks that it fails, exactly these.' }),
      ),
      refused: Type.Optional(
        Type.Object(
          {
            reason: Type.Optional(
              Type.String({ description: 'Such as `Invalid`; `Unreadable` where nothing is sent.' }),
            ),
            code: Type.Optional(Type.Integer()),
            message: Type.Optional(Type.String({ description: 'A part of the message.' })),
          },
          { ...closed, description: 'What a request of it is refused with.' },
        ),
      ),
      because: Type.Ref('Translated'),
    },
    { ...closed, description: 'A wrong answer, and how it must fail.' },
  ),
};
