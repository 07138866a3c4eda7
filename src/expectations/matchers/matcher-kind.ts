// Matchers by kind, for tables with one entry a kind.

import type { Matcher } from '../../scenario/model.ts';

/** The matcher of one kind; some kinds share a shape. */
export type MatcherOf<Kind extends Matcher['kind']> = Matcher extends infer Shape
  ? Shape extends { readonly kind: infer Kinds }
    ? Kind extends Kinds
      ? Shape
      : never
    : never
  : never;
