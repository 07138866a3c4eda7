// Every member of `expect`: what stands behind it and when it is true. The binder of each is in `bind/expect.ts`.

import { Type } from 'typebox';

import { oneOrMore } from './parts.ts';

const closed = { additionalProperties: false } as const;

/** What stands behind each member of `expect`. */
export const expectWords = {
  within: Type.Intersect([Type.Ref('Duration')], {
    description:
      'The budget of the whole block, default 2m; virtual time on the simulator, real time elsewhere; `--patience` multiplies it.',
    examples: ['within: 3m'],
  }),
  eventually: Type.Union([Type.Ref('Clauses'), Type.Array(Type.Ref('Clauses'))], {
    description: 'Holds at some point: the members of a map at one point, the items of a list each at some point.',
    examples: ['eventually: { pod/web-0: NotReady }'],
  }),
  settled: Type.Union([Type.Ref('Clauses'), Type.Array(Type.Ref('Clauses'))], {
    description: 'Holds at the first quiet point after order, eventually and holds are decided.',
    examples: ['settled: { statefulset/web: Ready }'],
  }),
  order: Type.Array(Type.Ref('OrderItem'), {
    description:
      'These happen in this order; a nested list is an unordered group; the k-th mention of an event is its k-th occurrence.',
    examples: ['order: [ pod/web-0..2: [Created, Ready] ]'],
  }),
  never: Type.Union(
    [
      Type.Ref('Event'),
      Type.Ref('StatesByName'),
      Type.Array(Type.Union([Type.Ref('Event'), Type.Ref('StatesByName')])),
    ],
    {
      description:
        'At no point of the window, and (Created, Deleted, changes) at no record; one object is enough to break it.',
      examples: ['never: [ pod/web-2: Terminating ]'],
    },
  ),
  always: Type.Union([Type.Ref('Clauses'), Type.Array(Type.Ref('Clauses'))], {
    description: 'At every point at which there is something to look at.',
    examples: ['always: [ { of: pod/web-*, is: Terminating, count: { lte: 1 } } ]'],
  }),
  whenever: oneOrMore(Type.Ref('Whenever')),
  holds: oneOrMore(Type.Ref('Holds')),
  until: Type.Union([Type.Ref('Duration'), Type.Ref('Clauses'), Type.Array(Type.Ref('Clauses'))], {
    description: 'Ends the window after this time, or when this is seen, instead of at the quiet point.',
    examples: ['until: 10s'],
  }),
  rejected: Type.Union([Type.Ref('RejectedCheck'), Type.Array(Type.Ref('RejectedCheck'))], {
    description: 'The request is refused, and the answer matches.',
    examples: ['rejected: { code: 422, reason: Invalid, causes: [ { field: spec } ] }'],
  }),
  answered: Type.Union([Type.Ref('AnsweredCheck'), Type.Array(Type.Ref('AnsweredCheck'))], {
    description: 'The request is accepted, and the answer matches; reads are repeated until it does.',
    examples: ['answered: { records: { count: 3 } }'],
  }),
  prints: oneOrMore(Type.Ref('Prints')),
};

/** Pieces of `expect`. */
export const expectParts = {
  Whenever: Type.Object(
    // oxlint-disable-next-line unicorn/no-thenable -- a word of the language
    { when: Type.Union([Type.Ref('Event'), Type.Ref('StatesByName')]), then: Type.Ref('Clauses') },
    {
      ...closed,
      description: '`then` holds at each point at which `when` happens.',
      examples: ['whenever: [ { when: { pod/web-0: Terminating }, then: { pod/web-1: Ready } } ]'],
    },
  ),
  Holds: Type.Object(
    { for: Type.Ref('Duration'), state: Type.Ref('Clauses') },
    {
      ...closed,
      description: 'Once it is seen, it stays so for that long.',
      examples: ['holds: [ { for: 30s, state: { pod/web-0: Ready } } ]'],
    },
  ),
  RejectedCheck: Type.Object(
    {
      of: Type.Optional(Type.Ref('Reference')),
      code: Type.Optional(Type.Ref('Matcher')),
      reason: Type.Optional(Type.Ref('Matcher')),
      message: Type.Optional(Type.Ref('Matcher')),
      causes: Type.Optional(Type.Ref('Matcher')),
      details: Type.Optional(Type.Ref('Matcher')),
    },
    { ...closed, description: 'What a refusal says: HTTP code, reason, message, causes.' },
  ),
  AnsweredCheck: Type.Record(Type.String(), Type.Ref('Matcher'), {
    description:
      'Writes: code, warnings, object; get: the object, or items; resolve: records; exec: stdout, stderr, exitCode. `of` picks one object.',
  }),
  Prints: Type.Object(
    {
      kubectl: Type.String({
        description:
          'The command line behind `kubectl`: get (also -w), describe, rollout status, rollout history, or the step’s own request (`scale sts web --replicas=4`).',
      }),
      output: Type.String({
        description:
          'What it shows, errors included; `…` skips rows. Ages, addresses and generated names do not count.',
      }),
    },
    {
      ...closed,
      description: 'What kubectl shows has these rows, in order, compared by column.',
      examples: ['prints: [ { kubectl: get pods, output: "…" } ]'],
    },
  ),
  Expect: Type.Object(
    Object.fromEntries(Object.keys(expectWords).map((word) => [word, Type.Optional(Type.Ref(word))])),
    { ...closed, description: 'What is to be seen after the request.' },
  ),
  Invariants: Type.Object(
    {
      never: Type.Optional(Type.Ref('never')),
      always: Type.Optional(Type.Ref('always')),
      whenever: Type.Optional(Type.Ref('whenever')),
    },
    { ...closed, description: 'What holds over the whole run.' },
  ),
};
