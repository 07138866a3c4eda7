// How a command ends: with 1 when anything went wrong.

import type { KubectlAnswer } from '../call.ts';
import type { Printed } from '../printed.ts';

/** The answer of a command that has printed all that it had to say. */
export function finish(printed: Printed): KubectlAnswer {
  return { output: printed.text, code: printed.hasFaults ? 1 : 0 };
}
