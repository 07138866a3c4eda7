// `-o` of a command that changes something.

import { BeyondUs } from '../own-errors.ts';
import type { CallFlags } from '../call-flags.ts';

/** Whether only names are printed. Throws `BeyondUs` for the other formats. */
export function nameOnlyOf(flags: CallFlags): boolean {
  const output = flags.last('output');
  if (output === undefined || output === '') return false;
  if (output === 'name') return true;
  throw new BeyondUs(`\`-o ${output}\` of a command that changes something needs the real kubectl`);
}
