// The file and its steps.

import { Type } from 'typebox';

import { verbs } from './verbs.ts';

const closed = { additionalProperties: false } as const;

/** What a file and a step are made of, by the name that it has under `$defs`. */
export const fileParts = {
  File: Type.Object(
    {
      scenario: Type.String({ description: 'The id: kebab-case, unique among all scenarios, never changed.' }),
      title: Type.Optional(Type.String({ description: 'One sentence that says what is shown.' })),
      about: Type.Optional(Type.String({ description: 'Markdown; goes into generated documents.' })),
      tags: Type.Optional(Type.Array(Type.String(), { description: 'For `--tag`.' })),
      guarantees: Type.Optional(
        Type.Array(Type.String(), { description: 'Ids of documented promises that the whole scenario checks.' }),
      ),
      needs: Type.Optional(Type.Ref('Needs')),
      with: Type.Optional(Type.Ref('Values')),
      matrix: Type.Optional(
        Type.Array(Type.Ref('Values'), { minItems: 1, description: 'Rows of values: one run each.' }),
      ),
      objects: Type.Optional(
        Type.Record(Type.String(), Type.Ref('Selection'), { description: 'Named selections, used as `$name`.' }),
      ),
      invariants: Type.Optional(Type.Ref('Invariants')),
      steps: Type.Array(Type.Ref('Step'), {
        minItems: 1,
        description: 'What is done, one verb a step, and what must be seen.',
      }),
    },
    { ...closed, description: 'A scenario.' },
  ),
  Needs: Type.Object(
    {
      nodes: Type.Optional(Type.Integer({ minimum: 1, description: 'Least number of nodes, default 1.' })),
      kubernetes: Type.Optional(
        Type.String({ pattern: '^[<>=~^ 0-9.x*|-]+$', description: 'Range of versions: ">=1.27" (quoted).' }),
      ),
      capabilities: Type.Optional(Type.Array(Type.Ref('Capability'))),
      controllers: Type.Optional(
        Type.Array(Type.String(), { description: 'Kinds whose controllers run outside of setpiece.' }),
      ),
    },
    { ...closed, description: 'What a backend must offer; else the scenario is skipped, with the reason.' },
  ),
  RememberItem: Type.Object(
    {
      of: Type.Ref('Selection'),
      field: Type.Ref('Path'),
      pick: Type.Optional(
        Type.Union([Type.Literal('first'), Type.Literal('last')], {
          'x-enum': true,
          description: 'Which, where there are several objects.',
        }),
      ),
    },
    { ...closed, description: 'A value, read when the step’s window ends, for later steps.' },
  ),
  Step: Type.Object(
    {
      name: Type.Optional(Type.String({ description: 'What the step shows.' })),
      guarantees: Type.Optional(
        Type.Array(Type.String(), { description: 'Ids of documented promises that this step checks.' }),
      ),
      each: Type.Optional(
        Type.Array(Type.Ref('Values'), { minItems: 1, description: 'Rows of values: consecutive steps of one run.' }),
      ),
      ...Object.fromEntries(Object.keys(verbs).map((verb) => [verb, Type.Optional(Type.Ref(verb))])),
      expect: Type.Optional(Type.Ref('Expect')),
      remember: Type.Optional(
        Type.Record(Type.String(), Type.Ref('RememberItem'), { description: 'Values to keep, by variable name.' }),
      ),
    },
    { ...closed, description: 'A step: at most one verb, and what must be seen.', 'x-at-most-one': Object.keys(verbs) },
  ),
};
