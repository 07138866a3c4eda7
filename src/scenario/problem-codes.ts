// The closed set of codes of a scenario's problems. Every code has a fixture pair under test/fixtures/scenario-errors.

/** Codes of problems; kebab-case, stable. */
export const problemCodes = [] as const;

/** One of `problemCodes`. */
export type ProblemCode = string;
