// How a step is done where a person with kubectl stands behind it, and not the author of a scenario.

/** What differs from the language's own rules; what is left out is as the language has it. */
export interface StepManner {
  /** Time that passes before the step's request, milliseconds of the backend's clock. Default 0. */
  readonly pauseMs?: number;
  /** A target that selects nothing is no mistake: nothing is sent, and the window opens. */
  readonly emptyTarget?: 'allowed';
  /** `label` and `annotate` leave values that are there alone, and say so, as kubectl does without `--overwrite`. */
  readonly overwrite?: false;
}
