// A fault of a manifest in the reader's language.

import type { Words } from '../words/en.ts';
import type { FaultKind } from './find-faults.ts';

/** One sentence. Faults of YAML are told in the words of the parser. */
export function sayFault(fault: FaultKind, { faults }: Words): string {
  const or = (meant: string | undefined): string => (meant === undefined ? '' : faults.meant(meant));
  switch (fault.kind) {
    case 'yaml':
      return `YAML: ${fault.message}`;
    case 'unknownKind':
      return faults.unknownKind(fault.found) + or(fault.meant);
    case 'otherKind':
      return faults.otherKind(fault.found, fault.allowed.join(', '));
    case 'unknownField':
      return faults.unknownField(fault.found) + or(fault.meant);
    case 'otherType':
      break;
  }
  return faults.otherType(fault.field, fault.wanted);
}
